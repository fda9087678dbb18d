"""Small made-up CIN censuses."""

from dataclasses import dataclass, field
from pathlib import Path

LEA = "343"
SAMPLES = Path(__file__).parent / "samples"


def fields(**said: str) -> str:
    """Fields in their order; those that are empty are left out."""
    return "".join(f"<{name}>{value}</{name}>" for name, value in said.items() if value)


def enquiry(start: str, conference: str = "", *, target: str = "", needless: str = "false") -> str:
    said = fields(S47ActualStartDate=start, InitialCPCtarget=target, DateOfInitialCPC=conference)
    return f"<Section47>{said}<ICPCnotRequired>{needless}</ICPCnotRequired></Section47>\n"


def plan(start: str, end: str = "", *reviews: str, category: str = "NEG", previous: str = "0") -> str:
    said = fields(
        CPPstartDate=start,
        CPPendDate=end,
        InitialCategoryOfAbuse=category,
        LatestCategoryOfAbuse=category,
        NumberOfPreviousCPP=previous,
    )
    held = "".join(f"<Reviews><CPPreviewDate>{day}</CPPreviewDate></Reviews>\n" for day in reviews)
    return f"<ChildProtectionPlans>{said}{held}</ChildProtectionPlans>\n"


@dataclass
class Census:
    """A census of one year; `child` adds a child with what is said of them."""

    year: int = 2026
    lea: str = LEA
    children: list[str] = field(default_factory=list)

    def child(
        self, *said: str, reference: str = "C1", born: str = "2012-06-05", expected: str = ""
    ) -> "Census":
        who = fields(LAchildID=reference, PersonBirthDate=born, ExpectedPersonBirthDate=expected)
        details = f"<CINdetails>\n{''.join(said)}</CINdetails>" if said else ""
        self.children.append(f"<Child><ChildIdentifiers>{who}</ChildIdentifiers>{details}</Child>\n")
        return self

    def text(self) -> str:
        collection = fields(Collection="CIN", Year=str(self.year), ReferenceDate=f"{self.year}-03-31")
        return (
            f"<Message>\n<Header><CollectionDetails>{collection}</CollectionDetails>"
            f"<Source>{fields(SourceLevel='L', LEA=self.lea)}</Source></Header>\n"
            f"<Children>\n{''.join(self.children)}</Children></Message>\n"
        )

    def write(self, folder: Path) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "census.xml"
        path.write_text(self.text(), encoding="utf-8")
        return path
