"""When the clocks are believed: readings only, no database."""

from datetime import UTC, datetime, timedelta

import pytest

from services.scheduler.watch.trust import Doubt, Reading, Trust

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def reading(second: float, *, application: float = 0, database: float = 0) -> Reading:
    """A second after noon at which the clocks are ahead by these seconds."""
    at = NOON + timedelta(seconds=second)
    return Reading(at + timedelta(seconds=application), at + timedelta(seconds=database), 1000 + second)


def after(*readings: Reading) -> Trust:
    trust = Trust()
    for each in readings:
        trust = trust.judge(each)
    return trust


def test_clocks_that_agree_are_believed_at_once():
    assert Trust().doubt is Doubt.NOT_COMPARED
    assert after(reading(0)).doubt is None
    assert after(reading(0, application=5)).doubt is None
    assert after(reading(0), reading(1), reading(600, database=4)).doubt is None


@pytest.mark.parametrize("ahead", [-3600, -5.1, 5.1, 40 * 86_400, 3650 * 86_400])
@pytest.mark.parametrize("which", ["application", "database"])
def test_a_clock_that_is_off_by_more_than_five_seconds_is_doubted(which, ahead):
    assert after(reading(0, **{which: ahead})).doubt is Doubt.APART
    assert after(reading(0), reading(1, **{which: ahead})).doubt is Doubt.APART


def test_clocks_that_are_set_together_are_doubted_although_they_agree():
    trust = after(reading(0), reading(1, application=3600, database=3600))
    assert trust.doubt is Doubt.STEPPED


def test_doubt_ends_when_the_clocks_have_agreed_on_two_readings_a_minute_apart():
    wrong = [reading(0), reading(1, application=3600)]
    right = [reading(second) for second in (10, 30, 69)]
    assert after(*wrong, *right).doubt is Doubt.STEPPED
    assert after(*wrong, *right, reading(70)).doubt is Doubt.STEPPED  # the first of them was the step back
    assert after(*wrong, *right, reading(90)).doubt is None


def test_a_relapse_within_the_minute_begins_it_anew():
    trust = after(reading(0, database=9), reading(10), reading(60, database=9), reading(70), reading(80))
    assert trust.judge(reading(139)).doubt and not trust.judge(reading(140)).doubt


def test_a_step_is_seen_between_two_readings():
    trust = after(reading(0))
    assert trust.stepped(NOON + timedelta(hours=1), 1001)
    assert not trust.stepped(NOON + timedelta(hours=1), 1000 + 3600)


def test_somebody_who_confirms_the_databases_clock_accepts_how_far_the_other_is_off():
    odd = reading(5, application=3600)
    trust = after(reading(0), odd).confirm(odd)
    assert trust.doubt is None
    assert trust.judge(reading(6, application=3601)).doubt is None
    assert trust.judge(reading(6, application=7200)).doubt is Doubt.APART
    assert trust.judge(reading(6)).doubt is Doubt.STEPPED  # it was set right: believed again after a minute
