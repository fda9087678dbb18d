"""What must hold of everything stored and said, after whatever was told: looked at from outside, step by step."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select, text

from shared.deadlines.models import DeadlineRevision
from shared.timescales.engine import Deadline
from shared.timescales.facts import Fact
from shared.timescales.london import london_date
from tests.timeline.replay import Heard, replay
from tests.timeline.story import Story

Key = tuple[str, UUID]
Row = dict[str, Any]

ALARMS = {"alarms", "next_alarm_at"}
COMPUTED = (
    "starts_on", "starts_at", "due_on", "due_at", "provisional", "outcome", "closed_on", "closed_by", "passing",
)  # fmt: skip
REVISED = [
    column.key for column in DeadlineRevision.__table__.columns if not column.key.startswith("superseded")
]
SAID = text("""
    SELECT e.type, e.envelope->'data' AS data FROM outbox_event e JOIN deadline d ON d.id = e.subject_id
    WHERE d.history_id = :history ORDER BY e.seq
""")


@dataclass
class Witness:
    """Looks at a story after every step, and remembers what was stored."""

    story: Story
    stored: dict[Key, Row] = field(default_factory=dict)

    async def look(self, because: str = "facts") -> None:
        """Everything that must hold. `because` is what changed since the last look: the facts, the calendar or the
        law."""
        before, self.stored = self.stored, await rows_of(self.story)
        assert set(before) <= set(self.stored)
        await self._as_from_scratch(before)
        for key, row in self.stored.items():
            if old := before.get(key):
                self._only_grows(old, row, because)
        await self._revisions(before)
        await self._breaches()
        await self._events()

    async def _as_from_scratch(self, before: Mapping[Key, Row]) -> None:
        """Stored is what the facts give under the law in force, but for what was decided under an earlier one."""
        wanted, facts = await self.story.from_scratch(), await self.story.facts()
        for key in self.stored.keys() | wanted.keys():
            row, new = self.stored.get(key), wanted.get(key)
            assert row is not None, ("missing", key)
            if (row["outcome"] == "withdrawn" and new is None) or (new and same(row, new)):
                continue
            assert decided_before(row, before.get(key), new, self.story, facts), (key, difference(row, new))

    def _only_grows(self, old: Row, row: Row, because: str) -> None:
        changed = {name for name in row if row[name] != old[name]} - ALARMS
        assert row["version"] - old["version"] in (0, 1)
        assert row["revision"] - old["revision"] == (1 if changed else 0), changed
        if old["outcome"] not in ("open", "withdrawn"):
            today = london_date(self.story.now)
            closed_today = because == "calendar" and old["closed_on"] >= today
            assert because == "facts" or closed_today or not changed, (because, row["timescale"], changed)

    async def _revisions(self, before: Mapping[Key, Row]) -> None:
        """Every change left what was before it, and none is missing."""
        kept: dict[UUID, dict[int, Row]] = {}
        found = await self.story.session.execute(
            select(DeadlineRevision.__table__).where(
                DeadlineRevision.deadline_id.in_([row["id"] for row in self.stored.values()])
            )
        )
        for each in found.mappings():
            kept.setdefault(each["deadline_id"], {})[each["revision"]] = dict(each)
        for key, row in self.stored.items():
            revisions = kept.get(row["id"], {})
            assert sorted(revisions) == list(range(1, row["revision"])), key
            if (old := before.get(key)) and old["revision"] < row["revision"]:
                former = revisions[old["revision"]]
                assert all(former[name] == old[name] for name in REVISED if name in old)
                assert former["superseded_at"] == self.story.now

    async def _breaches(self) -> None:
        """A breach stands for every promise that failed and was looked at, and for nothing else."""
        standing = [breach for breach in await self.story.breaches() if breach.withdrawn_at is None]
        breached = {breach.deadline_id: breach for breach in standing}
        assert len(standing) == len(breached)
        for row in self.stored.values():
            failed, breach = failing(row, self.story), breached.get(row["id"])
            assert row["next_alarm_at"] == min(row["alarms"], default=None)
            if breach:
                assert failed and (breach.version, breach.due_at) == (row["version"], row["due_at"])
                assert row["alarms"] == []
            elif failed:
                assert row["due_at"] in row["alarms"], row["timescale"]  # the sweep will see it
            elif row["outcome"] == "open" and row["due_at"] > self.story.now:
                assert row["due_at"] in row["alarms"], row["timescale"]

    async def _events(self) -> None:
        """Whoever heard everything knows what is stored."""
        said = await self.story.session.execute(SAID, {"history": self.story.history})
        heard = replay((row.type, row.data) for row in said)
        breached = {b.deadline_id: b.version for b in await self.story.breaches() if not b.withdrawn_at}
        for key, row in self.stored.items():
            known = heard[row["id"]]
            assert known == as_heard(row, known, breached.get(row["id"]), self.story), key


async def rows_of(story: Story) -> dict[Key, Row]:
    """The stored deadlines as plain values."""
    return {
        key: {column.key: getattr(row, column.key) for column in row.__table__.columns}
        for key, row in (await story.rows()).items()
    }


def same(row: Row, new: Deadline) -> bool:
    return all(row[name] == getattr(new, name) for name in COMPUTED)


def difference(row: Row, new: Deadline | None) -> Any:
    if new is None:
        return "not asked for any more", row["outcome"]
    return {name: (row[name], getattr(new, name)) for name in COMPUTED if row[name] != getattr(new, name)}


def failing(row: Row, story: Story) -> bool:
    late = row["outcome"] in ("met_late", "ended_unmet")
    return late or (row["outcome"] == "open" and row["passing"] == "breach" and row["due_at"] <= story.now)


def decided_before(row: Row, old: Row | None, new: Deadline | None, story: Story, facts: list[Fact]) -> bool:
    """Whether the deadline was closed under another wording of the law, by facts that stand: then it is as it was."""
    if (
        old is None
        or row["outcome"] in ("open", "withdrawn")
        or row["law"] == story.reckoned.wording(row["timescale"])
    ):
        return False
    unchanged = all(row[name] == old[name] for name in row)
    return unchanged and _still_so(row, facts)


def _still_so(row: Row, facts: list[Fact]) -> bool:
    """Whether what started the clock still stands on its day, and what closed it on its."""
    started = any(fact.record == row["anchor_id"] and fact.on == row["starts_on"] for fact in facts)
    return started and (row["outcome"] == "passed" or _is_told(facts, row["closed_on"]))


def _is_told(facts: list[Fact], day: date | None) -> bool:
    return any(fact.on == day for fact in facts)


def as_heard(row: Row, known: Heard, breached: int | None, story: Story) -> Heard:
    """What is stored of a deadline, as far as events tell it."""
    outcome = {"ended_unmet": "ended"}.get(row["outcome"], row["outcome"])
    if outcome == "open" and row["passing"] != "breach" and row["due_at"] <= story.now and not row["alarms"]:
        outcome = "passed"
    closed_by = row["closed_by"] if outcome == "ended" else None
    met_on = row["closed_on"] if outcome in ("met", "met_late") else None
    return Heard(row["due_on"], row["due_at"], outcome, met_on, closed_by, breached)
