"""The words by which prose is understood: names of tools, places, industries, titles, events. Loaded from data.

The words stand in `lexicon.toml`, where anyone can read and add to them; here they become patterns that match whole
words. Nothing here depends on the text that is read.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from idealfit.tables import Layer


@dataclass(frozen=True)
class Words:
    """Words of one meaning each: `pattern` finds any of them, `meaning` says what the one that was found stands for."""

    pattern: re.Pattern[str]
    meaning: Mapping[str, tuple[str, ...]]

    def of(self, found: str) -> tuple[str, ...]:
        """Return what a word that `pattern` found stands for."""
        return self.meaning[" ".join(found.split()).casefold()]


@dataclass(frozen=True)
class Vocabulary:
    """All words, by what they tell. `headings` and `events` map words to an attribute."""

    technologies: Words
    technologies_also_words: Words
    technology_kinds: Words
    countries: Words
    regions: Words
    states: Words
    state_codes: Mapping[str, str]
    cities: Words
    doubtful_places: Words
    industries: Words
    industries_of_one: Words
    business_models: Words
    ownership: Words
    headings: Words
    layers: Mapping[str, Layer]
    events: Mapping[str, re.Pattern[str]]
    roles: Words


@cache
def vocabulary() -> Vocabulary:
    """Return the words of `lexicon.toml`.

    >>> vocabulary().countries.of("German"), vocabulary().roles.of("vp of sales")
    (('Germany', 'DE'), ('VP Sales',))
    """
    raw = lexicon()
    tools, places = raw["technologies"], raw["places"]
    countries = _countries(places["countries"]["names"])
    spelled = {names[0]: names for names in countries.values()}
    groups = {
        name: tuple(s for country in members for s in spelled[country]) for name, members in places["groups"].items()
    }
    states = dict(entry.split(": ") for entry in _entries(places["states"]["names"]))
    headings = {attribute: line.split(": ", 1) for attribute, line in raw["headings"].items()}
    return Vocabulary(
        technologies=_names(_entries(tools["names"])),
        technologies_also_words=_exactly(_entries(tools["also_words"])),
        technology_kinds=_names(_entries(tools["kinds"])),
        countries=_words({**countries, **groups}, exact=True),
        regions=_words(
            {name: (places["regions"]["adjectives"].get(name, name),) for name in _entries(places["regions"]["names"])},
            exact=True,
        ),
        states=_words({name: (name.removesuffix(" State"), code) for name, code in states.items()}, exact=True),
        state_codes={code: name.removesuffix(" State") for name, code in states.items()},
        cities=_exactly(_entries(places["cities"]["names"])),
        doubtful_places=_exactly([places["cities"]["doubtful"]]),
        industries=_synonyms(raw["industries"]),
        industries_of_one=_singular(_synonyms(raw["industries"])),
        business_models=_names(_entries(raw["business_models"]["names"])),
        ownership=_synonyms(raw["ownership"]),
        headings=_synonyms({attribute: words for attribute, (_, words) in headings.items()}),
        layers={attribute: cast("Layer", layer) for attribute, (layer, _) in headings.items()},
        events={
            attribute: re.compile(rf"\b(?:{'|'.join(_entries(ways))})(?!\w)", re.IGNORECASE)
            for attribute, ways in raw["events"].items()
        },
        roles=_roles(raw["roles"]["names"]),
    )


@cache
def ways_to_say(cue: str) -> str:
    """Return a pattern for the words that say something, named as in the ``cues`` of `lexicon.toml`.

    >>> bool(re.fullmatch(ways_to_say("used"), "running  on"))
    True
    """
    return rf"(?:{'|'.join(ways_in(lexicon()['cues'][cue]))})"


@cache
def word_for(cue: str) -> re.Pattern[str]:
    """Return the pattern of the words that say something, in any case; named as in the ``cues`` of `lexicon.toml`.

    >>> bool(word_for("typical").fullmatch("Ideal"))
    True
    """
    return re.compile(ways_to_say(cue), re.IGNORECASE)


@cache
def verbs_that(cue: str) -> frozenset[str]:
    """Return the base forms of the verbs that say something, named as in the ``cues`` of `lexicon.toml`.

    >>> "hope" in verbs_that("wish")
    True
    """
    return frozenset(_entries(lexicon()["cues"][cue]))


def ways_in(block: str) -> list[str]:
    r"""Return the ways to say something that a block of data lists, as patterns: spaces may be of any length.

    >>> ways_in("by hand | in house")
    ['by\\s+hand', 'in\\s+house']
    """
    return [entry.replace(" ", r"\s+") for entry in _entries(block)]


@cache
def lexicon() -> dict[str, Any]:
    """Return what stands in `lexicon.toml`, as it stands."""
    return tomllib.loads(files("idealfit.profile").joinpath("lexicon.toml").read_text(encoding="utf-8"))


def any_of(words: Iterable[str]) -> str:
    """Return a pattern for any of some words, whole and the longest first; spaces may be of any length.

    >>> re.findall(any_of(["CRM", "Zoho CRM"]), "Zoho  CRM, SCRM")
    ['Zoho  CRM']
    """
    ways = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))
    return rf"(?<![\w&])(?:{ways})(?!\w)"


def _entries(block: str) -> list[str]:
    return [entry.strip() for line in block.splitlines() for entry in line.split(" | ") if entry.strip(" |")]


def _words(meaning: Mapping[str, tuple[str, ...]], *, exact: bool = False) -> Words:
    return Words(
        re.compile(any_of(meaning), 0 if exact else re.IGNORECASE),
        {word.casefold(): means for word, means in meaning.items()},
    )


def _names(names: Iterable[str]) -> Words:
    """Return names that stand for themselves, in any case."""
    return _words({name: (name,) for name in names})


def _exactly(names: Iterable[str]) -> Words:
    return _words({name: (name,) for name in names}, exact=True)


def _synonyms(lines: Mapping[str, Any]) -> Words:
    return _words({word: (name,) for name, line in lines.items() for word in _entries(line)})


def _singular(many: Words) -> Words:
    """Return the names of one where the words name several: "bank", "bakery"."""
    ends = {"ies": "y", "ches": "ch", "shes": "sh", "s": ""}
    found: dict[str, tuple[str, ...]] = {}
    for word, means in many.meaning.items():
        end = next((end for end in ends if word.endswith(end) and not word.endswith(("ss", "us", "is", "ics"))), None)
        if end is not None and (one := word.removesuffix(end) + ends[end]) not in many.meaning:
            found[one] = means
    return _words(found)


def _countries(block: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in block.strip().splitlines():
        names, _, prose = line.partition("|")
        name, _, spellings = names.partition(":")
        said = [s.strip() for s in spellings.split(",") if s.strip()]
        means = (name, *said)
        also = [p.strip() for p in prose.split(",") if p.strip()]
        found |= dict.fromkeys((name, *(s for s in said if len(s) > 2 or s in ("US", "UK")), *also), means)
    return found


def _roles(block: str) -> Words:
    """Return titles, each by all the ways to write it."""
    found: dict[str, tuple[str, ...]] = {}
    for entry in _entries(block):
        name, _, ways = entry.partition(": ")
        found |= {way.strip(): (name,) for way in ways.split(",")}
    return _words(found)
