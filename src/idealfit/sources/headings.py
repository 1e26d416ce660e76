"""What a heading says: its words, and the things it hints at."""

from __future__ import annotations

import re
from functools import cache

_HEADING_NOISE = re.compile(r"__c\b|\((?![A-Z]{3}\)).*?\)")

DATE_WORDS = frozenset("date dates timestamp at on since created modified updated closed opened launched".split())
ID_WORDS = frozenset("id ids uid uuid guid key pk identifier".split())
CODE_WORDS = frozenset("number no nr code ref reference symbol slug permalink cik ein vat duns isin".split())
CLASS_WORDS = frozenset("code nr no ref sic naics nace".split())
LIST_WORDS = frozenset(
    "technologies tools tags stack tech integrations languages industries interests products categories competitors "
    "keywords platforms systems specialties regions locations software services features".split()
)
FLAG_WORDS = frozenset("is has had have can does uses was flag opt subscribed".split())

IDENTIFIERS_BY_HEADING = {
    "email": "e-mail addresses name a person",
    "e mail": "e-mail addresses name a person",
    "phone": "a telephone number names one company or person",
    "mobile": "a telephone number names one company or person",
    "fax": "a telephone number names one company or person",
    "linkedin": "a web address names one company or person",
    "facebook": "a web address names one company or person",
    "twitter": "a web address names one company or person",
    "street": "an address names one company",
    "address": "an address names one company",
    "first name": "names of people are not learned from",
    "last name": "names of people are not learned from",
    "full name": "names of people are not learned from",
    "contact name": "names of people are not learned from",
    "contact": "names of people are not learned from",
    "contacts": "names of people are not learned from",
    "associated contact": "names of people are not learned from",
    "manager": "names of people are not learned from",
    "sales manager": "names of people are not learned from",
    "created by": "names of people are not learned from",
    "modified by": "names of people are not learned from",
    "deal name": "the name of one deal",
    "opportunity name": "the name of one deal",
    "description notes": "notes on one deal",
}
"""Phrases at the end or as the whole of a heading, and why such a column is not learned from."""

BOOKKEEPING = {
    "last modified": "book-keeping of the CRM, written after the fact",
    "modified date": "book-keeping of the CRM, written after the fact",
    "updated at": "book-keeping of the CRM, written after the fact",
    "system modstamp": "book-keeping of the CRM, written after the fact",
    "probability": "follows from the stage",
    "forecast": "follows from the stage",
    "weighted amount": "follows from the stage",
    "expected revenue": "follows from the stage",
    "fiscal period": "follows from the day it was closed",
    "fiscal quarter": "follows from the day it was closed",
    "fiscal year": "follows from the day it was closed",
    "days to close": "known only when the deal is closed",
    "closed won reason": "known only when the deal is closed",
    "is closed": "says how the deal ended",
    "is deal closed": "says how the deal ended",
    "is won": "says how the deal ended",
    "is closed won": "says how the deal ended",
    "is closed lost": "says how the deal ended",
}
"""Phrases inside a heading of a table of deals, and why such a column is not learned from."""

SELLERS = (
    *("owner", "rep", "representative", "salesperson", "sales person", "salesman", "seller", "sales agent"),
    *("account executive", "account manager", "sales manager", "sales engineer", "success manager", "assigned to"),
    *(
        "assignee",
        "assigned",
        "sdr",
        "bdr",
        "ae",
        "csm",
        "handled by",
        "managed by",
        "worked by",
        "sold by",
        "closed by",
    ),
)
"""How a heading of a CRM ends that names who sells, once ``id``, ``name``, ``email`` and the like are off."""
_OF_A_PERSON = frozenset("id ids uid key nr no code name full first last alias e mail email role user".split())
_NO_SELLER = frozenset(
    "home house business product process budget data decision property land pet number count per".split()
)

PERSONAL = frozenset(
    "gender sex race ethnicity religion nationality marital birthday birthdate disability pregnant veteran "
    "citizen".split()
)
"""Words of headings that may stand for a trait that laws protect."""


