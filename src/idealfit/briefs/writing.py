"""One page per company for the person who will call this morning: why this one, why now, who, what to say.

Every line carries its source: the profile's evidence, an event with its quote and date, customers' own words. What has
no source is not written; what is not known is listed as such.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

if TYPE_CHECKING:
    from idealfit.profile.document import Profile
    from idealfit.profile.sections import Voice
    from idealfit.shortlist import Row
    from idealfit.watch.events import Event
    from idealfit.watch.timing import Timing, Worth
    from idealfit.watch.told_events import Seen

MOST = 8
"""More lines than this of one part nobody reads; `one_page` takes the first of them."""

HEADINGS = {
    "fit": "Why this company",
    "now": "Why now",
    "pain": "What probably hurts, in customers' words",
    "who": "Who to reach",
    "say": "First lines to say",
    "objections": "What they may object",
    "unknown": "What is not known",
}


@dataclass(frozen=True)
class Line:
    """One line of a brief and where it comes from; `url` leads there if it is on the web."""

    text: str
    source: str
    quote: str = ""
    url: str = ""


@dataclass(frozen=True)
class Brief:
    """A brief: the company, its place and figures, and the lines of each part; `left_out` lines found no room."""

    company: str
    name: str
    place: str
    fit: int | None
    timing: int
    day: date
    parts: Mapping[str, tuple[Line, ...]]
    action: str = ""
    left_out: int = 0

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        parts = {name: [vars(line) for line in lines] for name, lines in self.parts.items()}
        return {**vars(self), "day": self.day.isoformat(), "parts": parts}


def brief(profile: Profile, row: Row, moment: Timing | None, seen: Sequence[Seen], day: date) -> Brief:
    """Return the brief on one company of a shortlist."""
    by_id = {one.event.id: one for one in seen}
    voice = {
        slot: [v for v in profile.voice if v.slot == slot] for slot in ("pain", "objection", "alternative", "urgency")
    }
    now = tuple(_why_now(worth, by_id) for worth in (moment.events if moment else ())[:MOST])
    parts = {
        "fit": tuple(_why_fit(profile, row))[:MOST],
        "now": now,
        "pain": tuple(_said(v) for v in (*voice["pain"], *voice["urgency"]))[:MOST],
        "who": tuple(_roles(profile))[:MOST],
        "say": tuple(_first_lines(profile, row, moment, by_id, voice["pain"]))[:MOST],
        "objections": tuple(_said(v) for v in (*voice["objection"], *voice["alternative"]))[:MOST],
        "unknown": tuple(_unknown(profile, row, moment, by_id))[: MOST + 2],
    }
    return Brief(row.company, row.name, row.place, row.fit, row.timing, day, parts, row.action)


def _why_fit(profile: Profile, row: Row) -> Iterator[Line]:
    for reason in filter(None, (part.strip() for part in row.why_fit.split(";"))):
        line = next((c for c in profile.criteria if reason.casefold().startswith(c.attribute.casefold())), None)
        inside = line.evidence.inside if line else None
        if line and inside:
            source = f"profile: won {inside.won} of {inside.n} ({inside.rate:.0%}) with it; {line.evidence.verdict}"
        else:
            source = "profile: a person's criterion, not judged by data" if line else "the company's score"
        besides = [text.rstrip(".") for text in ((line.why, line.how_we_help) if line else ()) if text]
        yield Line(". ".join((reason, *besides)), source)


def _why_now(worth: Worth, by_id: Mapping[str, Seen]) -> Line:
    event = by_id[worth.event].as_judged
    best = event.best
    more = len(event.sources) - 1
    told = f"{best.source}, {_when(event)}, seen {event.first_seen_at:%d %B %Y}" + (
        f", and {more} more source{'s' if more > 1 else ''}" if more else ""
    )
    conflict = f" Sources disagree: {'; '.join(event.conflicts)}." if event.conflicts else ""
    against = "Against calling now: " if worth.points < 0 else ""
    words = f"{against}{worth.kind.capitalize()}: {worth.summary.rstrip('.')}.{conflict}"
    weighed = f"worth {worth.points:+.1f} today: {worth.why}"
    return Line(
        words, f"{told}; {worth.judged}; {weighed}", best.quote if best.quote != worth.summary else "", best.url
    )


def _when(event: Event) -> str:
    return f"{event.happened_on:%d %B %Y}" if event.happened_on else event.when


def _said(voice: Voice) -> Line:
    seen = f"; said by {voice.best.seen} of {voice.best.n} best customers" if voice.best else ""
    quote = voice.quotes[0].text if voice.quotes else ""
    return Line(voice.phrase, f"profile: {voice.strength}, {voice.verdict}{seen}", quote)


def _roles(profile: Profile) -> Iterator[Line]:
    for role in profile.committee:
        won = f"in {role.won.seen} of {role.won.n} won deals" if role.won else "named by a person"
        yield Line(role.role, f"profile: {won}; {role.verdict}")


def _first_lines(
    profile: Profile, row: Row, moment: Timing | None, by_id: Mapping[str, Seen], pains: Sequence[Voice]
) -> Iterator[Line]:
    """Yield openings put together from what has a source: the event, a customer's words, how we help."""
    best = next((w for w in (moment.events if moment else ()) if w.points > 0), None)
    who = row.name or row.company
    if best:
        event = by_id[best.event].as_judged
        trigger = next(
            (t for t in profile.triggers if t.why and t.kind.partition(":")[0].strip().casefold() in best.kind), None
        )
        why = f"; it matters because: {trigger.why}" if trigger else ""  # for the caller, not for the one who is called
        quote = event.best.quote if event.best.quote != best.summary else ""
        source = f"{event.best.source}, {_when(event)}{why}"
        yield Line(_opening(who, best.kind, best.summary), source, quote, event.best.url)
    for pain in pains[:1]:
        yield Line(f"Companies like {who} tell us: “{_quoted(pain)}”. Is that so for you?", "profile: customers' words")
    for line in profile.criteria:
        if line.how_we_help and line.attribute.casefold() in row.why_fit.casefold():
            yield Line(line.how_we_help, f"profile: how we help, {line.attribute}")
            break


