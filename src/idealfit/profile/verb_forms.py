"""Every form of the common verbs, by which a verb is known and its time told; from `grammar.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, Literal

Form = Literal["", "base", "s", "past", "ed", "participle", "ing"]
"""Of verbs; "ed" may be a past or a participle."""
_PREFIX = re.compile(r"(?:under|over|out|re|mis|dis|pre|co)-?(?=[a-z]{3})")
_SOME_PAST = re.compile(
    r"^(?!hundred|unlimited|limited|sacred|naked|wicked|beloved|indeed|exceed|proceed|succeed)[a-z]{3,}[^e]ed$"
)


def forms_of(low: str) -> tuple[tuple[str, Form], ...]:
    """Return what a word may be as a verb; an ending tells the past of a verb that is not among the common ones."""
    known = (
        verb_forms().get(low, ()) or verb_forms().get(_PREFIX.sub("", low), ())
        if _PREFIX.match(low)
        else verb_forms().get(low, ())
    )
    return known or (((low.removesuffix("ed"), "ed"),) if _SOME_PAST.search(low) else ())


@cache
def states() -> frozenset[str]:
    """Return the verbs whose participle says what a thing is ("firms based in Rome")."""
    return frozenset(grammar()["verbs"]["states"].split())


@cache
def verb_forms() -> dict[str, tuple[tuple[str, Form], ...]]:
    """Return every form of the common verbs with its base and what form it is.

    >>> verb_forms()["ran"], verb_forms()["carries"]
    ((('run', 'past'),), (('carry', 's'),))
    """
    raw = grammar()["verbs"]
    found: dict[str, set[tuple[str, Form]]] = {}
    for base in raw["regular"].split():
        for form, said in _regular(base).items():
            found.setdefault(said, set()).add((base, form))
    for entry in raw["irregular"].replace("\n", " | ").split("|"):
        parts = entry.split()
        if len(parts) != 3:
            continue
        base, past, participle = parts
        if base in ("be", "have", "do"):
            continue
        forms = _regular(base)
        found.setdefault(base, set()).add((base, "base"))
        found.setdefault(forms["s"], set()).add((base, "s"))
        found.setdefault(forms["ing"], set()).add((base, "ing"))
        if past == participle and past != base:
            found.setdefault(past, set()).add((base, "ed"))
        else:
            found.setdefault(participle, set()).add((base, "participle"))
            if past != base:
                found.setdefault(past, set()).add((base, "past"))
    found["found"].discard(("found", "base"))  # of "find", as good as always
    return {said: tuple(sorted(ways)) for said, ways in found.items()}


_DOUBLED = re.compile(r"(?:^|[^aeiou])[aeiou][bdgklmnprtvz]$")
_SYLLABLE = re.compile(r"[aeiouy]+")
_STRESSED_AT_END = re.compile(r"(?:fer|mit|quip|cur|gret|gin|trol|bel|cel|vel|pel|set|run|get)$")


def _regular(base: str) -> dict[Form, str]:
    """Return the forms of a verb that follows the rules."""
    if base.endswith(("s", "x", "z", "ch", "sh", "o")):
        third = base + "es"
    elif base.endswith("y") and base[-2] not in "aeiou":
        third = base[:-1] + "ies"
    else:
        third = base + "s"
    stem = base
    if base.endswith("ee"):
        return {"base": base, "s": third, "ed": base + "d", "ing": base + "ing"}
    if base.endswith("ie"):
        return {"base": base, "s": third, "ed": base + "d", "ing": base[:-2] + "ying"}
    if base.endswith("e"):
        return {"base": base, "s": third, "ed": base + "d", "ing": base[:-1] + "ing"}
    if _DOUBLED.search(base) and (len(_SYLLABLE.findall(base)) == 1 or _STRESSED_AT_END.search(base)):
        stem = base + base[-1]
    past = base[:-1] + "ied" if base.endswith("y") and base[-2] not in "aeiou" else stem + "ed"
    return {"base": base, "s": third, "ed": past, "ing": stem + "ing"}


@cache
def grammar() -> dict[str, Any]:
    """Return what stands in `grammar.toml`, as it stands."""
    return tomllib.loads(files("idealfit.profile").joinpath("grammar.toml").read_text(encoding="utf-8"))
