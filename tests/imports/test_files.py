"""The three files of a return: their names, their headings, and whatever else people put in a CSV."""

from datetime import date
from pathlib import Path

import pytest

from services.reviews_api.imports.findings import UnusableReturn, Verdicts
from services.reviews_api.imports.ssda903.by_child import ChildReturn, by_child
from services.reviews_api.imports.ssda903.files import read_return
from tests.imports.returns import BORN, HEADINGS, Council, Return, counts, rejected

ONE = Return().child().episode("01/02/2025").review("20/02/2025")


def judged(folder: Path) -> tuple[list[ChildReturn], Verdicts]:
    """The rows that are sound in themselves, by child, and the verdicts on the others."""
    files = read_return(folder)
    verdicts = Verdicts({kind: file.name for kind, file in files.items()})
    return by_child(files, date(2026, 11, 23), verdicts), verdicts


def refusal(folder: Path) -> str:
    with pytest.raises(UnusableReturn) as refused:
        read_return(folder)
    assert "\n" not in str(refused.value)
    return str(refused.value)


@pytest.mark.parametrize("prefix", ["SSDA903_2025_", "2025 ", "ssda903-", "X."])
async def test_the_names_may_have_a_prefix(council: Council, tmp_path: Path, prefix: str) -> None:
    summary = await council.bring(ONE.write(tmp_path / "prefixed", prefix))
    assert [counts(summary, kind) for kind in HEADINGS] == [(1, 0, 0)] * 3


async def test_a_finding_names_the_file_as_it_is_called(council: Council, tmp_path: Path) -> None:
    said = Return().child().review("20/02/2025").write(tmp_path / "prefixed", "SSDA903_2025_")
    assert rejected(await council.bring(said))[0][0] == "SSDA903_2025_reviews.csv"


def test_the_names_may_be_in_capitals(tmp_path: Path) -> None:
    for path in ONE.write(tmp_path).iterdir():
        path.rename(path.with_name(path.name.upper()))
    assert len(read_return(tmp_path)["reviews"].lines) == 1


def test_other_files_are_no_concern(tmp_path: Path) -> None:
    ONE.write(tmp_path)
    for name in ("previews.csv", ".reviews.csv", "._header.csv", "reviews.csv.bak", "missing.csv"):
        (tmp_path / name).write_text("?")
    (tmp_path / "old_reviews.csv").mkdir()
    assert read_return(tmp_path)["reviews"].name == "reviews.csv"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    ONE.write(tmp_path)
    (tmp_path / "episodes.csv").unlink()
    assert "episodes.csv" in refusal(tmp_path)


def test_two_files_that_could_be_meant_are_named(tmp_path: Path) -> None:
    ONE.write(tmp_path)
    ONE.write(tmp_path, "2024_")
    assert "2024_header.csv, header.csv" in refusal(tmp_path)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert "no folder" in refusal(tmp_path / "nowhere")
    assert "no folder" in refusal(ONE.write(tmp_path) / "header.csv")


@pytest.mark.parametrize(
    "content",
    [
        "",
        "\n",
        "CHILD;DOB;REVIEW;REVIEW_CODE\n",
        "CHILD,REVIEW\nC1,01/01/2025\n",
        '"CHILD',
        "\x00\x00",
        "CHILD," * 9,
    ],
)
def test_a_file_without_its_columns_is_refused(tmp_path: Path, content: str) -> None:
    (ONE.write(tmp_path) / "reviews.csv").write_text(content)
    assert "reviews.csv lacks the column" in refusal(tmp_path)


def test_a_file_in_utf_16_is_refused(tmp_path: Path) -> None:
    (ONE.write(tmp_path) / "reviews.csv").write_text(ONE.text("reviews"), encoding="utf-16")
    assert "lacks the columns CHILD" in refusal(tmp_path)


def test_a_column_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    (ONE.write(tmp_path) / "header.csv").write_text("CHILD,DOB,DOB\n")
    assert "column DOB more than once" in refusal(tmp_path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_ending_will_do_with_or_without_a_byte_order_mark(
    tmp_path: Path, encoding: str, end: str
) -> None:
    folder = ONE.write(tmp_path)
    for path in folder.iterdir():
        path.write_bytes(path.read_text().replace("\n", end).encode(encoding))
    [child], verdicts = judged(folder)
    assert (len(child.header), len(child.episodes), len(child.reviews)) == (1, 1, 1)
    assert verdicts.rejections == []


async def test_cells_may_be_quoted_and_columns_in_any_order(council: Council) -> None:
    folder = ONE.write(council.folder)
    (folder / "header.csv").write_text(f'"NOTE"," dob ","child"\n"a ""big"", two\nline note","{BORN}","C1"\n')
    assert counts(await council.bring(folder), "header") == (1, 0, 0)


async def test_blank_lines_count_as_rows_and_are_not_read(council: Council) -> None:
    folder = ONE.write(council.folder)
    (folder / "header.csv").write_text(f"CHILD,DOB\n\nC1,{BORN}\n\nC2,x\n\n")
    summary = await council.bring(folder)
    assert counts(summary, "header") == (1, 0, 1)
    assert rejected(summary) == [("header.csv", 5, "DOB", "bad_date")]


GARBAGE = [
    (b'C9,"05/06/2012\n', None, "unreadable"),
    (b'"C9"x,05/06/2012\n', None, "unreadable"),
    (b"C9," + b"1" * 1_000_000 + b"\n", None, "unreadable"),
    (b"C9\xff,05/06/2012\n", "CHILD", "not_utf8"),
    ("C9,05/06/2012,Zoë\n".encode("cp1252"), None, "not_utf8"),
    (b"C\x009,05/06/2012\n", "CHILD", "bad_reference"),
    ("\U0001f600,05/06/2012\n".encode(), "CHILD", "bad_reference"),
    ("C9,٠٥/٠٦/٢٠١٢\n".encode(), "DOB", "bad_date"),
    (b"C9,05/06/1066\n", "DOB", "bad_date"),
    (b"C9,05/06/0000\n", "DOB", "bad_date"),
    (b"C9\n", "DOB", "missing_value"),
    (b",,\n", "CHILD", "missing_value"),
    (b"C9,05/06/2012,,more\n", None, "too_many_cells"),
    (b"C" * 54 + b",05/06/2012\n", "CHILD", "bad_reference"),
    (b"=cmd(),05/06/2012\n", "CHILD", "bad_reference"),
]


@pytest.mark.parametrize(("line", "column", "code"), GARBAGE)
def test_garbage_costs_only_its_own_row(tmp_path: Path, line: bytes, column: str | None, code: str) -> None:
    folder = ONE.write(tmp_path)
    good = f"C1,{BORN},\n".encode()
    (folder / "header.csv").write_bytes(b"CHILD,DOB,NAME\n" + line + good + f"C2,{BORN},".encode())
    children, verdicts = judged(folder)
    assert [child.reference for child in children if child.header] == ["C1", "C2"]
    assert [(each.row, each.column, each.code) for each in verdicts.rejections] == [(2, column, code)]


async def test_the_longest_reference_is_taken_whole(council: Council) -> None:
    name = "C" * 53
    said = Return().child(name).episode("01/02/2025", child=name).review("20/02/2025", child=name)
    summary = await council.bring(said)
    assert summary["rejections"] == []
    await council.town.put(f"/v1/care_periods/{name}-2025-02-01", {"child": name, "started_on": "2025-02-01"})
