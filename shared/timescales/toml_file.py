"""TOML that can say where it is wrong: the file, the line of a table, the line of each of its keys."""

import re
import tomllib
from pathlib import Path

from shared.timescales.entry import CatalogueError, Entry

_HEADER = re.compile(r"\s*\[+\s*([A-Za-z0-9_-]+)\s*(?:\.\s*([A-Za-z0-9_-]+))?\s*\]+")
_KEY = re.compile(r"""\s*["']?([A-Za-z0-9_-]+)["']?\s*[=.]""")


def read_entries(path: Path, name: str) -> tuple[Entry, list[Entry]]:
    """The top of a TOML file, and its [[name]] tables in order. Raises CatalogueError."""
    text = _text(path)
    top = Entry(path.name, 1, _parsed(path.name, text), _top_lines(text))
    found = top.table.get(name, [])
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise top.refusal(name, f"write each {name} as [[{name}]]")
    places = _entry_lines(text, name)
    if len(places) != len(found):  # an inline list, or a header inside a text: the top's line has to do
        places = [(top.lines.get(name, 1), {}) for _ in found]
    return top, [
        Entry(top.file, line, table, keys) for table, (line, keys) in zip(found, places, strict=True)
    ]


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise CatalogueError(path.name, 1, "the file is not UTF-8") from None
    except (OSError, ValueError):
        raise CatalogueError(path.name, 1, "the file cannot be read") from None


def _parsed(file: str, text: str) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(file, _line_in(str(error), text), f"not TOML: {error}") from None
    except (ValueError, RecursionError):
        raise CatalogueError(file, 1, "not TOML: a value too long or too deep") from None


def _line_in(message: str, text: str) -> int:
    place = re.search(r"at line (\d+)", message)
    return int(place[1]) if place else text.count("\n") + 1


def _top_lines(text: str) -> dict[str, int]:
    lines: dict[str, int] = {}
    at_top = True
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            at_top = False
            lines.setdefault(header[1], number)
        elif at_top and (key := _KEY.match(line)):
            lines.setdefault(key[1], number)
    return lines


def _entry_lines(text: str, name: str) -> list[tuple[int, dict[str, int]]]:
    entries: list[tuple[int, dict[str, int]]] = []
    keys: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            if line.lstrip().startswith("[[") and header[1] == name and not header[2]:
                keys = {}
                entries.append((number, keys))
            elif header[2]:
                keys.setdefault(header[2], number)
        elif key := _KEY.match(line):
            keys.setdefault(key[1], number)
    return entries
