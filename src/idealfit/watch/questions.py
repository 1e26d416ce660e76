"""A criterion in words, understood: what is asked for, how many, since when, and whether it is a no that is wanted.

What no rule understands stays a question that only a person, or a model whose quotes are checked, can answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from idealfit.watch.roles import ROLE_NOUNS

Subject = Literal["locations", "jobs", "technology", "people", "words", "page", "employees", "founded", "free"]
"""What a criterion is about. ``people`` counts holders of a role, ``words`` looks for what a page says."""


@dataclass(frozen=True)
class Question:
    """A criterion as it was understood.

    `about` is the role, technology, words, place or kind of page; `at_least` and `at_most` bound a count; `days` is how
    recent it must be; `negated` asks for the opposite; `claimed` asks that the words be claimed of the company and not
    only mentioned; `place` is where a job must be. Of a founding, the bounds are years.
    """

    criterion: str
    subject: Subject
    about: str = ""
    at_least: int | None = None
    at_most: int | None = None
    days: int | None = None
    negated: bool = False
    claimed: bool = False
    place: str = ""

    def holds(self, count: int) -> bool:
        """Return whether a count is what was asked for."""
        return (self.at_least is None or count >= self.at_least) and (self.at_most is None or count <= self.at_most)

    def in_words(self) -> str:
        """Return how the criterion was understood.

        >>> understand("lists more than 3 locations").in_words()
        'at least 4 locations'
        """
        span = {
            (True, False): f"at least {self.at_least}",
            (False, True): f"at most {self.at_most}",
            (True, True): f"{self.at_least} to {self.at_most}",
        }.get((self.at_least is not None, self.at_most is not None), "")
        if self.at_least is not None and self.at_least == self.at_most:
            span = f"exactly {self.at_least}"
        if self.subject == "founded" and span:
            span = {(True, False): f"{self.at_least} or later", (False, True): f"{self.at_most} or earlier"}.get(
                (self.at_least is not None, self.at_most is not None), span.removeprefix("exactly ")
            )
            return " ".join(filter(None, ("not:" if self.negated else "", "founded in", span)))
        place = "" if not self.place else " done remotely" if self.place == "remote" else f" in {self.place}"
        recent = f"in the last {self.days} days" if self.days is not None else ""
        said = {
            "locations": f"locations{f' in {self.about}' if self.about else ''}",
            "jobs": f"open jobs{f' for {self.about}' if self.about else ''}{place}",
            "founded": "founded",
            "people": f"people who are {self.about}",
            "technology": f"uses {self.about}",
            "words": f"{'claims' if self.claimed else 'says'} {self.about}",
            "page": f"has {self.about}" if SITE_PARTS.fullmatch(self.about) else f"has a {self.about} page",
            "employees": "employees",
            "free": f"free question: {self.about}",
        }[self.subject]
        return " ".join(filter(None, ("not:" if self.negated else "", span, said, recent)))


_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "fifty": 50, "hundred": 100,
    "a dozen": 12, "several": 3, "multiple": 2,
}  # fmt: skip
_N = r"(\d[\d,.]*k?|" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + r")"
_COUNTS = (
    (re.compile(rf"\b(?:more than|over|greater than|above|in excess of)\s+{_N}\b", re.IGNORECASE), 1, None),
    (re.compile(rf">\s*{_N}", re.IGNORECASE), 1, None),
    (
        re.compile(rf"(?:\b(?:at least|no fewer than|no less than|minimum(?: of)?)|>=|≥)\s*{_N}\b", re.IGNORECASE),
        0,
        None,
    ),
    (re.compile(rf"\b{_N}\s*(?:\+|or more|and more|plus)(?=\W|$)", re.IGNORECASE), 0, None),
    (re.compile(rf"\b(?:fewer than|less than|under|below)\s+{_N}\b", re.IGNORECASE), None, -1),
    (re.compile(rf"<\s*{_N}", re.IGNORECASE), None, -1),
    (re.compile(rf"(?:\b(?:at most|no more than|up to|maximum(?: of)?)|<=|≤)\s*{_N}\b", re.IGNORECASE), None, 0),
    (re.compile(rf"\b{_N}\s*or (?:fewer|less)\b", re.IGNORECASE), None, 0),
    (re.compile(rf"\bexactly\s+{_N}\b", re.IGNORECASE), 0, 0),
)
_BETWEEN = re.compile(rf"\b(?:between\s+)?{_N}\s*(?:and|to|-|–)\s*{_N}(?=\s+\w)", re.IGNORECASE)
_ARTICLES = frozenset({"a", "an", "one"})
_UNITS = {"day": 1, "week": 7, "month": 30, "quarter": 91, "year": 365}
_RECENT = re.compile(
    rf"\b(?:in|within|over|during)?\s*(?:the\s+)?(?:last|past|previous)\s+(?:{_N}\s+)?(day|week|month|quarter|year)s?\b|"
    rf"\bwithin\s+{_N}\s+(day|week|month|year)s?\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"\b(?:does not|doesn't|do not|don't|did not|didn't|is not|isn't|are not|aren't|was not|wasn't|"
    r"were not|weren't|has no|have no|has not|hasn't|never|without|"
    r"no longer)\b",
    re.IGNORECASE,
)
_PLACES = (
    r"locations?|offices?|branch(?:es)?|stores?|sites?|addresses|showrooms?|clinics?|dealerships?|campus(?:es)?|"
    r"facilit(?:y|ies)|warehouses?|plants?|shops?|restaurants?|practices?|premises|factor(?:y|ies)|hospitals?|hotels?"
)
_LOCATIONS = re.compile(rf"\b(?:{_PLACES})\b", re.IGNORECASE)
_IN_PLACE = re.compile(rf"\b(?:{_PLACES})\s+in\s+(?:the\s+)?([A-Z][\w .'-]+?)\s*$")
_JOBS = re.compile(
    r"\b(?:posted|posting|hiring|hires?|recruiting|recruits?|advertis\w+|vacanc(?:y|ies)|job (?:opening|post|"
    r"ad)\w*|open "
    r"(?:role|position|job)\w*|openings?|looking for|jobs?)\b",
    re.IGNORECASE,
)
_JOB_WORDS = re.compile(
    r"\b(?:has|have|is|are|they|company|it|currently|actively|recently|been|posted|posting|hiring|hires?|recruiting|recruits?|"
    r"advertis\w+|vacanc(?:y|ies)|openings?|open|looking|for|jobs?|ads?|roles?|positions?|a|an|the|new|at least|"
    r"more than|or more|"
    r"their|its|careers|page|on|with|to|any|posts?|lists?|listed|within|last|past|days?|hire|of|in)\b",
    re.IGNORECASE,
)
_TECHNOLOGY = re.compile(
    r"^(?:[\w ]{0,30}?\b)?(?:uses?|using|runs? on|runs|is on|built (?:on|with)|powered by|relies on|has installed|"
    r"deploys?|"
    r"(?:tech(?:nology)? stack|stack) (?:has|includes|contains))\s+(.+)$",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"\b(?:says?|mentions?|states?|writes?|talks? about|refers? to|shows?|contains?|includes? the words?|describes?)\s+"
    r"(?:that\s+|the words?\s+|the phrase\s+)?(.+)$",
    re.IGNORECASE,
)
_CLAIMS = re.compile(
    r"\b(?:(?:is|are|being|holds?|has)\s+)?((?:SOC ?[123]|ISO[ /]?(?:IEC )?\d{4,5}|HIPAA|GDPR|PCI(?:[ -]DSS)?|"
    r"FedRAMP|CCPA|"
    r"HITRUST|CSA STAR|TISAX|NIS ?2|DORA|B Corp|Cyber Essentials)[\w ]*?)\s*"
    r"(certifi\w+|complian\w+|attest\w+|accredit\w+|authori[sz]ed|report)?\s*$",
    re.IGNORECASE,
)
_PARTS = (
    r"(?:blog|podcast|newsletter|changelog|help cent(?:er|re)|knowledge base|documentation|docs|developer portal|"
    r"newsroom|press room|case stud(?:y|ies)|webinar|forum|community|(?:partner|affiliate|referral) program(?:me)?|"
    r"online (?:store|shop)|contact form|trust cent(?:er|re)|roadmap|job board)s?"
)
SITE_PARTS = re.compile(_PARTS, re.IGNORECASE)
"""Parts of a site that have a name of their own; a site may have one that its home page does not lead to."""

_PAGE = re.compile(
    r"\bhas an?\s+(?:public\s+)?([\w -]{2,30}?)\s+page\b|\bpublishes (?:its )?(pricing|prices)\b|"
    r"\b(?:has|have|runs?|keeps?|hosts?|publishes|offers?|maintains?)\s+(?:an?\s+|its\s+|their\s+)?"
    rf"(?:own\s+|company\s+|public\s+)*({_PARTS})$",
    re.IGNORECASE,
)
_EMPLOYEES = re.compile(r"\b(?:employees|staff|people work|headcount|team members|fte)\b", re.IGNORECASE)
_PEOPLE = re.compile(
    rf"\b((?:[\w&/-]+\s+){{0,4}}?(?:{ROLE_NOUNS}|heads?)(?:\s+of\s+[\w& ]{{2,30}}?)?)(?=\s*(?:$|[,.;]|on\b|in\b|"
    rf"at\b|who\b))",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"^(?:(?:the company|company|it|they|has|have|employs?|with|there are|a|an|the|team|of|or|more|fewer|less|at|"
    r"least|most|than|over|"
    r"exactly|sales team of|\d[\d,]*\+?|" + "|".join(_NUMBERS) + r")\s+)+",
    re.IGNORECASE,
)


def understand(criterion: str) -> Question:
    """Return what a criterion asks for.

    >>> understand("posted a data engineering role in the last 60 days")
    Question(criterion='posted a data engineering role in the last 60 days', subject='jobs', about='data engineering', \
at_least=1, at_most=None, days=60, negated=False, claimed=False, place='')
    >>> understand("has 3 or more SDRs").in_words(), understand("uses Salesforce").in_words()
    ('at least 3 people who are SDRs', 'uses Salesforce')
    >>> understand("says SOC 2").in_words(), understand("is SOC 2 certified").in_words()
    ('says SOC 2', 'claims SOC 2')
    """
    text = " ".join(criterion.split()).strip(" .?")
    quoted = re.search(r"[\"“”„']([^\"“”„]{2,})[\"“”']", text)
    says = _SAYS.search(text)
    negated = bool(_NEGATED.search(text))
    if says and (quoted or not _LOCATIONS.search(text) or not _counted(text)[0]):
        return Question(criterion, "words", (quoted[1] if quoted else says[1]).strip("\"“”'"), negated=negated)
    bare, days = _recent(text)
    plain = " ".join(_NEGATED.sub(" ", bare).split())
    low, high, rest = _bounds(plain)
    founded = _founded(criterion, plain, days, negated=negated)
    if founded:
        return founded
    if _JOBS.search(plain):
        rest, place = _place_of_jobs(rest)
        role = " ".join(_JOB_WORDS.sub(" ", rest).replace("+", " ").split()).strip(" ,")
        return Question(
            criterion, "jobs", role, 1 if low is None and high is None else low, high, days, negated, place=place
        )
    technology = _TECHNOLOGY.match(plain)
    if technology and not _LOCATIONS.search(technology[1]):
        return Question(criterion, "technology", technology[1].strip("\"“”' "), negated=negated)
    claims = _CLAIMS.search(plain)
    if claims:
        return Question(criterion, "words", claims[1].strip(), negated=negated, claimed=True)
    page = _PAGE.search(plain)
    if page:
        return Question(criterion, "page", (page[1] or page[3] or "pricing").strip().lower(), negated=negated)
    return _countable(criterion, plain, rest, low, high, negated=negated)


_FOUNDED = re.compile(
    r"\b(?:founded|established|incorporated|started|formed|set up)\b"
    r"(?:\s+(before|prior to|after|since|in|by|between)\s+((?:1[6-9]|20)\d\d)"
    r"(?:\s+(?:and|to|-)\s+((?:1[6-9]|20)\d\d))?)?",
    re.IGNORECASE,
)


def _founded(criterion: str, plain: str, days: int | None, *, negated: bool) -> Question | None:
    """Return a question on the year of founding, with the years that bound it."""
    found = _FOUNDED.search(plain)
    if not found or not (found[2] or days):
        return None
    if not found[2]:
        return Question(criterion, "founded", days=days, negated=negated)
    year, last = int(found[2]), int(found[3] or found[2])
    low, high = {
        "before": (None, year - 1), "prior to": (None, year - 1), "after": (year + 1, None), "since": (year, None),
        "in": (year, year), "by": (None, year), "between": (year, last),
    }[found[1].lower()]  # fmt: skip
    return Question(criterion, "founded", "", low, high, negated=negated)


_WHERE = re.compile(r"\bin\s+(?:the\s+)?([A-ZÀ-Ý][\w.'’-]+(?:,?\s[A-ZÀ-Ý][\w.'’-]+)*)\s*$")
_NO_PLACE = re.compile(
    r"^(?:sales|marketing|engineering|data|finance|product|support|operations|hr|human|legal|design|it|security|customer|"
    r"research|software|people|revenue|growth|business|machine|ai|r&d|devops)\b",
    re.IGNORECASE,
)


def _place_of_jobs(text: str) -> tuple[str, str]:
    """Return a text on jobs without the place that it ends with, and the place.

    >>> _place_of_jobs("is hiring in Berlin"), _place_of_jobs("is hiring in Sales"), _place_of_jobs("hires remote SDRs")
    (('is hiring', 'Berlin'), ('is hiring in Sales', ''), ('hires SDRs', 'remote'))
    """
    away = re.search(r"\bremote(?:ly)?\b", text, re.IGNORECASE)
    if away:
        return " ".join((text[: away.start()] + text[away.end() :]).split()), "remote"
    found = _WHERE.search(text)
    if not found or _NO_PLACE.match(found[1]):
        return text, ""
    return text[: found.start()].strip(), found[1]


def _countable(criterion: str, plain: str, rest: str, low: int | None, high: int | None, *, negated: bool) -> Question:
    """Return a question about a number of places, people or employees; a free one if it is none of them."""
    if low is None and high is None:
        low = 1
    if _EMPLOYEES.search(rest):
        return Question(criterion, "employees", "", low, high, None, negated)
    if _LOCATIONS.search(rest):
        place = _IN_PLACE.search(plain)
        return Question(criterion, "locations", place[1] if place else "", low, high, None, negated)
    people = _PEOPLE.search(_LEADING.sub("", rest))
    if people and re.search(r"\b(?:has|have|employs?|team|with|there are)\b|\d", plain, re.IGNORECASE):
        return Question(criterion, "people", people[1].strip(), low, high, None, negated)
    return Question(criterion, "free", plain, negated=negated)


def _recent(text: str) -> tuple[str, int | None]:
    """Return the text without its span of time, and the span in days."""
    found = _RECENT.search(text)
    if not found:
        return text, None
    number = _number(found[1] or found[3] or "1")
    return " ".join((text[: found.start()] + " " + text[found.end() :]).split()), number * _UNITS[
        (found[2] or found[4]).lower()
    ]


def _counted(text: str) -> tuple[bool, str]:
    low, high, rest = _bounds(text)
    return low is not None or high is not None, rest


def _bounds(text: str) -> tuple[int | None, int | None, str]:
    """Return the least and the most that is asked for, and the text without it."""
    between = _BETWEEN.search(text)
    if between and between[1].lower() not in _ARTICLES and between[2].lower() not in _ARTICLES:
        low, high = sorted((_number(between[1]), _number(between[2])))
        return low, high, text[: between.start()] + " " + text[between.end() :]
    for pattern, add_low, add_high in _COUNTS:
        found = pattern.search(text)
        if found:
            number = _number(found[1])
            rest = text[: found.start()] + " " + text[found.end() :]
            return (
                None if add_low is None else number + add_low,
                None if add_high is None else number + add_high,
                " ".join(rest.split()),
            )
    plain = re.search(rf"\b{_N}\b", text, re.IGNORECASE)
    if (
        plain
        and plain[1].lower() not in _ARTICLES
        and not re.search(r"\b(?:soc|iso|level|top|nis)\s*$", text[: plain.start()], re.I)
    ):
        return _number(plain[1]), None, " ".join((text[: plain.start()] + " " + text[plain.end() :]).split())
    return None, None, text


def _number(text: str) -> int:
    """Return a number that is written in figures or as a word.

    >>> _number("1,200"), _number("2k"), _number("three")
    (1200, 2000, 3)
    """
    low = text.lower().strip()
    if low in _NUMBERS:
        return _NUMBERS[low]
    thousands = low.endswith("k")
    return int(low.rstrip("k").replace(",", "").replace(".", "") or 0) * (1000 if thousands else 1)
