"""The text of a YAML file as plain values, with the line of every key. Nothing in the file is ever executed.

The parser's events are read directly: no constructor runs, so there is no object a file could ask for. Tags, anchors
and aliases have no place in such a file and are refused, which also disarms the "billion laughs" file.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from idealfit.errors import IdealfitError, Mistake, ProfileError

if TYPE_CHECKING:
    from collections.abc import Iterator

Path: TypeAlias = tuple[str | int, ...]
"""Where a value stands: ``("criteria", 0, "points")``."""

MOST_BYTES = 1_000_000
MOST_LINES = 20_000
LONGEST_LINE = 50_000  # the parser's time grows with the square of some lines
MOST_EVENTS = 20_000
DEEPEST = 16

_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]*)?\.[0-9]+([eE][-+]?[0-9]+)?|[-+]?[1-9][0-9]*[eE][-+]?[0-9]+")
_WORDS: dict[str, bool | None] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_IN_PLAIN_WORDS = (
    ("found character '\\t'", "a tab stands where spaces belong", "Indent with spaces."),
    ("mapping values are not allowed", "a second colon on one line", "Put text that holds a colon in double quotes."),
    ("could not find expected ':'", "a key without its colon", "Write 'key: value'."),
    ("found unexpected end of stream", "a quote that is never closed", "Close it with the same quote."),
    ("expected <block end>", "a line that is indented differently from its neighbours", "Align it with them."),
    ("expected ',' or", "a list or group in brackets that is not closed", "Close it, or put a comma between entries."),
    ("did not find expected", "a list or group in brackets that is not closed", "Close it, or put a comma between."),
    ("found character", "a character that cannot start a value", "Put the text in double quotes."),
    ("found unknown escape", "a backslash that means nothing", "Write it twice, or use single quotes."),
)


@dataclass(frozen=True)
class FileKind:
    """What a file that people write is called, the error that its mistakes are raised in, and where to get one."""

    noun: str
    error: type[IdealfitError]
    made: str


PROFILE = FileKind("profile", ProfileError, "Is this the file of deals? Make a profile with 'idealfit learn'.")


@dataclass
class Reading:
    """A file as read: its plain values, where each key stands, and what was wrong on the way.

    `lines` holds the line (from 1) of every key and list item. `places` holds those that stand on a line of their own
    (path, line, column; both from 0), `text_spans` the lines that belong to a value (first, last), and `ends` the
    column at which the last value of a line ends: together they tell a comment from a text that looks like one.
    """

    value: object = None
    lines: dict[Path, int] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)
    faulty: set[Path] = field(default_factory=set)
    places: list[tuple[Path, int, int]] = field(default_factory=list)
    text_spans: list[tuple[int, int]] = field(default_factory=list)
    ends: dict[int, int] = field(default_factory=dict)

    def line(self, path: Path) -> int | None:
        """Return the line of `path`, or of the nearest thing around it that is in the file."""
        for size in range(len(path), 0, -1):
            if path[:size] in self.lines:
                return self.lines[path[:size]]
        return None


def read(text: str, where: str, kind: FileKind = PROFILE) -> Reading:
    r"""Return what `text` says in plain values (dict, list, str, int, float, bool, None).

    Numbers are read only where they are plainly numbers: ``007``, ``1_000``, ``0x1F``, ``1:30`` and dates stay text.
    Raises the error of the `kind` of file where the text is not YAML at all; mistakes that leave the rest readable are
    collected.

    >>> read("points: 2\ncode: 007", "p.yaml").value
    {'points': 2, 'code': '007'}
    """
    lines = lines_of(text)
    if len(text) > MOST_BYTES or len(lines) > MOST_LINES or max(map(len, lines), default=0) > LONGEST_LINE:
        raise kind.error(too_large(where, len(text), kind))
    tabs = [number for number, line in enumerate(lines, 1) if re.match(r" *\t+ *[^\s#]", line)]
    builder = _Builder(where, kind)
    try:
        builder.document(YAML(typ="safe", pure=True).parse(text))
    except YAMLError as error:
        if tabs:
            found = [
                Mistake("a tab stands where spaces belong", f"{where}:{n}", next_step="Indent with spaces.")
                for n in tabs
            ]
            raise kind.error(*found) from None
        raise kind.error(_syntax_mistake(error, where, kind)) from None
    return builder.reading


def too_large(where: str, size: int, kind: FileKind = PROFILE) -> Mistake:
    """Return the mistake of a file that is too large to be what it should be."""
    allowed = f"up to {MOST_BYTES / 1e6:.0f} MB, {MOST_LINES:,} lines, and {LONGEST_LINE:,} letters a line"
    return Mistake(
        f"too large for a {kind.noun}",
        where,
        f"{size / 1e6:.1f} MB",
        allowed,
        kind.made,
    )


def plain_value(text: str) -> str | int | float | bool | None:
    """Return what an unquoted word of the file means.

    >>> [plain_value(word) for word in ("12", "1.5", "true", "no", "007", "2024-05-01")]
    [12, 1.5, True, 'no', '007', '2024-05-01']
    """
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    return text


def lines_of(text: str) -> list[str]:
    """Return the lines as the parser counts them (`str.splitlines` knows more ends of line than YAML)."""
    return re.split(r"\r\n|\r|\n", text)


def one_line(text: str) -> str:
    """Return a text on one line and without control characters, so that no file can write to a terminal as it likes."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


