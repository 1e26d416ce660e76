"""A job posting, whatever board it comes from, and what its dates mean.

Recruiters' names, mail addresses and telephone numbers are left out when a posting is read: they are no signal.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Literal

from idealfit.watch.page_text import kinds_of, text_of_markup

if TYPE_CHECKING:
    from idealfit.watch.page_text import Page

DateMeans = Literal["published", "created", "released", "declared", ""]
"""What a board's date says: when the posting went public, when somebody began to write it (it may have gone public
later), when it was last released, or what the employer's own page declares."""


@dataclass(frozen=True)
class Salary:
    """What a posting says it pays: bounds in a currency, for a span of time."""

    low: float | None
    high: float | None
    currency: str
    per: str


@dataclass(frozen=True)
class Job:
    """One posting. `id` is the board's own and never changes; `posted_on` means what `date_means` says.

    A posting may stand open for years, so "posted lately" needs `posted_on` and the day on which we first saw it.
    """

    board: str
    id: str
    title: str
    company: str = ""
    department: str = ""
    team: str = ""
    places: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    remote: bool | None = None
    workplace: str = ""
    employment: str = ""
    posted_on: date | None = None
    date_means: DateMeans = ""
    updated_on: date | None = None
    closes_on: date | None = None
    salary: Salary | None = None
    requisition: str = ""
    language: str = ""
    url: str = ""
    text: str = ""
    seniority: str = ""
    industry: str = ""


_MAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w.])(?:\+|\(?0|\(\d{3}\))[\d\s()./-]{7,18}\d\b|\b\d{3}[-.]\d{3}[-.]\d{4}\b")
_CONTACT = re.compile(
    r"(?im)^[^\n]{0,60}\b(?:recruiter|hiring manager|talent (?:partner|acquisition)|contact (?:person|partner)|"
    r"ansprechpartner(?:in)?|contact)\s*:\s*[^\n]*$"
)


def without_contacts(text: str) -> str:
    """Return a posting's text without recruiters' lines, mail addresses and telephone numbers.

    >>> without_contacts("Apply now. Recruiter: Jo Doe, jo@acme.example or call +49 30 1234567.")
    ''
    >>> without_contacts("Write to jobs@acme.example today")
    'Write to [removed] today'
    """
    return _PHONE.sub("[removed]", _MAIL.sub("[removed]", _CONTACT.sub("", text)))


def plain(markup: object, *, escaped: bool = False) -> str:
    """Return a posting's markup as text; `escaped` where the markup itself was escaped once more."""
    if not isinstance(markup, str) or not markup:
        return ""
    source = html.unescape(markup) if escaped else markup
    return without_contacts(text_of_markup(source) if "<" in source else source.strip())


def clean(text: str) -> str:
    r"""Return any text of a board's answer without contacts: markup, escaped or not, as its lines.

    >>> clean("&lt;p&gt;Recruiter: Jo Doe&lt;/p&gt;&lt;p&gt;Sell.&lt;/p&gt;"), clean("Data Engineer")
    ('\nSell.', 'Data Engineer')
    """
    escaped = "&lt;" in text
    return plain(text, escaped=escaped) if escaped or "<" in text else without_contacts(text)


def day_of(value: object) -> date | None:
    """Return the day of a board's date in UTC: ISO 8601, ``YYYY-MM-DD HH:MM:SS UTC`` or milliseconds.

    >>> day_of("2026-07-16T23:55:32-04:00"), day_of(1764205361939), day_of("2026-08-05 09:41:37 UTC"), day_of("soon")
    (datetime.date(2026, 7, 17), datetime.date(2025, 11, 27), datetime.date(2026, 8, 5), None)
    """
    try:
        if isinstance(value, bool) or value is None:
            return None
        if isinstance(value, int | float):
            return datetime.fromtimestamp(value / 1000, UTC).date()
        text = str(value).strip().removesuffix(" UTC")
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC).date() if moment.tzinfo else moment.date()
    except (ValueError, OverflowError, OSError):
        return None


def text_or(value: object, default: str = "") -> str:
    """Return a cell as one line of text; a number as its digits; anything else as `default`."""
    if isinstance(value, str):
        return " ".join(value.split())
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else default


