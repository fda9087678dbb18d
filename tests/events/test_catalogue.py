"""The catalogue: every event with its example and its schema, and no field that could hold a name or free text."""

import pkgutil
from inspect import get_annotations
from typing import Any, ClassVar, get_args

import pytest
from jsonschema_rs import meta, validator_for

import shared.events
from services.escalation_api.escalations.concern import Kind
from services.escalation_api.themes.shipped import THEMES
from services.reviews_api.allocations.models import AllocationRole
from services.reviews_api.exemptions.models import ExemptionKind
from services.reviews_api.midpoint_checks.findings import Finding, WhyNot
from services.reviews_api.milestones.kinds import MilestoneKind
from services.reviews_api.models import REVIEWS_MODELS
from services.reviews_api.record import Recorded
from services.reviews_api.reviews.models import Answer
from services.reviews_api.visits.models import VisitKind, VisitorRole
from shared.deadlines.difference import WITHDRAWN, Because
from shared.events.catalogue import EVENTS, LANGUAGE, spoken_in
from shared.events.fields import field_schema
from shared.events.language import Event
from shared.events.schemas import data_schema, event_schema, example_envelope
from shared.timescales.catalogue import load_catalogue
from shared.timescales.closing import Outcome
from shared.timescales.timescale import Passing
from tests.events.checking import errors

# Every text in an event, by the class that declares it. A text is a code, a reference of the case system or an id:
# before you add one, make sure that nobody can put a name or a sentence in it.
TEXTS = {
    "AlertUnanswered": {"ladder", "stage", "timescale", "team"},
    "AllocationEnded": {"officer", "role", "end_reason"},
    "AuditCompleted": {"scope", "grade"},
    "BreachWithdrawn": {"because"},
    "CalendarChanged": {"change"},
    "CaseloadReallocated": {"officer", "role", "reason"},
    "ChildContacted": {"role", "kind"},
    "ChildVisited": {"role"},
    "ConferenceEvent": {"conference_type", "child_ids"},
    "ConflictDeclared": {"officer"},
    "DeadlineCancelled": {"because"},
    "DeadlineEvent": {"timescale"},
    "DeadlineMoved": {"because"},
    "DeadlinePassed": {"meaning"},
    "DecisionMade": {"owner"},
    "DipSampleDrawn": {"question"},
    "EscalationEvent": {"kind", "theme", "timescale", "ladder", "stage", "team"},
    "ExemptionGranted": {"kind", "timescale"},
    "ExemptionWithdrawn": {"timescale"},
    "FactReported": {"kind"},
    "FactWithdrawn": {"kind"},
    "IroAllocated": {"officer"},
    "LegalStatusChanged": {"status"},
    "MidpointCheckCancelled": {"because"},
    "MidpointCheckCompleted": {"finding"},
    "MilestoneCompleted": {"kind"},
    "OfficerAllocated": {"officer", "role"},
    "PlacementStarted": {"placement_type"},
    "PlanStarted": {"category"},
    "PracticeObserved": {"observed"},
    "RecordWithdrawn": {"kind"},
    "ReviewBroughtForward": {"reason"},
    "ReviewDecisionsAnswered": {"decisions_answer"},
    "ReviewPostponed": {"reason"},
    "StrategyDiscussionHeld": {"section47"},
    "SubscriptionEnded": {"because"},
    "SupervisionHeld": {"kind"},
    "WorkerUpserted": {"role"},
}

# The codes that an event names itself, and where the services have them from.
TOLD_ELSEWHERE = {"fact", "exemption", "history"}
CODES = {
    ("record.withdrawn", "kind"): {
        each.noun.replace(" ", "_") for each in REVIEWS_MODELS if issubclass(each, Recorded)
    }
    - TOLD_ELSEWHERE,
    ("exemption.granted", "kind"): set(ExemptionKind),
    ("officer.allocated", "role"): set(AllocationRole),
    ("midpoint_check.cancelled", "because"): set(WhyNot),
    ("midpoint_check.completed", "finding"): set(Finding),
    ("visit.made", "role"): set(VisitorRole),
    ("contact.made", "kind"): set(VisitKind) - {VisitKind.VISIT},
    ("milestone.completed", "kind"): set(MilestoneKind),
    ("review.decisions_answered", "decisions_answer"): set(Answer),
    ("escalation.raised", "kind"): set(Kind),
    ("deadline.moved", "because"): set(Because),
    ("deadline.passed", "meaning"): set(Passing) - {Passing.BREACH},
    ("breach.withdrawn", "because"): {"moved", WITHDRAWN, *Outcome},
}


