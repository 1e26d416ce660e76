"""Are these two the same company? What they agree on, and the rules that decide by it, the first that holds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Literal

from idealfit.match.companies import LONG_NAME, LONG_WORD, SHORTEST_LABEL, TELLING
from idealfit.match.company_names import likeness
from idealfit.match.places import COUNTRY_OF

if TYPE_CHECKING:
    from collections.abc import Callable

    from idealfit.match.companies import Traits

Decision = Literal["same", "ask", "different"]
"""``ask`` is for a person to decide; ``different`` is only said of two that look alike."""

ALIKE = 0.85
"""From this likeness on, two names may be one name with a slip of the pen."""

# fmt: off
UNITS = frozenset((
    "europe", "european", "eu", "emea", "apac", "asia", "asean", "dach", "nordic", "nordics", "benelux", "iberia",
    "latam", "africa", "americas", "america", "north", "south", "east", "west", "central", "middle", "pacific",
    "international", "global", "worldwide", "holding", "holdings", "group", "groupe", "gruppe", "grupo", "gruppo",
    "konzern", "branch", "subsidiary", "division", "regional", "overseas", "deutschland", "polska", "espana",
    "italia", "france", "nederland", "sverige", "norge", "danmark", "suomi", "ventures", "capital", "foundation",
))
# fmt: on
"""Words that tell a unit, a country's company or the holding from the company itself."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What two companies agree on.

    `domain`: same; sibling (acme.de, acme.com); near (one name within the other, getacme.com); spelt (the domain of
    the one is the name of the other, whose domain is not known). `name`: same; former (a name that one of them had);
    unit (the same and the words of a unit); longer (the same and other words); alike (but for a letter or two).
    `telling`: how much the name they agree on says (0 a short word, 1, 2 several words or a long one). `declared`: one
    is said to be the parent of the other.
    """

    registry: Literal["same", "different", "unknown"] = "unknown"
    domain: Literal["same", "sibling", "near", "spelt", "different", "unknown"] = "unknown"
    name: Literal["same", "former", "unit", "longer", "alike", "different", "unknown"] = "unknown"
    city: Literal["same", "different", "unknown"] = "unknown"
    country: Literal["same", "different", "unknown"] = "unknown"
    industry: Literal["same", "unknown"] = "unknown"
    telling: Literal[0, 1, 2] = 0
    declared: bool = False
    person: bool = False

    @property
    def named(self) -> bool:
        """Return whether the two go, or went, by one name."""
        return self.name in ("same", "former")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of two companies, how sure that is (0 to 1), and why in words."""

    decision: Decision
    confidence: float
    reason: str


def evidence(one: Traits, other: Traits) -> Evidence:
    """Return what two companies agree on.

    >>> from idealfit.match.companies import Company, traits
    >>> acme = traits(Company("1", "Acme Robotics Ltd", "acme.com", city="Leeds, Yorkshire"))
    >>> seen = evidence(acme, traits(Company("2", "ACME Robotics Europe", "acme.de", city="Leeds")))
    >>> seen.domain, seen.name, seen.city, seen.country
    ('sibling', 'unit', 'same', 'unknown')
    """
    name, telling = _names(one.names, other.names)
    return Evidence(
        registry=_agreement(one.registry, other.registry),
        domain=_domains(one, other),
        name=name,
        city=_agreement(one.cities, other.cities),
        country=_agreement(one.countries, other.countries),
        industry="same" if one.industries & other.industries else "unknown",
        telling=telling,
        declared=owned(one, other) != owned(other, one),
        person=one.is_person or other.is_person,
    )