def unique(values: Iterable[str]) -> tuple[str, ...]:
    """Return the texts that are not empty, each once, in order."""
    return tuple(dict.fromkeys(value for value in values if value))


def number_or_none(value: object) -> float | None:
    """Return a number that may have come as text."""
    try:
        return float(str(value).replace(",", "")) if value not in (None, "") and not isinstance(value, bool) else None
    except ValueError:
        return None


def postings_on(page: Page) -> tuple[Job, ...]:
    """Return the job postings that a page declares in its structured data (schema.org ``JobPosting``)."""
    return tuple(declared(data, page.url) for data in page.data if "JobPosting" in kinds_of(data) and _titled(data))


def _titled(data: Mapping[str, Any]) -> str:
    return text_or(data.get("title")) or text_or(data.get("name"))  # name in place of title is a common slip


def declared(data: Mapping[str, Any], url: str = "", board: str = "schema.org") -> Job:
    """Return the job that a schema.org ``JobPosting`` describes."""
    places, countries = _places(data.get("jobLocation"))
    kind = data.get("employmentType")
    identifier = data.get("identifier")
    named = identifier.get("value") if isinstance(identifier, dict) else identifier
    organisation = data.get("hiringOrganization")
    return Job(
        board=board,
        id=text_or(named) or text_or(data.get("url")) or url or _titled(data),
        title=_titled(data),
        company=text_or(organisation.get("name") if isinstance(organisation, dict) else organisation),
        department=text_or(data.get("occupationalCategory")),
        places=places,
        countries=countries,
        remote=True if text_or(data.get("jobLocationType")).upper() == "TELECOMMUTE" else None,
        employment=", ".join(map(text_or, kind)) if isinstance(kind, list) else text_or(kind),
        posted_on=day_of(data.get("datePosted")),
        date_means="declared",
        closes_on=day_of(data.get("validThrough")),
        salary=_declared_salary(data.get("baseSalary")),
        language=text_or(data.get("inLanguage")),
        url=text_or(data.get("url")) or url,
        text=plain(data.get("description"), escaped="&lt;" in str(data.get("description"))),
    )


def _places(value: object) -> tuple[tuple[str, ...], tuple[str, ...]]:
    places, countries = [], []
    for place in value if isinstance(value, list) else [value]:
        address = place.get("address", place) if isinstance(place, dict) else place
        if isinstance(address, dict):
            country = address.get("addressCountry")
            country = country.get("name") if isinstance(country, dict) else country
            parts = (address.get("addressLocality"), address.get("addressRegion"), country)
            places.append(", ".join(unique(map(text_or, parts))))
            countries.append(text_or(country))
        else:
            places.append(text_or(address))
    return unique(places), unique(countries)


def _declared_salary(value: object) -> Salary | None:
    if not isinstance(value, dict):
        return None
    held = value.get("value")
    inside = held if isinstance(held, dict) else {"value": held}
    low, high = number_or_none(inside.get("minValue")), number_or_none(inside.get("maxValue"))
    exact = number_or_none(inside.get("value"))
    if low is None and high is None and exact is None:
        return None
    low, high = (low if low is not None else exact), (high if high is not None else exact)
    return Salary(low, high, text_or(value.get("currency")), text_or(inside.get("unitText")).lower())


def titles_listed(page: Page) -> tuple[tuple[str, str], ...]:
    """Return the titles that a careers page lists, each with the address it leads to."""
    found = {link.words: link.url for link in page.links if _looks_like_title(link.words)}
    for heading in page.headings:
        if _looks_like_title(heading):
            found.setdefault(heading, page.url)
    return tuple(found.items())


def _looks_like_title(text: str) -> bool:
    return (
        4 <= len(text) <= 90
        and bool(_ROLE.search(text))
        and not re.search(r"[?!]|\b(?:meet|our|your|we)\b", text, re.I)
    )


_ROLE = re.compile(
    r"\b(?:engineer|developer|manager|director|representative|executive|analyst|scientist|designer|consultant|specialist|"
    r"recruiter|architect|administrator|officer|accountant|associate|coordinator|technician|nurse|assistant|intern|lead|"
    r"sdr|bdr|head of|vice president|vp)\b",
    re.IGNORECASE,
)
