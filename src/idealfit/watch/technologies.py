"""Technologies that a page, its headers, its cookies or the DNS records of its domain give away.

The program's own rules are plain pieces of text, each written from what a vendor documents for installing its product.
A file in the widely used JSON format of technology fingerprints may be read as well, from a path that the user
supplies; none is shipped. What a rule found is quoted as it stands in the page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from idealfit.errors import InputError, Mistake

if TYPE_CHECKING:
    from idealfit.watch.keeping import Kept
    from idealfit.watch.page_text import Page

LONGEST_PATTERN = 500
"""A pattern from a file that is longer than this is left out."""

SEARCHED = 2_000_000
"""How many characters of a page are searched."""


@dataclass(frozen=True)
class Sign:
    """One sign of a technology: where it is looked for, under which name, and what must stand there.

    `literal` is a piece of text that stands in whatever `pattern` matches, looked for first because that is quick.
    """

    where: str  # scripts, html, meta, headers, cookies, mx, txt
    name: str
    literal: str
    pattern: re.Pattern[str] | None = None

    def found_in(self, text: str, low: str) -> str | None:
        """Return the piece of `text` that shows it, or None; `low` is `text` in small letters."""
        if self.pattern is None:
            at = low.find(self.literal)
            return None if at < 0 else text[at : at + len(self.literal)]
        if self.literal not in low:
            return None
        hit = self.pattern.search(text)
        return None if hit is None else hit[0][:200] or text[:200]


@dataclass(frozen=True)
class Technology:
    """A technology and its signs. `shows`: whoever has it on a site shows it, so its absence tells something."""

    name: str
    kind: str
    signs: tuple[Sign, ...]
    shows: bool = False
    implies: tuple[str, ...] = ()


@dataclass(frozen=True)
class Detected:
    """A technology that was found: where, and the piece of text that shows it."""

    name: str
    kind: str
    where: str
    quote: str


@dataclass(frozen=True)
class Rules:
    """A set of technologies; `left_out` says which patterns of a file could not be used, and why."""

    technologies: tuple[Technology, ...]
    left_out: tuple[str, ...] = field(default=(), repr=False)

    def named(self, name: str) -> tuple[Technology, ...]:
        """Return the technologies of that name, or with that name as a part of theirs."""
        wanted = _plain(name)
        exact = tuple(t for t in self.technologies if _plain(t.name) == wanted)
        return exact + tuple(t for t in self.technologies if t not in exact and f" {wanted} " in f" {_plain(t.name)} ")


def _plain(name: str) -> str:
    return " ".join(re.sub(r"[^\w.+#]+", " ", name.lower()).split())


@cache
def own_rules() -> Rules:
    """Return the program's own rules."""
    held = json.loads(resources.files("idealfit.watch").joinpath("technologies.json").read_text(encoding="utf-8"))
    return Rules(tuple(_own(entry) for entry in held["technologies"]))


def _own(entry: Mapping[str, Any]) -> Technology:
    signs = [
        Sign(where, "", text.lower()) for where in ("scripts", "html", "mx", "txt") for text in entry.get(where, ())
    ]
    signs += [Sign("cookies", name.lower(), "") for name in entry.get("cookies", ())]
    signs += [
        Sign(w, name.lower(), text.lower()) for w in ("meta", "headers") for name, text in entry.get(w, {}).items()
    ]
    return Technology(entry["name"], entry["kind"], tuple(signs), entry["shows"])


def detect(
    page: Page,
    *,
    headers: Mapping[str, str] | None = None,
    cookies: Iterable[str] = (),
    records: Mapping[str, Iterable[str]] | None = None,
    rules: Rules | None = None,
) -> tuple[Detected, ...]:
    """Return the technologies that a page and what came with it show, each once, in the order of the rules.

    `headers` are the answer's, `cookies` the names it set, `records` the DNS records of the domain by type (mx, txt).
    """
    html = page.html[:SEARCHED]
    texts: dict[str, tuple[tuple[str, str], ...]] = {
        "html": ((html, html.lower()),),
        "scripts": tuple((src, src.lower()) for src in page.scripts),
    }
    for kind, held in (records or {}).items():
        texts[kind.lower()] = tuple((record, record.lower()) for record in held)
    whole = {where: "\n".join(low for _, low in held) for where, held in texts.items()}
    named = {
        "meta": {k: (v, v.lower()) for k, v in page.meta.items()},
        "headers": {k.lower(): (v, v.lower()) for k, v in (headers or {}).items()},
        "cookies": {name.lower(): (name, name.lower()) for name in cookies},
    }
    found: dict[str, Detected] = {}
    chosen = (rules or own_rules()).technologies
    for technology in chosen:
        for sign in technology.signs:
            if sign.where in whole and sign.literal not in whole[sign.where]:
                continue
            quote = _shown(sign, texts, named)
            if quote is not None:
                found.setdefault(technology.name, Detected(technology.name, technology.kind, sign.where, quote))
                break
    by_name = {technology.name: technology for technology in chosen}
    for name in list(found):
        for implied in by_name[name].implies:
            if implied in by_name and implied not in found:
                found[implied] = Detected(implied, by_name[implied].kind, found[name].where, found[name].quote)
    return tuple(found.values())


