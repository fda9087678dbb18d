"""What an officer and a team manager are told by e-mail each morning."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from pydantic import ValidationError

from services.scheduler.digests.claims import LEASE, MOST
from services.scheduler.digests.contents import Contents, Line
from services.scheduler.digests.letter import SHOWN, letter
from services.scheduler.digests.post import Post
from services.scheduler.figures import DIGESTS
from shared.auth.principal import Role
from shared.db.engine import connect
from tests.conftest import NOON
from tests.escalations.story import Story
from tests.faults.proxy import Proxy
from tests.people.mailroom import TAKEN, Mailroom, nobody_s_certificate, page, plain

MAIL = "jo@council.example"
MANAGER = {"role": "team_manager", "team": "LAC-2", "subject": "sub-mo", "email": "mo@council.example"}
ANSWER = {"answer": "CanaryQ8 was visited.", "promises": [], "send": True}


@pytest.fixture
async def mailroom():
    async with Mailroom.open() as room:
        yield room


async def digests(bench, query=""):
    answer = await bench.town.ask("scheduler", "GET", f"/v1/digests?{query}", role=Role.OPERATOR)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


async def states(bench):
    rows = await bench.town.rows("SELECT state FROM digest ORDER BY digest_on, worker_id")
    return [row.state for row in rows]


def given_up():
    return DIGESTS.labels("given_up")._value.get()


async def told(bench, **worker):
    """An officer who wants a digest, with a child of whom there is something to tell."""
    await bench.worked(email=MAIL, **worker)
    return await bench.child("C-1")


async def test_an_officer_is_told_what_is_due_overdue_answered_and_unanswered(bench, mailroom):
    child = await told(bench, subject="somebody")
    story = Story(bench.town)
    answered, silent = await story.begun(child="C-1"), await story.formal(child="C-1")
    await answered.done("responses", ANSWER, Role.TEAM_MANAGER)
    bench.town.clock.set(datetime(2026, 12, 7, 9, tzinfo=UTC))
    await mailroom.rounds(bench.town).send_all(bench.town.authority)
    (letter,) = mailroom.letters
    assert letter["To"] == MAIL and letter["Subject"] == "Duecare: what is due, Mon 7 December 2026"
    assert letter["Message-ID"].endswith("@council.example>") and letter["Auto-Submitted"] == "auto-generated"
    text, html = plain(letter), page(letter)
    for said in (
        "Overdue: ",
        "Unanswered: the time for an answer has run out: 1",
        "Answered: ",
        f"/v1/children/{child}",
    ):
        assert said in text and said in html, text
    assert "First looked-after review, due Mon 30 November 2026" in text
    assert f"/v1/escalations/{answered.id}" in text and f"/v1/escalations/{silent.id}" in text
    whole = letter.as_string() + text + html
    for kept in ("Canary", "C-1", "iro-1", "No visit", "no_evidence"):
        assert kept not in whole
    (line,) = await digests(bench)
    assert (line["state"], line["answered"], line["unanswered"]) == ("sent", 1, 1) and line["overdue"] >= 1


async def test_a_team_manager_is_told_of_the_team_s_children_and_of_what_the_team_has_to_answer(
    bench, mailroom
):
    await bench.worked("tm-1", **MANAGER)
    mine, other = await bench.child("C-1", team="LAC-2"), await bench.child("C-2", team="LAC-3")
    story = Story(bench.town)
    ours = await story.formal(child="C-1")
    theirs = await story.formal(child="C-2")
    bench.town.clock.set(datetime(2026, 12, 7, 9, tzinfo=UTC))
    await mailroom.rounds(bench.town).send_all(bench.town.authority)
    text = plain(mailroom.letters[0])
    assert f"children/{mine}" in text and f"escalations/{ours.id}" in text
    assert other not in text and theirs.id not in text


async def test_a_scheduler_goes_round_by_itself(bench, mailroom):
    await told(bench)
    loop = asyncio.create_task(mailroom.rounds(bench.town).run())
    async with asyncio.timeout(20):
        while MAIL not in mailroom.readers:  # other councils of this database may have theirs before
            mailroom.arrived.clear()
            await mailroom.arrived.wait()
    loop.cancel()
    await asyncio.wait({loop}, timeout=20)
    assert loop.cancelled()


async def test_one_digest_a_day_whatever_two_schedulers_and_a_clock_that_goes_back_do(bench, mailroom):
    await told(bench)
    one, other = mailroom.rounds(bench.town), mailroom.rounds(bench.town)
    for hours in (0, 0, -1, 1, 5):
        bench.town.pass_time(hours=hours)
        await asyncio.gather(one.send_all(bench.town.authority), other.send_all(bench.town.authority))
    assert mailroom.readers == [MAIL]
    bench.town.pass_time(days=1)
    await asyncio.gather(one.send_all(bench.town.authority), other.send_all(bench.town.authority))
    assert len(set(mailroom.ids)) == len(mailroom.ids) == 2


@pytest.mark.parametrize("night", ["2026-10-25", "2027-03-28"])
async def test_the_nights_on_which_london_s_clocks_change_have_one_digest_each_day(bench, mailroom, night):
    await bench.town.put("/v1/workers/iro-1", {"role": "iro", "started_on": "2024-09-02", "email": MAIL})
    rounds = mailroom.rounds(bench.town, digest_at="01:30", digest_days="every")
    midnight = datetime.fromisoformat(f"{night}T00:00:00+00:00")
    for minutes in (
        -720,
        -90,
        *range(-30, 180, 30),
        60,
        0,
        720,
        1440,
        1500,
        1560,
        1620,
    ):  # an hour back as well
        bench.town.clock.set(midnight + timedelta(minutes=minutes))
        await rounds.send_all(bench.town.authority)
    assert await states(bench) == ["empty"] * 3


async def test_it_goes_at_seven_in_london_on_working_days(bench, mailroom):
    await told(bench)
    rounds = mailroom.rounds(bench.town)
    for at, letters in (
        ("2026-11-28T12:00", 0),  # a Saturday
        ("2026-11-30T06:59", 0),
        ("2026-11-30T07:00", 1),
        ("2026-12-25T09:00", 1),
        ("2027-06-01T05:59", 1),
        ("2027-06-01T06:00", 2),
    ):
        bench.town.clock.set(datetime.fromisoformat(f"{at}:00+00:00"))
        await rounds.send_all(bench.town.authority)
        assert len(mailroom.letters) == letters, at


async def test_a_scheduler_that_dies_after_sending_sends_the_same_again_and_not_for_ever(bench, mailroom):
    await told(bench)
    mailroom.silent = True
    for time in range(1, MOST + 2):
        mailroom.arrived.clear()
        dying = asyncio.create_task(mailroom.rounds(bench.town).send_all(bench.town.authority))
        await asyncio.wait(
            {dying, asyncio.create_task(mailroom.arrived.wait())}, return_when=asyncio.FIRST_COMPLETED
        )
        dying.cancel()  # the letter is there, and nobody has written that down
        await asyncio.gather(dying, return_exceptions=True)
        assert len(mailroom.ids) == min(time, MOST) and len(set(mailroom.ids)) == 1
        await mailroom.rounds(bench.town).send_all(bench.town.authority)  # it is still the dead one's
        assert len(mailroom.ids) == min(time, MOST)
        bench.town.pass_time(seconds=LEASE.total_seconds())
    assert await states(bench) == ["given_up"]


async def test_what_was_sent_as_the_database_went_away_is_recorded_when_it_is_back_and_not_sent_again(
    bench, mailroom
):
    await told(bench)
    async with Proxy.to(bench.town.database_url) as wire:
        engine = connect(wire.url, "duecare_scheduler", name="rounds", pool_size=2)
        direct = mailroom.rounds(bench.town)
        rounds = replace(direct, door=replace(direct.door, engine=engine))
        going_round = asyncio.create_task(rounds.send_all(bench.town.authority))
        await mailroom.arrived.wait()
        wire.cut = "before"  # of the record of it, which comes next
        await going_round
        await engine.dispose()
    assert (wire.cuts, await states(bench), len(mailroom.letters)) == (1, ["sent"], 1)


async def test_a_mail_server_that_is_away_is_waited_for_within_the_day(bench, mailroom):
    await told(bench)
    away = mailroom.rounds(bench.town, smtp_port=9)
    for _ in range(MOST + 2):
        await away.send_all(bench.town.authority)
        bench.town.pass_time(minutes=2)
    (line,) = await digests(bench)
    assert (line["state"], line["failure"], line["attempts"]) == ("waiting", "unreachable", 0)
    await mailroom.rounds(bench.town).send_all(bench.town.authority)
    assert (await states(bench), mailroom.readers) == (["sent"], [MAIL])
    bench.town.pass_time(days=1)
    await away.send_all(bench.town.authority)
    bench.town.pass_time(days=1)
    before = given_up()
    await mailroom.rounds(bench.town).send_all(bench.town.authority)
    assert await states(bench) == ["sent", "given_up", "sent"]
    assert given_up() - before == 1  # which somebody is woken for


async def test_an_address_that_does_not_exist_is_not_tried_again_and_a_mood_is(bench, mailroom):
    await told(bench)
    mailroom.rcpt, mailroom.data = ["451 Later", TAKEN, "550 Nobody"], ["452 Full"]
    rounds = mailroom.rounds(bench.town)
    for _ in range(4):
        await rounds.send_all(bench.town.authority)
        bench.town.pass_time(hours=1)
    (line,) = await digests(bench)
    assert mailroom.letters == []
    assert (line["state"], line["failure"], line["status"], line["attempts"]) == (
        "refused",
        "refused",
        550,
        3,
    )


async def test_one_bad_address_holds_nobody_else_up(bench, mailroom):
    await told(bench)
    await bench.worked("tm-1", **MANAGER)
    await bench.child("C-2", officer=None, team="LAC-2")
    mailroom.rcpt = ["550 Nobody"]
    await mailroom.rounds(bench.town).send_all(bench.town.authority)
    assert sorted(await states(bench)) == ["refused", "sent"] and len(mailroom.letters) == 1


async def test_a_mail_server_for_whom_nobody_vouches_gets_no_letter(bench):
    await told(bench)
    async with Mailroom.open(nobody_s_certificate()) as mailroom:
        await mailroom.rounds(bench.town, smtp_tls="starttls").send_all(bench.town.authority)
        assert mailroom.letters == [] and (await digests(bench))[0]["failure"] == "unreachable"


def test_what_a_council_calls_a_timescale_is_text_in_the_page_too():
    line = Line("Visit <b>&</b>", "due Mon 7 December 2026", "https://cases.example/x?a=1&b=2")
    contents = Contents(due=(), overdue=(line,) * (SHOWN + 3), answered=(), unanswered=())
    message = letter(contents, "a@x.example", "b@x.example", "<1@x.example>", date(2026, 12, 7), 14, NOON)
    assert "Visit &lt;b&gt;&amp;&lt;/b&gt;, due" in page(message) and "Visit <b>&</b>, due" in plain(message)
    assert 'href="https://cases.example/x?a=1&amp;b=2"' in page(message)
    assert (
        "Overdue: 53" in plain(message) and "and 3 more" in plain(message) and "and 3 more" in page(message)
    )


@pytest.mark.parametrize(
    "worker",
    [{"email": None}, {"digest": False}, {"left_on": "2026-11-20"}, {"role": "iro_manager"}],
    ids=["no address", "not wanted", "left", "no children of their own"],
)
async def test_who_has_no_address_wants_none_or_has_left_gets_none(bench, mailroom, worker):
    await bench.worked(**{"email": MAIL} | worker)
    await bench.child("C-1")
    await mailroom.rounds(bench.town).send_all(bench.town.authority)
    assert mailroom.letters == [] and await states(bench) == []


async def test_where_there_is_nothing_to_tell_nothing_is_sent(bench, mailroom):
    await bench.worked(email=MAIL)
    await mailroom.rounds(bench.town).send_all(bench.town.authority)
    assert mailroom.letters == [] and await states(bench) == ["empty"]


async def test_a_restricted_child_is_told_of_only_to_whom_the_record_names(bench, mailroom):
    await bench.worked(email=MAIL)
    await bench.worked("tm-1", **MANAGER)
    await bench.child("C-1", team="LAC-2", restricted=True, restricted_to=["sub-mo"])
    await mailroom.rounds(bench.town).send_all(bench.town.authority)
    assert mailroom.readers == ["mo@council.example"]
    assert sorted(await states(bench)) == ["empty", "sent"]


async def test_an_officer_sees_what_their_own_digest_would_tell(bench):
    await bench.worked()
    child = await bench.child("C-1")
    bearer = [f"Bearer {bench.town.token(Role.IRO, subject)}" for subject in ("sub-jo", "sub-other")]
    mine, nobody_s = [
        await bench.town.ask("scheduler", "GET", "/v1/digests/preview", authorization=each) for each in bearer
    ]
    assert nobody_s.status_code == 404
    assert {line["link"] for line in mine.json()["due"]} == {f"/v1/children/{child}"}


async def test_an_address_is_in_no_log_event_or_figure(bench, mailroom, caplog):
    caplog.set_level("DEBUG")
    await told(bench)
    mailroom.rcpt = ["550 jo@council.example is nobody"]
    await mailroom.rounds(bench.town).send_all(bench.town.authority)
    kept = await bench.town.rows("SELECT * FROM digest") + await bench.town.rows(
        "SELECT envelope FROM outbox_event"
    )
    logged = [each.getMessage() for each in caplog.records if each.name.startswith(("duecare", "sqlalchemy"))]
    assert "jo@" not in str(kept) and "jo@" not in str(logged)
    assert "jo@" not in (await bench.town.ask("scheduler", "GET", "/metrics")).text


@pytest.mark.parametrize(
    "email",
    [
        "jo",
        "jo@",
        "jo@council",
        "jo@council.example\r\nBcc: x@y.example",
        "jö@x.example",
        "a b@x.example",
        "x" * 250 + "@x.example",
        7,
        "",
    ],
)
async def test_an_address_that_can_be_none_is_refused(bench, email):
    body = {"role": "iro", "started_on": "2024-09-02", "email": email}
    answer = await bench.town.ask("reviews", "PUT", "/v1/workers/iro-1", body)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/email")


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"smtp_from": "duecare@x.example", "smtp_tls": "none"},
        {"smtp_from": "duecare@x.example", "smtp_user": "u"},
        {"smtp_from": "x\r\nBcc: y@x.example"},
        {"smtp_from": "duecare@x.example", "digest_at": "07:00Z"},
    ],
    ids=["no sender", "in the open", "no password", "two headers", "not London's hour"],
)
def test_post_that_would_not_do_is_refused_at_the_start(settings):
    with pytest.raises(ValidationError):
        Post(smtp_host="mail.example", **settings)


def test_without_a_mail_server_no_digests_go():
    assert not Post().sends