@cache
def words(heading: str) -> tuple[str, ...]:
    """Return the words of a heading in lower case, however they are joined.

    >>> words("Account.NumberOfEmployees"), words("Loss_Reason__c"), words("Country/Region"), words("isHiring")
    (('account', 'number', 'of', 'employees'), ('loss', 'reason'), ('country', 'region'), ('is', 'hiring'))
    """
    text = _HEADING_NOISE.sub(" ", heading) if _HEADING_NOISE.sub(" ", heading).strip() else heading
    text = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})", " ", text)
    return tuple(re.findall(r"[^\W_]+", text.lower()))


def phrase(heading: str) -> str:
    """Return the words of a heading as one phrase.

    >>> phrase("Deal - Stage")
    'deal stage'
    """
    return " ".join(words(heading))


def says_date(heading: str) -> bool:
    """Return whether the heading speaks of a point in time (``launched_at``, ``Close Date``, ``engaged on``)."""
    said = words(heading)
    return bool(said) and (said[-1] in DATE_WORDS or "date" in said or said[0] in ("date", "when"))


def says_identifier(heading: str) -> bool:
    """Return whether the heading names a key (``Record ID``, ``ResellerKey``)."""
    said = words(heading)
    return bool(said) and (said[-1] in ID_WORDS or phrase(heading) in ("index", "row", "row number", "unnamed 0"))


def says_code(heading: str) -> bool:
    """Return whether the heading names a number or code that may be one per row."""
    said = words(heading)
    return bool(said) and said[-1] in CODE_WORDS


def says_class(heading: str) -> bool:
    """Return whether whole numbers below this heading name a class and count nothing.

    >>> says_class("SIC code"), says_class("Segment nr"), says_class("Number of stores")
    (True, True, False)
    """
    said = words(heading)
    return bool(said) and said[-1] in CLASS_WORDS


def says_name(heading: str) -> bool:
    """Return whether the heading says that the cells are names of things."""
    return phrase(heading).endswith(("name", "title"))


def says_flag(heading: str) -> bool:
    """Return whether the heading asks a yes-or-no question."""
    said = words(heading)
    return heading.strip().endswith("?") or bool(said and said[0] in FLAG_WORDS) or bool(said and said[-1] == "flag")


def says_list(heading: str) -> bool:
    """Return whether the heading speaks of several things."""
    return not LIST_WORDS.isdisjoint(words(heading))


def says_postal_code(heading: str) -> bool:
    """Return whether the heading names a postal code: digits, and no number."""
    said = phrase(heading)
    return bool(re.search(r"\b(zip|postal|postcode|post code|plz)\b", said))


def names_a_person_or_place(heading: str) -> str:
    """Return why a column of this heading is not learned from, or an empty string."""
    said = phrase(heading)
    return next(
        (
            why
            for name, why in IDENTIFIERS_BY_HEADING.items()
            if said == name or said.endswith((f" {name}", f" {name} 1"))
        ),
        "",
    )


def names_a_seller(heading: str) -> bool:
    """Return whether the heading names who of us sells, in whatever spelling.

    >>> [names_a_seller(h) for h in ("owner_rep_id", "Opportunity Owner: Full Name", "SDR email", "Home owner", "Reps")]
    [True, True, True, False, False]
    """
    said = list(words(heading))
    while len(said) > 1 and said[-1] in _OF_A_PERSON:
        said.pop()
    return f" {' '.join(said)}".endswith(tuple(f" {seller}" for seller in SELLERS)) and not (_NO_SELLER & set(said))


def bookkeeping(heading: str) -> str:
    """Return why a column of a CRM's book-keeping is not learned from, or an empty string."""
    said = f" {phrase(heading)} "
    return next((why for name, why in BOOKKEEPING.items() if f" {name} " in said), "")


def protected_trait(heading: str) -> bool:
    """Return whether the heading may stand for a trait that laws protect."""
    return phrase(heading) == "age" or not PERSONAL.isdisjoint(words(heading))
