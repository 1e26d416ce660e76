"""Plain values as the text of a profile file: one page first, evidence behind it, prose in paragraphs.

Written by hand rather than by a YAML library's emitter, because the page is the product: which groups stand on one
line, where prose wraps, above which key a person's comment belongs. The laws in tests read it back with a library.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from idealfit.profile.reading import plain_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from idealfit.profile.reading import Path

WIDTH = 110

HEADER = (
    "# An ideal customer profile. Read it, argue about it, edit it, keep it in git. To use it:",
    "#   idealfit score profile.yaml companies.csv -o scores.csv",
    "# Your words stay when it is learned again: comments, name, definition, narrative, why, how_we_help, verify,",
    "# actions, limits, and criteria that you add without evidence. docs/profile.md explains every key.",
)
SECTIONS: Mapping[str, tuple[str, ...]] = {
    "narrative": (
        "# The profile as you would tell it to a colleague. An open question is one that the data cannot answer:",
        "# ask it, write the answer in its place, and change its source to 'person'.",
    ),
    "criteria": (
        "# What to look for. Points add up to a fit of 0 to 100; what is not known of a company counts as met by",
        "# 'met_by' per cent of companies.",
    ),
    "disqualify": ("# Who not to sell to, whatever the points.",),
    "triggers": ("# What happens before they buy, when it counts, and how fast it fades.",),
    "tiers": ("# What to do: a company belongs to the first tier whose fit it reaches.",),
    "segments": ("# Several kinds of customer, each with a profile of its own.",),
    "voice": ("# What they say, in their words.",),
    "committee": ("# Who takes part on their side: people, not companies; nothing here is scored.",),
    "feedback": ("# What your own team says, beside the data. Where the two differ, nothing is settled.",),
    "economics": ("# What a customer brings and costs.",),
    "churn": ("# What was to be seen at the sale, of customers who left sooner (or stayed longer).",),
    "limits": ("# What is not known.",),
    "best_customers": ("# Who counted as a best customer.",),
    "also_seen": ("# Seen as well, but not needed as a criterion.",),
    "no_winners": ("# Nobody here has ever bought.",),
    "not_defining": ("# Makes no difference, so do not filter by it.",),
    "too_little_data": ("# Cannot be told yet.",),
    "timelines": ("# When events lay before the deals.",),
    "retention": ("# How long customers are kept.",),
    "fit_bands": ("# Of the deals kept apart while learning: how many were won at each fit.",),
    "learned": ("# Where all this comes from.",),
}
DIVIDER = "# ---- From here on: the evidence, for whoever wants to check it. ----"
_EVIDENCE = (
    *("best_customers", "also_seen", "no_winners", "not_defining", "too_little_data"),
    *("timelines", "retention", "fit_bands", "learned"),
)

FORMER_COMMENTS: frozenset[str] = frozenset()
"""Lines that earlier versions wrote above: who rewords one puts the old line here, lest it pass for a person's."""

_ONE_LINE_GROUPS = frozenset(
    (
        *("test", "inside", "outside", "difference", "ratio", "expected", "base_rate", "auc"),
        *("fit_bands", "rows", "excluded", "spans", "steps"),
        *("half_life_days", "effect", "hazard_ratio", "best", "rest", "won", "lost"),
        *("deal_size", "cycle_days", "contract_months", "retention", "expansion", "margin", "ltv", "cac"),
        *("payback_months", "support"),
    )
)
"""Keys whose group (or, for lists, each entry) stands on one line where it fits."""

_FILLED_LISTS = frozenset(("one_of", "none_of", "has_any", "between", "window", "window_days", "drafted"))
"""Keys whose list stands in brackets, on as many lines as it takes."""

_APART = frozenset((("criteria",), ("disqualify",), ("triggers",)))
"""Lists whose entries stand apart by an empty line."""

_LOOKS_SPECIAL = re.compile(
    r"y|n|yes|no|on|off|true|false|null|0[xob][\da-f_]+|\d[\d_.,:e+-]*|\d{4}-\d\d?-\d\d?.*", re.IGNORECASE
)
"""What some YAML reader takes for something other than text."""


