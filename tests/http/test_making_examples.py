"""How an example answer is made where a schema has none."""

from shared.http.examples import Examples

RECORD = {
    "properties": {
        "version": {"type": "integer"},
        "seen_on": {"type": "string", "format": "date"},
        "ended_on": {"anyOf": [{"type": "string"}, {"type": "null"}]},
        "counts": {"type": "object", "additionalProperties": {"type": "integer"}},
        "grade": {"enum": ["good", "poor"]},
    },
    "required": ["version", "seen_on", "ended_on"],
}


def test_fields_are_as_they_were_sent_or_as_their_kind_has_it():
    made = Examples({}, {"grade": "poor"}).of(RECORD)
    assert made == {
        "version": 1,
        "seen_on": "2026-11-20",
        "ended_on": None,
        "counts": {"code": 1},
        "grade": "poor",
    }


def test_an_example_of_its_own_stands_and_is_made_whole():
    made = Examples({}, {}).of(RECORD | {"example": {"seen_on": "2026-01-02", "grade": "good"}})
    assert made == {"seen_on": "2026-01-02", "grade": "good", "version": 1, "ended_on": None}


def test_what_is_not_a_record_does_not_take_what_was_sent_for_its_own():
    figures = {"properties": {"grade": {"type": "object", "additionalProperties": {"type": "integer"}}}}
    assert Examples({}, {"grade": "poor"}).of(figures) == {"grade": {"code": 1}}