class _Absent:
    """What stands where there is nothing."""


ABSENT = _Absent()


def inside(value: object, step: str | int) -> object:
    """Return the entry of a group or list under a key or index, or `ABSENT`."""
    if isinstance(value, dict) and step in value:
        return value[step]
    if isinstance(value, list | tuple) and isinstance(step, int) and step < len(value):
        return value[step]
    return ABSENT


class _Builder:
    """Turns parser events into plain values, noting where each stands."""

    def __init__(self, where: str, kind: FileKind) -> None:
        self.reading = Reading()
        self._where = where
        self._kind = kind
        self._events: Iterator[object] = iter(())
        self._count = 0

    def document(self, events: Iterator[object]) -> None:
        self._events = events
        documents = 0
        while (event := self._next()) is not None:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents == 2:
                    self._mistake(
                        (),
                        event.start_mark.line,
                        "a second document after '---'",
                        f"Keep one {self._kind.noun} in a file.",
                    )
            elif isinstance(event, AliasEvent | ScalarEvent | MappingStartEvent | SequenceStartEvent):
                value = self._value(event, (), own_lines=True)
                if documents == 1:
                    self.reading.value = value

    def _next(self) -> object | None:
        self._count += 1
        if self._count > MOST_EVENTS:
            allowed = f"up to {MOST_EVENTS:,}"
            raise self._kind.error(Mistake(f"too many values for a {self._kind.noun}", self._where, allowed=allowed))
        return next(self._events, None)

    def _value(self, event: object, path: Path, *, own_lines: bool) -> object:
        if isinstance(event, AliasEvent):
            self._mistake(path, event.start_mark.line, f"an alias (*{event.anchor:.40})", "Write the value out.")
            self._end(event)
            return None
        assert isinstance(event, ScalarEvent | MappingStartEvent | SequenceStartEvent)  # noqa: S101  the grammar's promise
        if event.anchor is not None:
            self._mistake(path, event.start_mark.line, f"an anchor (&{event.anchor:.40})", "Remove it.")
        if event.tag is not None:
            self._mistake(
                path,
                event.start_mark.line,
                f"a tag ({event.tag!s:.60})",
                f"Remove it: a {self._kind.noun} is plain text and numbers.",
            )
        if isinstance(event, ScalarEvent):
            return self._scalar(event, path)
        if len(path) >= DEEPEST:
            place = f"{self._where}:{event.start_mark.line + 1}"
            deep = f"nested too deeply for a {self._kind.noun}"
            raise self._kind.error(Mistake(deep, place, allowed=f"up to {DEEPEST} levels"))
        inner = self._mapping if isinstance(event, MappingStartEvent) else self._sequence
        return inner(path, own_lines=own_lines and not event.flow_style)

    def _mapping(self, path: Path, *, own_lines: bool) -> dict[str, object]:
        found: dict[str, object] = {}
        while not isinstance(key := self._next(), MappingEndEvent):
            if not isinstance(key, ScalarEvent):
                assert isinstance(key, NodeEvent)  # noqa: S101  the grammar's promise
                line = key.start_mark.line
                self._mistake(path, line, "a key that is not one word", "Write 'key: value'.")
                inner = (*path, "?")  # a level deeper, so that keys of keys come to an end too
                self._value(key, inner, own_lines=False)
                self._value(self._next(), inner, own_lines=False)
                continue
            name, line = key.value, key.start_mark.line
            inner = (*path, name)
            self._end(key)
            if name in found:
                first = self.reading.lines[inner]
                self._mistake(
                    inner, line, f"'{name:.60}' stands here twice, first on line {first}", "Keep one of them."
                )
                self._value(self._next(), inner, own_lines=False)
                continue
            self._place(inner, line, key.start_mark.column, own_lines=own_lines)
            found[name] = self._value(self._next(), inner, own_lines=own_lines)
        self._end(key)
        return found

    def _sequence(self, path: Path, *, own_lines: bool) -> list[object]:
        found: list[object] = []
        while not isinstance(event := self._next(), SequenceEndEvent):
            inner = (*path, len(found))
            assert isinstance(event, NodeEvent)  # noqa: S101  the grammar's promise
            mark = event.start_mark
            self._place(inner, mark.line, max(mark.column - 2, 0), own_lines=own_lines)
            found.append(self._value(event, inner, own_lines=own_lines))
        self._end(event)
        return found

    def _scalar(self, event: ScalarEvent, path: Path) -> object:
        if event.style in ("|", ">"):
            start, end = event.start_mark.line + 1, event.end_mark.line - (event.end_mark.column == 0)
            self.reading.text_spans.append((start, end))
        else:
            self.reading.text_spans.append((event.start_mark.line + 1, event.end_mark.line))
            self._end(event)
        value = plain_value(event.value) if event.style is None and event.tag is None else event.value
        if isinstance(value, float) and math.isinf(value):
            self._mistake(
                path, event.start_mark.line, f"a number out of all bounds ({event.value:.40})", "Write a smaller one."
            )
            return None
        if isinstance(value, str) and any("\ud800" <= letter <= "\udfff" for letter in value):
            self._mistake(path, event.start_mark.line, "half a character (a lone surrogate)", "Remove it.")
            return None
        return value

    def _place(self, path: Path, line: int, column: int, *, own_lines: bool) -> None:
        self.reading.lines[path] = line + 1
        if own_lines:
            self.reading.places.append((path, line, column))

    def _end(self, event: NodeEvent | MappingEndEvent | SequenceEndEvent | AliasEvent) -> None:
        mark = event.end_mark
        self.reading.ends[mark.line] = max(mark.column, self.reading.ends.get(mark.line, 0))

    def _mistake(self, path: Path, line: int, what: str, next_step: str) -> None:
        self.reading.faulty.add(path)
        self.reading.mistakes.append(Mistake(one_line(what), f"{self._where}:{line + 1}", next_step=next_step))


def _syntax_mistake(error: YAMLError, where: str, kind: FileKind) -> Mistake:
    """Return what the parser stumbled over, in plain words, with line and column."""
    problem = (getattr(error, "problem", None) or str(error)).split("\n")[0]
    mark = (error.problem_mark or error.context_mark) if isinstance(error, MarkedYAMLError) else None
    place = f"{where}:{mark.line + 1}:{mark.column + 1}" if mark is not None else where
    if "special characters" in str(error):
        return Mistake(
            "a control character, which no text file should hold", where, next_step=f"Is this really a {kind.noun}?"
        )
    for sign, what, next_step in _IN_PLAIN_WORDS:
        if sign in problem:
            return Mistake(f"not readable as YAML: {what}", place, next_step=next_step)
    return Mistake(f"not readable as YAML: {problem}", place, next_step="Correct this line.")
