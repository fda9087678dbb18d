"""Bugs that somebody might well write, each as a change of text, and the few tests that must notice."""

from dataclasses import dataclass

Change = tuple[str, str]
"""What stands in the file exactly once, and what is put in its place."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """`changes` are made in one file; `tests` are arguments of pytest."""

    name: str
    file: str
    changes: tuple[Change, ...]
    tests: tuple[str, ...]


RING_TWICE = "tests/faults/test_sweeping_twice.py"
LOST_ANSWER = (
    "tests/faults/test_awkward_receivers.py"
    "::test_an_answer_that_is_lost_brings_the_same_event_again_and_the_consumer_acts_once"
)
ONE_FEED = (
    "tests/faults/test_readers.py"
    "::test_a_reader_among_many_writers_and_two_relays_sees_every_event_without_a_gap"
)
DELIVERIES = "tests/scheduler/test_deliveries.py"

MUTANTS = (
    Mutant(
        "published before the commit",
        "services/scheduler/sweep.py",
        (
            (
                "        await publish(session, authority, told, now, historic=historic)\n",
                "        async with authority_session(session.bind, authority) as at_once:\n"
                "            await publish(at_once, authority, told, now, historic=historic)\n",
            ),
        ),
        (f"{RING_TWICE}::test_a_sweep_that_dies_before_it_commits_has_told_nobody",),
    ),
    Mutant(
        "the unique constraint dropped",
        "migrations/versions/0026_breaches_by_their_key_alone.py",
        (
            ("CREATE UNIQUE INDEX breach_key", "CREATE INDEX breach_key"),
            (
                '    op.execute("ALTER TABLE breach ADD CONSTRAINT breach_pkey PRIMARY KEY USING INDEX breach_key")\n',
                "",
            ),
        ),
        (f"{RING_TWICE}::test_an_alarm_that_rings_again_records_nothing_twice",),
    ),
    Mutant(
        "a new id at each telling",
        "shared/events/envelope.py",
        (
            (
                'return uuid5(NAMESPACE, f"{authority}:{event.type}:{event.about()}")',
                "return UUID(bytes=__import__('os').urandom(16))",
            ),
        ),
        (f"{RING_TWICE}::test_an_alarm_that_rings_again_records_nothing_twice",),
    ),
    Mutant(
        "sent before a 2xx",
        "services/scheduler/deliveries/claims.py",
        (
            (
                "UPDATE delivery d SET claimed_until = :until\n",
                "UPDATE delivery d SET claimed_until = :until, state = 'delivered'\n",
            ),
        ),
        (LOST_ANSWER,),
    ),
    Mutant(
        "a naive cursor",
        "services/scheduler/feed/queries.py",
        (
            ("SELECT {PLACED} FROM", "SELECT seq AS {PLACED} FROM"),
            ("AND position > :after AND position <= :until", "AND seq > :after"),
            ("    ORDER BY position LIMIT :limit", "    ORDER BY seq LIMIT :limit"),
        ),
        (ONE_FEED,),
    ),
    Mutant(
        "places given by two at once",
        "services/scheduler/places.py",
        (
            ("WHERE authority_id = :authority FOR UPDATE SKIP LOCKED", "WHERE authority_id = :authority"),
            ("WHERE authority_id = :authority AND epoch = :believed", "WHERE authority_id = :authority"),
        ),
        (ONE_FEED, "tests/scheduler/test_writers.py"),
    ),
    Mutant(
        "3xx counted as success",
        "services/scheduler/deliveries/sending.py",
        (("if 200 <= status < 300:", "if 200 <= status < 400:"),),
        (f"{DELIVERIES}::test_a_redirect_is_a_failure_and_is_not_followed",),
    ),
    Mutant(
        "a claim that is no claim",
        "services/scheduler/deliveries/claims.py",
        (
            ("AND (d.claimed_until IS NULL OR d.claimed_until <= :now)\n        ORDER BY", "ORDER BY"),
            ("AND (d.claimed_until IS NULL OR d.claimed_until <= :now)\n    ORDER BY", "ORDER BY"),
        ),
        (f"{DELIVERIES}::test_what_a_dead_sender_had_claimed_is_sent_by_another_when_the_claim_runs_out",),
    ),
    Mutant(
        "hours by the wall",
        "shared/timescales/periods.py",
        (
            (
                "at = start.astimezone(UTC) + timedelta(hours=self.hours)",
                'at = (start.astimezone(__import__("zoneinfo").ZoneInfo("Europe/London"))'
                " + timedelta(hours=self.hours)).astimezone(UTC)",
            ),
        ),
        ("tests/timescales/test_periods.py::test_hours_are_elapsed_hours_whatever_the_clocks_do",),
    ),
    Mutant(
        "no check of the idempotency key",
        "shared/http/routes.py",
        (
            ("    if earlier := await", "    if False and await"),
            ("        return earlier\n", "        return None\n"),
        ),
        ("tests/faults/test_lost_answers.py",),
    ),
    Mutant(
        "row-level security not forced",
        "migrations/protection.py",
        (('    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")\n', ""),),
        ("tests/walls/test_catalogue.py",),
    ),
    Mutant(
        "the authority set for the whole connection",
        "shared/db/session.py",
        (
            (
                "WRITING = text(\"SELECT set_config('duecare.authority', :a, true)\")",
                "WRITING = text(\"SELECT set_config('duecare.authority', :a, false)\")",
            ),
        ),
        ("tests/walls/test_confinement.py",),
    ),
)
