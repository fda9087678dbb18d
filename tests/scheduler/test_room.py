"""Whose turn it is to have a lane: nobody who answers waits for those who do not."""

import asyncio
from dataclasses import dataclass

import pytest

from services.scheduler.deliveries import slots
from services.scheduler.deliveries.room import STINT, Kind, Most, Room
from services.scheduler.deliveries.slots import Slots

MOST = Most(answering=4, troubled=2, altogether=12)
LONG = STINT + 1


@dataclass
class Opened:
    kind: Kind
    closing: bool = False

    def close(self) -> None:
        self.closing = True


def lanes(answering: int = 0, silent: int = 0, troubled: int = 0) -> list[Opened]:
    many = ((Kind.ANSWERING, answering), (Kind.SILENT, silent), (Kind.TROUBLED, troubled))
    return [Opened(kind) for kind, number in many for _ in range(number)]


def beside(there: list[Opened], seconds: float = LONG) -> Room:
    return Room.beside([(lane, seconds) for lane in there], MOST)


def closing(there: list[Opened]) -> list[Kind]:
    return [lane.kind for lane in there if lane.closing]


def test_who_answers_has_a_lane_beside_as_many_who_are_silent_as_there_may_be():
    room = beside(lanes(silent=8))
    assert [room.take(troubled=False, known=True) for _ in range(5)] == [True] * 4 + [False]


def test_who_was_never_tried_leaves_the_last_lanes_to_those_who_are_known_to_answer():
    there = lanes(silent=8)
    room = beside(there)
    assert not room.take(troubled=False, known=False)
    assert closing(there) == [Kind.SILENT]
    assert room.take(troubled=False, known=True)


def test_where_all_that_answer_have_lanes_the_one_among_them_who_had_theirs_longest_lets_go():
    there = lanes(answering=4, silent=8, troubled=0)
    assert not beside(there).take(troubled=False, known=True)
    assert closing(there) == [Kind.ANSWERING] and there[0].closing


def test_for_who_is_in_trouble_only_another_in_trouble_lets_go():
    there = lanes(answering=4, silent=1, troubled=2)
    assert not beside(there).take(troubled=True, known=True)
    assert closing(there) == [Kind.TROUBLED]


def test_nobody_lets_go_before_they_have_had_their_stint_and_nobody_twice():
    there = lanes(answering=4)
    assert not beside(there, STINT - 1).take(troubled=False, known=True)
    assert closing(there) == []
    room = beside(there)
    assert [room.take(troubled=False, known=True) for _ in range(6)] == [False] * 6
    assert len(closing(there)) == 4


def test_of_those_who_fell_into_trouble_at_once_as_many_let_go_as_are_too_many():
    there = lanes(troubled=5)
    beside(there)
    assert len(closing(there)) == 3


def test_who_has_been_asked_to_let_go_is_counted_on_at_the_next_look_though_they_are_not_done():
    there = lanes(troubled=9)
    for _ in range(5):
        beside(there)
    assert len(closing(there)) == 7


@pytest.mark.parametrize(("kind", "waits"), [("troubled", True), ("answering", False)])
def test_for_one_who_waits_one_lets_go_at_however_many_looks_they_wait(kind, waits):
    there = lanes(**{kind: 4 if kind == "answering" else 2})
    for _ in range(5):
        assert not beside(there).take(troubled=waits, known=True)
    assert len(closing(there)) == 1


async def test_a_send_that_gets_stuck_leaves_its_place_to_others_while_connections_last():
    places = Slots(steady=asyncio.Semaphore(1))
    hanging = asyncio.create_task(hang(places))
    await asyncio.sleep(0)
    async with asyncio.timeout(20), places.one(troubled=False):
        assert places.stuck == 1
    hanging.cancel()
    await asyncio.gather(hanging, return_exceptions=True)
    assert (places.stuck, places.steady.locked()) == (0, False)


async def test_where_no_more_may_be_stuck_a_place_is_its_sends_until_that_ends():
    places = Slots(steady=asyncio.Semaphore(1), stuck=slots.MOST_STUCK)
    hanging = asyncio.create_task(hang(places))
    await asyncio.sleep(slots.STUCK * 1.2)
    assert places.steady.locked()
    hanging.cancel()
    await asyncio.gather(hanging, return_exceptions=True)
    assert (places.stuck, places.steady.locked()) == (slots.MOST_STUCK, False)


async def test_who_was_refused_leaves_its_place_as_soon_as_fewer_are_stuck():
    places = Slots(steady=asyncio.Semaphore(1), stuck=slots.MOST_STUCK)
    hanging = asyncio.create_task(hang(places))
    await asyncio.sleep(slots.STUCK * 1.2)
    places.stuck -= 1
    async with asyncio.timeout(20), places.one(troubled=False):
        assert places.stuck == slots.MOST_STUCK
    hanging.cancel()
    await asyncio.gather(hanging, return_exceptions=True)
    assert (places.stuck, places.steady.locked()) == (slots.MOST_STUCK - 1, False)


async def hang(places: Slots, *, troubled: bool = False) -> None:
    async with places.one(troubled=troubled):
        await asyncio.Event().wait()


@pytest.mark.parametrize("troubled", [True, False])
async def test_a_send_that_is_cut_off_leaves_its_place(troubled):
    places = Slots()
    before = places.troubled._value, places.steady._value
    sending = asyncio.create_task(hang(places, troubled=troubled))
    await asyncio.sleep(0)
    assert (places.troubled._value, places.steady._value) != before
    sending.cancel()
    await asyncio.gather(sending, return_exceptions=True)
    assert (places.troubled._value, places.steady._value) == before
