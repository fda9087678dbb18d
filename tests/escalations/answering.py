"""Words and ways of answering an escalation and of deciding on the answer."""

from typing import Any

from tests.escalations.ladder_story import Ladder

ANSWER: dict[str, Any] = {"answer": "Two visits were missed.", "promises": []}
DECISIONS = {"accept": "accepted", "accept_partly": "partly_accepted", "reject": "rejected"}


def decision(answer: str, how: str) -> str:
    """The step by which this is decided on."""
    return f"responses/{answer}/{how}"


async def the_answer(ladder: Ladder) -> dict[str, Any]:
    """The only answer that there is."""
    (answer,) = await ladder.responses()
    return answer
