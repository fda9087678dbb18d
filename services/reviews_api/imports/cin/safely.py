"""Reading XML that somebody else made: child by child, without entities, without the network."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from services.reviews_api.imports.findings import UnusableReturn

LARGEST = 512 * 1024 * 1024  # bytes; the largest councils return some tens of millions
ROOT = "Message"


def parts(path: Path) -> Iterator[Any]:
    """The Header and then each Child of a census, as elements to be read at once: each is emptied afterwards.

    Raises UnusableReturn for what is no whole and well-formed census file, or has a document type declaration:
    those are where entities come from, and a census has none.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise UnusableReturn(f"{path.name} is larger than 512 MB: that is no census of one council.")
        with path.open("rb") as file:
            yield from _parts(path.name, file)
    except OSError:
        raise UnusableReturn(f"There is no file to read at {path}.") from None
    except etree.XMLSyntaxError as error:
        where = f" (line {error.lineno})" if error.lineno else ""
        raise UnusableReturn(
            f"{path.name} is not whole, well-formed XML in the encoding that it names{where}: export it again."
        ) from None


def _parts(name: str, file: Any) -> Iterator[Any]:
    reading = etree.iterparse(
        file,
        events=("start", "end"),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    root = None
    for event, element in reading:
        if root is None:
            root = element
            _check_root(name, root)
        if event == "end" and element.tag in ("Header", "Child"):
            yield element
            element.clear()
            _forget_before(element)


def _check_root(name: str, root: Any) -> None:
    if root.getroottree().docinfo.doctype:
        raise UnusableReturn(f"{name} has a document type declaration, which no census has: export it again.")
    if etree.QName(root).namespace:
        raise UnusableReturn(f"{name} is in an XML namespace; a CIN census is in none.")
    if root.tag != ROOT:
        raise UnusableReturn(f"{name} is no CIN census: those begin with <{ROOT}>.")


def _forget_before(element: Any) -> None:
    """What was read already takes no room."""
    while element.getprevious() is not None:
        del element.getparent()[0]