@dataclass(frozen=True)
class Comments:
    """A person's comments by place: lines above it, lines below it, and the end of its own line."""

    above: dict[Path, tuple[str, ...]] = field(default_factory=dict)
    below: dict[Path, tuple[str, ...]] = field(default_factory=dict)
    beside: dict[Path, str] = field(default_factory=dict)


def written(raw: Mapping[str, object], comments: Comments | None = None) -> str:
    r"""Return the file's text: header, then each part under its heading, with a person's comments in their places.

    >>> print("\n".join(written({"idealfit": 2, "limits": ["Budgets: ask."]}).splitlines()[len(HEADER):]))
    idealfit: 2
    <BLANKLINE>
    # What is not known.
    limits:
      - "Budgets: ask."
    """
    return "\n".join(_Page(comments or Comments()).page(raw)) + "\n"


class _Page:
    def __init__(self, comments: Comments) -> None:
        self._comments = comments

    def page(self, raw: Mapping[str, object]) -> Iterator[str]:
        yield from HEADER
        evidence = next((key for key in raw if key in _EVIDENCE), None)
        for key, value in raw.items():
            if key in SECTIONS:
                yield ""
            if key == evidence:
                yield from (DIVIDER, "")
            yield from SECTIONS.get(key, ())
            yield from self._entry((key,), f"{key}:", value, 0)
        yield from self._comments.below.get((), ())

    def _entry(self, path: Path, label: str, value: object, indent: int) -> Iterator[str]:
        """Yield a key (or a list's dash) with its value, and the comments that belong to it."""
        pad = " " * indent
        yield from (pad + line for line in self._comments.above.get(path, ()))
        inline = self._inline(path, value)
        fits = inline is not None and len(pad) + len(label) + 1 + len(inline) <= WIDTH
        if fits or (inline is not None and not isinstance(value, str | dict | list | tuple)):
            yield from (pad + line for line in self._hidden(path))
            yield self._with_remark(f"{pad}{label} {inline}", path)
        elif path[-1] in _FILLED_LISTS and isinstance(value, list | tuple):
            yield self._with_remark(pad + label, path)
            yield from _filled(value, indent + 2)
        elif isinstance(value, str):
            yield from self._prose(path, pad + label, value, indent + 2)
        elif label == "-" and isinstance(value, dict):
            yield from self._group(path, value, indent + 2, first="- ")
        else:
            yield self._with_remark(pad + label, path)
            yield from self._group(path, value, indent + 2)
        yield from (pad + line for line in self._comments.below.get(path, ()))

    def _group(self, path: Path, value: object, indent: int, first: str = "") -> Iterator[str]:
        if isinstance(value, dict):
            entries = [(key, f"{key}:", inner) for key, inner in value.items()]
        else:
            assert isinstance(value, list | tuple)  # noqa: S101  scalars are written on one line
            entries = [(index, "-", inner) for index, inner in enumerate(value)]
        for number, (key, label, inner) in enumerate(entries):
            if number and path in _APART:
                yield ""
            lines = self._entry((*path, key), label, inner, indent)
            if first and not number:
                yield from _dashed(lines, indent)
            else:
                yield from lines

    def _inline(self, path: Path, value: object) -> str | None:
        """Return the value as it stands on its key's line, or None where it needs lines of its own."""
        if isinstance(value, dict | list | tuple):
            if value and not _may_share_a_line(path, value):
                return None
            return flow(value)
        return None if isinstance(value, str) and "\n" in value and _as_block(value) else scalar(value)

    def _prose(self, path: Path, label: str, text: str, indent: int) -> Iterator[str]:
        block = _as_block(text)
        if block is None:
            yield self._with_remark(f"{label} {scalar(text)}", path)
            return
        yield self._with_remark(f"{label} >-", path)
        pad = " " * indent
        for paragraph in block:
            yield from (pad + line for line in _wrapped(paragraph, WIDTH - indent)) if paragraph else ("",)

    def _hidden(self, path: Path) -> Iterator[str]:
        """Yield comments on what now stands inside one line, so that they move above it and are not lost."""
        depth = len(path)
        for place in sorted({*self._comments.above, *self._comments.below, *self._comments.beside}, key=str):
            if len(place) > depth and place[:depth] == path:
                yield from self._comments.above.get(place, ())
                yield from [self._comments.beside[place]] if place in self._comments.beside else []
                yield from self._comments.below.get(place, ())

    def _with_remark(self, line: str, path: Path) -> str:
        remark = self._comments.beside.get(path)
        return f"{line}  {remark}" if remark else line