def detect_in(kept: Kept, rules: Rules | None = None) -> tuple[Detected, ...]:
    """Return the technologies that a kept page shows, with the headers and names of cookies that it came with."""
    headers = {name: value for name, value in kept.headers if name != "set-cookie"}
    cookies = [value for name, value in kept.headers if name == "set-cookie"]
    return detect(kept.page, headers=headers, cookies=cookies, rules=rules)


def _shown(
    sign: Sign,
    texts: Mapping[str, tuple[tuple[str, str], ...]],
    named: Mapping[str, Mapping[str, tuple[str, str]]],
) -> str | None:
    if sign.where in texts:
        return next((quote for text, low in texts[sign.where] if (quote := sign.found_in(text, low)) is not None), None)
    held = named.get(sign.where, {})
    if sign.where == "cookies":
        name = next(
            (name for name in held if name == sign.name or (sign.name[-1:] == "_" and name.startswith(sign.name))), None
        )
        return None if name is None else held[name][0]
    if sign.name not in held:
        return None
    text, low = held[sign.name]
    if not sign.literal and sign.pattern is None:
        return text or sign.name
    return sign.found_in(text, low)


def rules_from(path: str | Path) -> Rules:
    """Return the rules of a file, or of all ``*.json`` files of a folder, in the widely used fingerprint format.

    Patterns that are not understood (they are written for another language) are left out and counted.
    Raises `InputError` where the file cannot be read.
    """
    where = Path(path)
    files = sorted(where.glob("*.json")) if where.is_dir() else [where]
    technologies: list[Technology] = []
    left_out: list[str] = []
    for file in files:
        try:
            held = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise InputError(
                Mistake("this file of technology rules cannot be read", str(file), str(error)[:120])
            ) from None
        entries = held.get("technologies", held.get("apps", held)) if isinstance(held, dict) else None
        if not isinstance(entries, dict):
            raise InputError(
                Mistake(
                    "this is not a file of technology rules",
                    str(file),
                    allowed='{"Name": {"scriptSrc": [...], ...}, ...}',
                )
            )
        technologies += [
            _foreign(name, entry, left_out)
            for name, entry in entries.items()
            if isinstance(entry, dict) and "$" not in name
        ]
    return Rules(tuple(t for t in technologies if t.signs or t.implies), tuple(left_out))


_LISTED = {"scriptSrc": "scripts", "scripts": "html", "html": "html", "url": ""}


def _foreign(name: str, entry: Mapping[str, Any], left_out: list[str]) -> Technology:
    signs: list[Sign] = []
    for key, where in _LISTED.items():
        signs += [s for text in _texts(entry.get(key)) if where and (s := _sign(where, "", text, name, left_out))]
    for key in ("meta", "headers", "cookies"):
        held = entry.get(key)
        for item, text in held.items() if isinstance(held, dict) else ():
            for one in _texts(text) or [""]:
                sign = _sign(key, str(item).lower(), one, name, left_out)
                if sign:
                    signs.append(sign)
    dns = entry.get("dns")
    for kind, text in dns.items() if isinstance(dns, dict) else ():
        signs += [s for one in _texts(text) if (s := _sign(str(kind).lower(), "", one, name, left_out))]
    implies = tuple(text.partition("\\;")[0] for text in _texts(entry.get("implies")))
    return Technology(name, "", tuple(signs), implies=implies)


def _texts(value: object) -> list[str]:
    """Return a text, or the texts of a list, as a list."""
    if isinstance(value, str):
        return [value]
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _sign(where: str, item: str, text: str, name: str, left_out: list[str]) -> Sign | None:
    pattern = text.partition("\\;")[0]  # what follows are tags: version, confidence
    if not pattern:
        return Sign(where, item, "") if item else None
    if len(pattern) > LONGEST_PATTERN or re.search(r"\([^)]*[+*]\)[+*]", pattern):
        left_out.append(f"{name}: a pattern that could run for ever")
        return None
    try:
        return Sign(where, item, _literal(pattern), re.compile(pattern, re.IGNORECASE))
    except (re.error, OverflowError, RecursionError):
        left_out.append(f"{name}: {pattern[:80]}")
        return None


def _literal(pattern: str) -> str:
    r"""Return the longest piece of text, in small letters, that stands in whatever the pattern matches.

    >>> _literal(r"cdn\.acme\.com/(?:v\d|beta)/Acme\.js"), _literal("a|b")
    ('cdn.acme.com/', '')
    """
    best, now, depth, at = "", "", 0, 0
    if "|" in re.sub(r"\\.|\[[^\]]*\]|\([^()]*\)", "", pattern):
        return ""
    while at < len(pattern):
        letter = pattern[at]
        nxt = pattern[at + 1] if at + 1 < len(pattern) else ""
        plain = ""
        if letter == "\\" and nxt:
            at += 1
            plain = nxt if not nxt.isalnum() else ""
        elif letter == "[":
            end = pattern.find("]", at + 2)
            at = end if end > 0 else len(pattern)
        elif letter in "()":
            depth += 1 if letter == "(" else -1
        elif letter not in ".^$*+?{}|":
            plain = letter
        elif letter == "{":
            end = pattern.find("}", at)
            at = end if end > 0 else len(pattern)
        after = pattern[at + 1 : at + 2]
        if plain and depth == 0 and after not in ("*", "?", "{"):
            now += plain
        else:
            best, now = max(best, now, key=len), ""
        if plain and after == "+":
            best, now = max(best, now, key=len), ""
        at += 1
    return max(best, now, key=len).lower()
