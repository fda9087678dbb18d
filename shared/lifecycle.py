"""What can be done with a record that has a life, in every state: one table for each, and its picture."""

from collections.abc import Mapping
from dataclasses import dataclass

from shared.refusals import TransitionRefused


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """The states of one kind of record and the verbs that lead from each to the next.

    `noun` as in "A review that is held"; `steps` says for every state, None before it exists, where each verb leads;
    `done` is each verb's participle. Verbs in `reactions` are Duecare's own, which nobody can ask for. `advice` is
    what to do instead where nothing is possible any more.
    """

    noun: str
    steps: Mapping[str | None, Mapping[str, str]]
    done: Mapping[str, str]
    reactions: frozenset[str] = frozenset()
    advice: str = "Nothing more can be done with it."

    def next(self, state: str | None, verb: str) -> str:
        """The state that `verb` leads to. Raises TransitionRefused, saying what is possible instead."""
        found = self.steps[state].get(verb)
        if found is None:
            article = "An" if self.noun[0] in "aeiou" else "A"
            raise TransitionRefused(
                f"{article} {self.noun} that is {words(state)} cannot be {self.done[verb]}. {self._instead(state)}"
            )
        return found

    def possible(self, state: str | None) -> list[str]:
        """What a person can do with one in this state."""
        return [verb for verb in self.steps[state] if verb not in self.reactions]

    def diagram(self) -> str:
        """The table as a Mermaid state diagram."""
        lines = ["stateDiagram-v2"]
        for state, verbs in self.steps.items():
            for verb, then in verbs.items():
                lines.append(f"    {state or '[*]'} --> {then}: {verb}")
            if state is not None and not verbs:
                lines.append(f"    {state} --> [*]")
        return "\n".join(lines)

    def _instead(self, state: str | None) -> str:
        possible = " or ".join(self.done[verb] for verb in self.possible(state))
        return f"It can be {possible}." if possible else self.advice


def words(state: str | None) -> str:
    """A state as it is said."""
    return (state or "not there").replace("_", " ")
