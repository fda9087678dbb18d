"""TOML that can say where it is wrong: the file, the line of a table, the line of each of its keys."""

import re
import tomllib
from dataclasses import replace
from pathlib import Path

from shared.timescales.entry import CatalogueError, Entry, Mistake

_HEADER = re.compile(r"\s*\[+\s*([A-Za-z0-9_-]+)\s*(?:\.\s*([A-Za-z0-9_-]+))?\s*\]+")
_KEY = re.compile(r"""\s*["']?([A-Za-z0-9_-]+)["']?\s*[=.]""")


class TomlFile:
    """A file of the law: its top, and its lists of tables by name. Raises CatalogueError where it cannot be read."""

    def __init__(self, name: str, text: str) -> None:
        self._text = text
        self.top = Entry(name, 1, _parsed(name, text), _top_lines(text))

    @classmethod
    def at(cls, path: Path) -> "TomlFile":
        """The file at a path."""
        return cls(path.name, _text(path))

    def table(self, name: str) -> Entry | None:
        """The [name] table, or None where there is none."""
        if name not in self.top.table:
            return None
        return replace(self.top.inside(name), lines=_keys_under(self._text, name))

    def entries(self, name: str) -> list[Entry]:
        """The [[name]] tables in order; none where there are none."""
        found = self.top.table.get(name, [])
        if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
            raise self.top.refusal(name, f"write each {name} as [[{name}]]")
        places = _entry_lines(self._text, name)
        if len(places) != len(found):  # an inline list, or a header inside a text: the top's line has to do
            places = [(self.top.lines.get(name, 1), {}) for _ in found]
        file = self.top.file
        return [
            Entry(file, line, table, keys, _code(table))
            for table, (line, keys) in zip(found, places, strict=True)
        ]


def _code(table: dict[str, object]) -> str | None:
    code = table.get("code")
    return code if isinstance(code, str) and code else None


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise CatalogueError([Mistake(path.name, 1, "the file is not UTF-8")]) from None
    except (OSError, ValueError):
        raise CatalogueError([Mistake(path.name, 1, "the file cannot be read")]) from None


def _parsed(file: str, text: str) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError([Mistake(file, _line_in(str(error), text), f"not TOML: {error}")]) from None
    except (ValueError, RecursionError):
        raise CatalogueError([Mistake(file, 1, "not TOML: a value too long or too deep")]) from None


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


def _keys_under(text: str, name: str) -> dict[str, int]:
    lines: dict[str, int] = {}
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            inside = header[1] == name and not header[2]
        elif inside and (key := _KEY.match(line)):
            lines.setdefault(key[1], number)
    return lines


def _entry_lines(text: str, name: str) -> list[tuple[int, dict[str, int]]]:
    entries: list[tuple[int, dict[str, int]]] = []
    keys: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            if header[1] != name:
                keys = {}
            elif line.lstrip().startswith("[[") and not header[2]:
                keys = {}
                entries.append((number, keys))
            elif header[2]:
                keys.setdefault(header[2], number)
        elif key := _KEY.match(line):
            keys.setdefault(key[1], number)
    return entries
