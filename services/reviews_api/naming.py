"""What the lines of long lists say of their timescales, written once for each."""

from shared.http.json_text import said
from shared.timescales.catalogue import Catalogue


class Names(dict[str, str]):
    """By the code of a timescale: the JSON fields `timescale`, `title` and `basis` of every line about it."""

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__()
        self.catalogue = catalogue

    def __missing__(self, code: str) -> str:
        title, basis = title_and_basis(self.catalogue, code)
        self[code] = f'"timescale":{said(code)},"title":{said(title)},"basis":{said(basis)}'
        return self[code]


_KNOWN: dict[str, Names] = {}


def names(catalogue: Catalogue) -> Names:
    """The names in this wording of the catalogue."""
    if catalogue.version not in _KNOWN:
        _KNOWN[catalogue.version] = Names(catalogue)
    return _KNOWN[catalogue.version]


def title_and_basis(catalogue: Catalogue, code: str) -> tuple[str, str]:
    """What a timescale is called and on whose authority it stands; one that is gone is called by its code."""
    timescale = catalogue.find(code)
    return (timescale.title, timescale.basis) if timescale else (code, "no longer in the catalogue")