def _opening(who: str, kind: str, summary: str) -> str:
    if kind == "job posted":
        return f"I saw that {who} is looking for: {summary}."
    return f"I saw this about {who}: {summary.rstrip('.')}."


def _quoted(voice: Voice) -> str:
    return (voice.quotes[0].text if voice.quotes else voice.phrase).rstrip(".")


def _unknown(profile: Profile, row: Row, moment: Timing | None, by_id: Mapping[str, Seen]) -> Iterator[Line]:
    for attribute in filter(None, (part.strip() for part in row.unknown.split(";"))):
        line = next((c for c in profile.criteria if c.attribute.casefold() == attribute.casefold()), None)
        yield Line(attribute + (f": {line.verify}" if line and line.verify else ""), "not in the table of companies")
    if not moment or not any(w.points > 0 for w in moment.events):
        yield Line("a reason to call today", "no event that counts was seen")
    unsure = [by_id[w.event].event.summary for w in (moment.events if moment else ()) if w.judged.startswith("not yet")]
    if unsure:
        yield Line(f"whether this is so: {'; '.join(unsure[:MOST])}", "nobody has confirmed it yet")
    for name, lines in (("committee", profile.committee), ("what customers say", profile.voice)):
        if not lines:
            yield Line(name, "not in the profile")


def as_markdown(one: Brief) -> str:
    """Return a brief as Markdown."""
    return _page("brief.md.jinja", one)


def as_html(one: Brief) -> str:
    """Return a brief as one HTML page that needs no network."""
    return _page("brief.html.jinja", one)


def _page(template: str, one: Brief) -> str:
    environment = Environment(
        loader=PackageLoader("idealfit", "briefs"),
        autoescape=select_autoescape(("html.jinja",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["md"] = _plain_markdown
    environment.filters["link"] = lambda url: url if url.startswith(("https://", "http://")) else ""
    return environment.get_template(template).render(brief=one, headings=HEADINGS)


def _plain_markdown(text: str) -> str:
    r"""Return text on one line in which nothing is markup.

    >>> print(_plain_markdown("a *b* [c](javascript:x)"))
    a \*b\* \[c\](javascript:x)
    """
    return re.sub(r"([\\`*_\[\]<>|#])", r"\\\1", " ".join(str(text).split()))