def kinds() -> set[Any]:
    """Every class of the language, those that several events share included."""
    found = (each for module in LANGUAGE for each in vars(module).values() if isinstance(each, type))
    return {each for each in found if issubclass(each, Event)}


def test_every_event_is_in_the_catalogue_once():
    modules = {
        name for _, name, _ in pkgutil.iter_modules(shared.events.__path__) if name.endswith("_events")
    }
    assert {module.__name__.rpartition(".")[2] for module in LANGUAGE} == modules
    told = [each for module in LANGUAGE for each in spoken_in(module)]
    assert len({each.type for each in told}) == len(told) == len(EVENTS)
    assert set(told) == {each for each in kinds() if "type" in vars(each)}


@pytest.mark.parametrize("kind", EVENTS.values(), ids=list(EVENTS))
def test_every_event_says_what_it_means_and_has_an_example_of_its_own(kind):
    assert vars(kind)["__doc__"].endswith(".")
    assert type(vars(kind)["example"]) is kind
    assert (kind.example.about(), kind.type.count(".")) == (kind.example.about(), 1)


@pytest.mark.parametrize("kind", EVENTS.values(), ids=list(EVENTS))
def test_every_event_is_as_its_schema_has_it_and_the_schema_closes_nothing(kind):
    schema = event_schema(kind)
    assert meta.validate(schema) is None
    assert errors(example_envelope(kind)) == []
    grown = kind.example.data() | {"added_later": 1}
    assert validator_for(schema).is_valid(grown)
    assert not validator_for(schema, validate_formats=True).is_valid(grown | {f"{kind.noun}_id": "Ada Smith"})


def test_every_text_in_an_event_was_decided_on():
    texts: dict[str, set[str]] = {}
    for kind in kinds():
        for name, hint in get_annotations(kind).items():
            if getattr(hint, "__origin__", None) is not ClassVar and "str" in words_in(hint):
                texts.setdefault(kind.__name__, set()).add(name)
    assert texts == TEXTS


def words_in(hint: Any) -> set[str]:
    """The names of all types that a hint is made of."""
    return {getattr(hint, "__name__", "")} | {word for each in get_args(hint) for word in words_in(each)}


@pytest.mark.parametrize("kind", EVENTS.values(), ids=list(EVENTS))
def test_no_text_in_an_event_has_room_for_a_sentence(kind):
    checked = validator_for(data_schema(kind), validate_formats=True)
    for name, value in kind.example.data().items():
        for said in ("Ada Smith was late", "", "x" * 101):
            refused = not checked.is_valid(
                kind.example.data() | {name: [said] if isinstance(value, list) else said}
            )
            assert refused or name == "link"


@pytest.mark.parametrize("hint", [str, str | None, list[str], dict, float])
def test_a_field_that_is_neither_code_nor_reference_nor_id_is_refused(hint):
    with pytest.raises(TypeError, match="which code, reference or id"):
        field_schema(hint)


def test_the_codes_in_the_examples_are_codes_that_there_are():
    catalogue = load_catalogue()
    there_are = {
        "timescale": {row.code for row in catalogue.timescales},
        "theme": set(THEMES),
        "ladder": {ladder.code for ladder in catalogue.ladders},
        "stage": {stage.code for ladder in catalogue.ladders for stage in ladder.stages},
    }
    for kind in EVENTS.values():
        for name, value in kind.example.data().items():
            assert value is None or value in there_are.get(name, [value]), (kind.type, name)


@pytest.mark.parametrize(("type", "field"), CODES)
def test_the_codes_that_an_event_names_are_those_that_the_services_know(type, field):
    choices = data_schema(EVENTS[type])["properties"][field]["anyOf"]
    assert set(choices[0]["enum"]) == CODES[type, field]