@cache
def verdict(seen: Evidence) -> Verdict | None:
    """Return what the first rule that holds says, or None where the two have nothing to do with each other.

    >>> verdict(Evidence(domain="same", name="same"))
    Verdict(decision='same', confidence=0.99, reason='same domain, same name')
    >>> verdict(Evidence(name="same", telling=2)).decision
    'ask'
    """
    for rule in RULES:
        if rule.holds(seen):
            said = f"{_in_words(seen)}{'; ' if rule.because else ''}{rule.because}"
            return Verdict(rule.decision, rule.confidence, said)
    return None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: when it holds, what it decides, how sure that is, and what it adds to the facts in words.

    The confidence is the share of right answers among the pairs that the rule decides, as `bench/matching.py` counts it
    where it can, rounded down; elsewhere it only puts rules in order.
    """

    holds: Callable[[Evidence], bool]
    decision: Decision
    confidence: float
    because: str = ""


_one_unit = "one domain, several units: perhaps a subsidiary"

RULES = (
    Rule(lambda e: e.declared and e.registry != "same", "different", 0.95, "one is declared the parent of the other"),
    Rule(lambda e: e.registry == "same" and (e.named or e.domain == "same" or e.name == "alike"), "same", 0.99),
    Rule(lambda e: e.registry == "same" and e.name == "unknown" and e.domain != "different", "same", 0.97),
    Rule(lambda e: e.registry == "same", "ask", 0.7, "numbers of two registers may be the same"),
    Rule(
        lambda e: e.registry == "different" and (e.domain == "same" or e.named), "different", 0.9, "two legal entities"
    ),
    # The same domain: the same company, unless it is a unit of its own.
    Rule(lambda e: e.domain == "same" and e.person, "same", 0.97),
    Rule(lambda e: e.domain == "same" and e.country == "different", "ask", 0.6, _one_unit),
    Rule(lambda e: e.domain == "same" and e.name == "unit", "ask", 0.6, _one_unit),
    Rule(lambda e: e.domain == "same" and e.named, "same", 0.99),
    Rule(lambda e: e.domain == "same" and e.name in ("unknown", "longer", "alike"), "same", 0.97),
    Rule(lambda e: e.domain == "same", "same", 0.93, "renamed, or a brand of it"),
    # A domain of the same name under another suffix.
    Rule(
        lambda e: (
            e.domain == "sibling" and e.named and e.country != "different" and (e.telling > 0 or e.city == "same")
        ),
        "same",
        0.95,
    ),
    Rule(lambda e: e.domain == "sibling" and e.name in ("alike", "longer") and e.city == "same", "same", 0.93),
    Rule(lambda e: e.domain == "sibling" and e.name not in ("different", "unknown"), "ask", 0.6),
    Rule(lambda e: e.domain == "sibling" and e.name == "unknown", "ask", 0.4),
    # Another domain, or none known: the name, together with the place and what the company does.
    Rule(lambda e: e.named and e.country == "different", "different", 0.7, "one name in two countries"),
    Rule(lambda e: e.domain == "near" and e.name == "same" and e.city == "same", "same", 0.94),
    Rule(
        lambda e: e.domain == "different" and e.name == "former" and e.city == "same" and e.telling == 2, "same", 0.93
    ),
    Rule(lambda e: e.domain == "spelt" and e.city == "same" and e.name in ("same", "former", "unknown"), "same", 0.93),
    Rule(lambda e: e.domain == "spelt" and e.country != "different", "ask", 0.6),
    Rule(lambda e: e.domain in ("near", "different") and e.named, "ask", 0.4, "but another domain"),
    Rule(lambda e: e.domain in ("near", "different"), "different", 0.0),
    Rule(lambda e: e.name == "former" and e.city == "same" and e.telling < 2, "ask", 0.6, "others may bear it now"),
    Rule(lambda e: e.named and e.city == "same" and e.telling > 0, "same", 0.95),
    Rule(lambda e: e.named and e.city == "same" and e.industry == "same", "same", 0.93),
    Rule(lambda e: e.named and e.country == "same" and e.industry == "same" and e.telling > 0, "same", 0.92),
    Rule(lambda e: e.named and e.city == "same", "ask", 0.6, "a short name"),
    Rule(lambda e: e.named and e.country == "same", "ask", 0.5),
    Rule(lambda e: e.named, "ask", 0.4, "a name alone is not enough"),
    Rule(lambda e: e.name == "alike" and e.city == "same" and e.industry == "same" and e.telling == 2, "same", 0.92),
    Rule(lambda e: e.name in ("alike", "longer", "unit") and e.city == "same", "ask", 0.5),
)
"""From the surest to the least sure. What none of them holds for is no candidate; nor is ``different`` at 0."""


def weight(seen: Evidence) -> tuple[bool, ...]:
    """Return what puts one candidate before another where a rule decides both: the names, then place and industry."""
    return (seen.named, seen.name == "same", seen.city == "same", seen.country == "same", seen.industry == "same")


def owned(one: Traits, owner: Traits) -> bool:
    """Return whether a company names another as its parent (and not itself, as some tables do at the top)."""
    if not one.parents or owner.id in one.parents:
        return bool(one.parents)
    return one.names[:1] != owner.names[:1] and not one.parents.isdisjoint((*owner.names[:1], *owner.domains))


def doubted(said: Verdict, why: str) -> Verdict:
    """Return a verdict as a question, with the reason for the doubt."""
    return replace(said, decision="ask", confidence=min(said.confidence, 0.5), reason=f"{said.reason}; {why}")


def _agreement(one: frozenset[str], other: frozenset[str]) -> Literal["same", "different", "unknown"]:
    if not one or not other:
        return "unknown"
    return "different" if one.isdisjoint(other) else "same"


def _domains(one: Traits, other: Traits) -> Literal["same", "sibling", "near", "spelt", "different", "unknown"]:
    if not one.domains or not other.domains:
        known, nameless = (one, other) if one.domains else (other, one)
        spelt = any(name.replace(" ", "") in known.labels for name in nameless.names)
        return "spelt" if spelt else "unknown"
    if not one.domains.isdisjoint(other.domains):
        return "same"
    pairs = [(a, b) for a in one.labels for b in other.labels]
    if any(a == b and len(a) >= SHORTEST_LABEL for a, b in pairs):
        return "sibling"
    near = any(len(min(a, b, key=len)) > SHORTEST_LABEL and (a in b or b in a) for a, b in pairs)
    return "near" if near else "different"


def _names(
    one: tuple[str, ...], other: tuple[str, ...]
) -> tuple[Literal["same", "former", "unit", "longer", "alike", "different", "unknown"], Literal[0, 1, 2]]:
    """Return how the names agree, and how telling the name is that they agree on."""
    if not one or not other:
        return "unknown", 0
    if one[0] == other[0]:
        return "same", _telling(one[0])
    shared = set(one) & set(other)
    if shared:
        return "former", max(map(_telling, shared))
    first, second = one[0], other[0]
    if first.replace(" ", "") == second.replace(" ", ""):
        return "same", _telling(first)
    short, long = sorted((first.split(), second.split()), key=len)
    telling = _telling(min(first, second, key=len))
    if len(short) < len(long) and long[: len(short)] == short:
        rest = long[len(short) :]
        return ("unit" if all(w in UNITS or w in COUNTRY_OF or w.isdigit() for w in rest) else "longer"), telling
    if likeness(first, second) >= ALIKE:
        return "alike", telling
    return "different", 0


def _telling(name: str) -> Literal[0, 1, 2]:
    letters = len(name.replace(" ", "")) * (1 if name.isascii() else 2)
    if letters < TELLING:
        return 0
    return 2 if letters >= (LONG_NAME if " " in name else LONG_WORD) else 1


def _in_words(seen: Evidence) -> str:
    """Return the facts of a verdict in words."""
    domain = {
        "same": "same domain",
        "sibling": "same domain under another suffix",
        "near": "a domain like it",
        "spelt": "a domain that spells the name",
        "different": "another domain",
    }
    name = {
        "same": "same name",
        "former": "a name it had",
        "unit": "same name with the words of a unit",
        "longer": "same name with more words",
        "alike": "almost the same name",
        "different": "another name",
    }
    parts = (
        f"{seen.registry} register number" if seen.registry != "unknown" else "",
        domain.get(seen.domain, ""),
        name.get(seen.name, ""),
        "same city" if seen.city == "same" else "",
        f"{'another' if seen.country == 'different' else 'same'} country" if seen.country != "unknown" else "",
        "same industry" if seen.industry == "same" else "",
    )
    return ", ".join(part for part in parts if part)