def _dashed(lines: Iterator[str], indent: int) -> Iterator[str]:
    """Put the dash of a list entry before its first key; comments above that key stay above the dash."""
    placed = False
    for line in lines:
        if placed:
            yield line
        elif line.lstrip().startswith("#"):
            yield line[2:]
        else:
            placed = True
            yield line[: indent - 2] + "- " + line[indent:]


def _may_share_a_line(path: Path, value: Mapping[str, object] | list[object] | tuple[object, ...]) -> bool:
    key = next((step for step in reversed(path) if isinstance(step, str)), "")
    if isinstance(value, dict):
        return key in _ONE_LINE_GROUPS and not any(isinstance(v, dict) or _is_prose(v) for v in value.values())
    return key in _FILLED_LISTS


def _filled(values: list[object] | tuple[object, ...], indent: int) -> Iterator[str]:
    """Yield a list in brackets over several lines."""
    words = [scalar(value, inside=True) + "," for value in values]
    words[0], words[-1] = "[" + words[0], words[-1][:-1] + "]"
    line = ""
    for word in words:
        if line and indent + len(line) + 1 + len(word) > WIDTH:
            yield " " * indent + line
            line = word
        else:
            line = f"{line} {word}".lstrip()
    yield " " * indent + line


def _is_prose(value: object) -> bool:
    return isinstance(value, str) and (len(value) > 60 or "\n" in value)


def flow(value: object) -> str:
    """Return a group or list on one line.

    >>> flow({"between": [75, 150]})
    '{between: [75, 150]}'
    """
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(flow(inner) for inner in value) + "]"
    return scalar(value, inside=True)


def scalar(value: object, *, inside: bool = False) -> str:
    """Return one value as YAML; quoted wherever a reader could take it for anything but the text it is.

    >>> [scalar(v) for v in ("Series A", "no", "12", 12, 1e-05, 75.0, "a: b", "-")]
    ['Series A', '"no"', '"12"', '12', '0.00001', '75', '"a: b"', '"-"']
    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _digits(value)
    if isinstance(value, int | date):
        return str(value)
    text = str(value)
    return text if _may_stand_bare(text, inside=inside) else _quoted(text)


def _digits(value: float) -> str:
    """Return a number as people write it: 75 and not 75.0, 0.00004 and not 4e-05 unless it is smaller still."""
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    digits = repr(value)
    if "e" not in digits:
        return digits
    return f"{Decimal(digits):f}" if 1e-9 < abs(value) < 1 else digits if "." in digits else digits.replace("e", ".0e")


def _may_stand_bare(text: str, *, inside: bool) -> bool:
    marks = " _-./()%+&'’–—;!?…=<>@$€£*" + ("" if inside else ',:#"[]{}')
    return (
        text[:1].isalnum()
        and text[-1] not in " :"
        and all(letter.isalnum() or letter in marks for letter in text)
        and ": " not in text
        and " #" not in text
        and not _LOOKS_SPECIAL.fullmatch(text)
        and isinstance(plain_value(text), str)
    )


def _quoted(text: str) -> str:
    escaped = json.dumps(text, ensure_ascii=False)
    return "".join(
        c if c.isprintable() else f"\\u{ord(c):04x}" if ord(c) < 0x10000 else f"\\U{ord(c):08x}" for c in escaped
    )


def _as_block(text: str) -> list[str] | None:
    """Return the lines of a folded block (empty ones for line breaks in `text`), or None where folding loses."""
    paragraphs = text.split("\n")
    plain = all(letter.isprintable() for letter in text.replace("\n", "")) and paragraphs[0] and paragraphs[-1]
    if not plain or any("" in paragraph.split(" ") for paragraph in paragraphs if paragraph):
        return None
    lines = [paragraphs[0]]
    for paragraph in paragraphs[1:]:
        lines += ["", paragraph] if paragraph else [""]
    return lines


def _wrapped(paragraph: str, width: int) -> Iterator[str]:
    line = ""
    for word in paragraph.split(" "):
        if line and len(line) + 1 + len(word) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield line
