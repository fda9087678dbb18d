"""Every figure of Sefton's report for 2020-21 that the services can count, in the order of the report."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from services.cli.sefton_year.escalations import CORPORATE_PARENTING
from services.cli.sefton_year.figures import Between, Figure, Question, Value
from services.cli.sefton_year.samples import FEBRUARY, MARCH
from services.cli.sefton_year.year import FIRST_DAY, LAST_DAY, OCTOBER
from shared.http.percentages import percent

YEAR = f"?from={FIRST_DAY}&to={LAST_DAY}"
CARE = Question(f"/v1/care_figures{YEAR}")
IROS = Question(f"/v1/caseload_figures?as_at={LAST_DAY}")
CHAIRS = Question(f"/v1/caseload_figures?as_at={LAST_DAY}&role=cp_chair")
REVIEWS = Question(f"/v1/review_figures{YEAR}")
CONFERENCES = Question(f"/v1/conference_figures{YEAR}")
PLANS = Question(f"/v1/plan_figures{YEAR}")
SUPERVISIONS = Question("/v1/supervisions?limit=200", listed=True)
OBSERVATIONS = Question("/v1/observations?limit=200", listed=True)
RAISED = Question(f"/v1/escalation_figures/raised{YEAR}", service="escalation")
FEBRUARY_FOUND, MARCH_FOUND = (Question(f"/v1/dip_samples/{name}/figures") for name in (FEBRUARY, MARCH))


def at(*keys: str) -> Callable[[Any], Any]:
    """Reads what is found under these names, one within the other; None where a code was never used."""

    def read(answer: Any) -> Any:
        for key in keys[:-1]:
            answer = answer[key]
        return answer.get(keys[-1])

    return read


def looked_after(on: object) -> Callable[[Any], Value]:
    """How many children were in care on a London date."""
    return lambda care: {each["on"]: each["children"] for each in care["looked_after"]}.get(f"{on}")


def within_72_hours(care: Any) -> Value:
    """All, or how many of how many."""
    by = {each["timescale"]: each["in_time"] for each in care["allocated"]}
    in_time, whole = by.get("iro-allocation-sefton", 0), care["became"]["count"]
    return "all" if in_time == whole else f"{in_time}/{whole}"


def in_post(full_time: bool) -> Callable[[Any], Value]:
    """How many officers were in post, at full time or at less."""
    return lambda figures: sum(
        each["in_post"] and (each["fte"] == 1) is full_time for each in figures["officers"]
    )


def average(figures: Any) -> Value:
    """Children to each full-time officer, to one decimal."""
    loads = [each["children"] for each in figures["officers"] if each["in_post"] and each["fte"] == 1]
    return round(sum(loads) / len(loads), 1) if loads else None


def without_a_plan(conferences: Any) -> Value:
    """In a hundred children who were discussed."""
    children = conferences["by_type"]["initial"]["children"]
    return percent(children["by_outcome"].get("no_plan", 0), children["discussed"])


def times_each(name: str) -> Callable[[Any], Value]:
    """How often in the year each officer had it, where that was equally often."""

    def read(items: Any) -> Value:
        held = Counter(each["worker_id"] for each in items if f"{FIRST_DAY}" <= each[name] <= f"{LAST_DAY}")
        return held.most_common(1)[0][1] if len(set(held.values())) == 1 else f"{sorted(set(held.values()))}"

    return read


def _initial(*keys: str) -> Callable[[Any], Any]:
    return at("by_type", "initial", *keys)


def _formal(*keys: str) -> Callable[[Any], Any]:
    """Of what went formal in the year, also where it had begun informally: the report counts that as both."""
    return at("formal", *keys)


ONE, TWO, THREE, FOUR = (f"section {n}" for n in range(1, 5))

FIGURES: Sequence[Figure] = (
    Figure("children looked after, 1 April 2020", ONE, 586, (CARE,), looked_after(FIRST_DAY)),
    Figure("children looked after, October 2020", ONE, 607, (CARE,), looked_after(OCTOBER)),
    Figure("children looked after, 31 March 2021", ONE, 617, (CARE,), looked_after(LAST_DAY)),
    Figure("under one when they became looked after, %", ONE, 24, (CARE,), at("became", "under_one_percent")),
    Figure("full-time IROs", ONE, 8, (IROS,), in_post(True)),
    Figure("part-time IROs", ONE, 1, (IROS,), in_post(False)),
    Figure("child protection chairs", ONE, 2, (CHAIRS,), in_post(True)),
    Figure("children to a full-time IRO", ONE, Between(77, 80), (IROS,), average),
    Figure("cases of a full-time chair", ONE, 80, (CHAIRS,), average),
    Figure("reviews chaired", ONE, 1140, (REVIEWS,), at("held")),
    Figure("reviews in time, %", ONE, 98, (REVIEWS,), at("in_time_percent")),
    Figure("participated, %", ONE, 84, (REVIEWS,), at("participated_percent")),
    Figure("My Reports returned", ONE, 143, (REVIEWS,), at("my_report_returned")),
    Figure("initial conferences, meetings", ONE, 160, (CONFERENCES,), _initial("meetings", "held")),
    Figure("children at them", ONE, 324, (CONFERENCES,), _initial("children", "discussed")),
    Figure("made subject to a plan", ONE, 299, (CONFERENCES,), _initial("children", "by_outcome", "plan")),
    Figure("the same, as plans that started", ONE, 299, (PLANS,), at("started", "count")),
    Figure("of them for a subsequent period", ONE, 60, (PLANS,), at("started", "subsequent")),
    Figure("the same, %", ONE, 20, (PLANS,), at("started", "subsequent_percent")),
    Figure("not made subject to one", ONE, 25, (CONFERENCES,), _initial("children", "by_outcome", "no_plan")),
    Figure("the same, %", ONE, 8, (CONFERENCES,), without_a_plan),
    Figure("unborn", ONE, 34, (CONFERENCES,), _initial("children", "unborn")),
    Figure("the same, %", ONE, 10, (CONFERENCES,), _initial("children", "unborn_percent")),
    Figure(
        "unborn, made subject to a plan", ONE, 32, (CONFERENCES,), _initial("children", "unborn_with_a_plan")
    ),
    Figure("conferences out of timescale, meetings", ONE, 35, (CONFERENCES,), _initial("meetings", "late")),
    Figure("the same, %", ONE, 22, (CONFERENCES,), _initial("meetings", "late_percent")),
    Figure("children at those", ONE, 68, (CONFERENCES,), _initial("children", "at_late_meetings")),
    Figure(
        "of those meetings, for a technical difficulty",
        ONE,
        1,
        (CONFERENCES,),
        _initial("meetings", "late_by_reason", "technical_difficulty"),
    ),
    Figure(
        "different reasons of those meetings",
        ONE,
        8,
        (CONFERENCES,),
        lambda answer: len(answer["by_type"]["initial"]["meetings"]["late_by_reason"]),
    ),
    Figure("supervisions of each officer, one a month", ONE, 12, (SUPERVISIONS,), times_each("held_on")),
    Figure("practice alerts of IROs", TWO, 106, (RAISED,), _formal("by_raised_as", "iro", "alerts")),
    Figure(
        "formal, in Corporate Parenting",
        TWO,
        29,
        (RAISED,),
        _formal("by_team", CORPORATE_PARENTING, "alerts"),
    ),
    Figure("informal resolutions", TWO, 596, (RAISED,), at("informal", "alerts")),
    Figure(
        "of them in Corporate Parenting, %",
        TWO,
        44,
        (RAISED,),
        at("informal", "by_team", CORPORATE_PARENTING, "percent"),
    ),
    Figure(
        "formal for child protection, of chairs",
        TWO,
        25,
        (RAISED,),
        _formal("by_raised_as", "cp_chair", "alerts"),
    ),
    Figure("sampled in March 2020", THREE, 149, (MARCH_FOUND,), at("sampled")),
    Figure("of them with care planning meetings, %", THREE, 45, (MARCH_FOUND,), at("percentage")),
    Figure("the same in February 2020, %", THREE, 33, (FEBRUARY_FOUND,), at("percentage")),
    Figure("observations of each IRO", THREE, 2, (OBSERVATIONS,), times_each("made_on")),
    Figure("IRO allocated within 72 hours", FOUR, "all", (CARE,), within_72_hours),
)

NOTES = (
    "The report leaves open whether its 25 formal alerts for child protection are among its 106 practice alerts. It "
    "says that IROs issued the 106, so here they did, and the chairs raised 25 besides: 131 together. Were the 25 "
    "inside, the IROs' own would be 81",
)
