"""Which files are no census of this council, and that none of them can do harm."""

from datetime import date
from pathlib import Path

import pytest

from services.reviews_api.imports.cin.file import read_census
from services.reviews_api.imports.cin.rows import ChildReturn
from services.reviews_api.imports.findings import UnusableReturn
from tests.imports.census import LEA, SAMPLES, Census, enquiry, plan
from tests.imports.returns import Council
from tests.imports.test_commands import duecare

TODAY = date(2026, 11, 23)
SOUND = Census().child(enquiry("2025-05-01", "2025-05-20"), plan("2025-05-20"))
BOMB = (
    '<!DOCTYPE Message [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)


def read(folder: Path, content: str | bytes) -> list[ChildReturn]:
    path = folder / "census.xml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_census(path, LEA, TODAY).children


def refusal(folder: Path, content: str | bytes) -> str:
    with pytest.raises(UnusableReturn) as reason:
        read(folder, content)
    return str(reason.value)


def test_a_sound_census_is_read_in_the_encoding_that_it_names(tmp_path: Path) -> None:
    declared = '<?xml version="1.0" encoding="utf-16"?>' + SOUND.text()
    assert read(tmp_path, declared.encode("utf-16")) == read(tmp_path, declared.replace("utf-16", "utf-8"))


def test_an_entity_bomb_is_refused(tmp_path: Path) -> None:
    text = BOMB + SOUND.text().replace(">C1<", ">&i;<")
    assert "document type declaration" in refusal(tmp_path, text)


def test_a_file_of_this_machine_is_not_read_by_an_external_entity(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("SECRET")
    said = f'<!DOCTYPE Message [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>'
    why = refusal(tmp_path, said + SOUND.text().replace(">C1<", ">&x;<"))
    assert "document type declaration" in why and "SECRET" not in why


def test_a_type_declared_elsewhere_is_refused(tmp_path: Path) -> None:
    said = '<!DOCTYPE Message SYSTEM "http://127.0.0.1:1/census.dtd">' + SOUND.text()
    assert "document type declaration" in refusal(tmp_path, said)


@pytest.mark.parametrize(
    "content", ["", "no XML", "<Message>", SOUND.text()[:-200], "CHILD,DOB\nC1,01/02/2012"]
)
def test_what_is_cut_off_or_no_xml_is_refused(tmp_path: Path, content: str) -> None:
    assert "well-formed" in refusal(tmp_path, content)


def test_what_is_not_in_the_encoding_that_it_names_is_refused(tmp_path: Path) -> None:
    text = SOUND.text().replace(">C1<", ">Zoë<")
    assert "encoding" in refusal(tmp_path, text.encode("latin-1"))


def test_a_census_nested_without_end_is_refused(tmp_path: Path) -> None:
    assert "well-formed" in refusal(tmp_path, "<Message>" + "<a>" * 100_000)


def test_another_root_or_a_namespace_is_refused(tmp_path: Path) -> None:
    assert "begin with <Message>" in refusal(tmp_path, "<Return/>")
    assert "namespace" in refusal(tmp_path, SOUND.text().replace("<Message>", '<Message xmlns="urn:x">'))


def test_a_file_larger_than_any_census_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "census.xml"
    with path.open("wb") as file:
        file.truncate(513 * 1024 * 1024)  # a hole: it takes no room on the disk
    with pytest.raises(UnusableReturn, match="larger than 512 MB"):
        read_census(path, LEA, TODAY)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("<LEA>343<", "<LEA>201<", "another council's"),
        ("<LEA>343</LEA>", "", "another council's"),
        ("<Collection>CIN<", "<Collection>SSDA903<", "another collection"),
        ("<Year>2026<", "<Year>2024<", "census year"),
        ("2026-03-31", "2026-04-01", "census year"),
        ("<ReferenceDate>2026-03-31<", "<ReferenceDate>31/03/2026<", "yyyy-mm-dd"),
        ("<ReferenceDate>2026-03-31<", "<ReferenceDate>2027-03-31<", "in the future"),
        ("<CollectionDetails>", "<Details>", "well-formed"),
    ],
)
def test_another_council_s_or_another_year_s_is_refused(tmp_path: Path, old: str, new: str, why: str) -> None:
    assert why in refusal(tmp_path, SOUND.text().replace(old, new))


def test_a_census_without_its_header_is_refused(tmp_path: Path) -> None:
    text = SOUND.text()
    head = text[text.index("<Header>") : text.index("</Header>") + 9]
    assert "no header" in refusal(tmp_path, text.replace(head, ""))
    empty = text.replace(head, "<Header/>")
    assert "another collection" in refusal(tmp_path, empty)


@pytest.mark.parametrize("words", [[], ["--lea", "201"], ["--authority", "NEW"]])
def test_the_command_refuses_in_one_line(tmp_path: Path, words: list[str]) -> None:
    bomb = tmp_path / "census.xml"
    bomb.write_text(BOMB + "<Message/>")
    result = duecare("import", "cin", str(bomb), *words)
    assert result.exit_code == 2
    assert len(result.output.strip().splitlines()) == 1


def test_a_file_that_is_not_there_is_refused() -> None:
    assert duecare("import", "cin", "/nowhere/census.xml").exit_code == 2


async def test_a_whole_sample_census_is_accounted_for(council: Council) -> None:
    summary = await council.bring_census(SAMPLES / "census.xml")
    counted = {
        kind: rows["read"] for kind, rows in summary.items() if isinstance(rows, dict) and "read" in rows
    }
    text = (SAMPLES / "census.xml").read_text()
    assert counted == {
        "child_identifiers": text.count("<ChildIdentifiers>"),
        "section47": text.count("<Section47>"),
        "conferences": text.count("<DateOfInitialCPC>"),
        "plans": text.count("<ChildProtectionPlans>"),
        "plan_reviews": text.count("<Reviews>"),
        "cin_details": text.count("<CINdetails>"),
        "assessments": text.count("<Assessments>"),
        "cin_plans": text.count("<CINPlanDates>"),
        "pre_proceedings": text.count("<PreProceedingsandFGDM>"),
    }
    assert (summary["rejections"], summary["warnings"]) == ([], [])
    assert await council.faults() == {}
