"""What on the pages of a site answers a question: one reader for each subject, each with the words that prove it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from idealfit.profile.vocabulary import vocabulary
from idealfit.watch.keeping import Kept
from idealfit.watch.locations import Locations, Told, distinct, told
from idealfit.watch.page_text import kinds_of
from idealfit.watch.questions import SITE_PARTS, Question
from idealfit.watch.roles import is_role
from idealfit.watch.said_places import stated_counts
from idealfit.watch.sites import WANTED, Purpose, SiteRead, leads_to, purposes_of, site_of
from idealfit.watch.technologies import Rules, detect_in
from idealfit.watch.towns import is_town
from idealfit.watch.verdicts import SHOWN_QUOTES, Answer, Boards, Quote, answer, judged, quote_of, unread
from idealfit.watch.whose_places import own_lines


def places_proof(question: Question, site: SiteRead) -> Answer:
    """Return the answer to a question on how many places the company has, or whether it has one somewhere."""
    read: list[Told] = []
    at: dict[str, Kept] = {}
    for kept in site.readable():
        read.append(told(kept.page))
        for quote in (
            place.quote
            for part in (read[-1].own, read[-1].unposted, read[-1].named, read[-1].further)
            for place in part
        ):
            at.setdefault(quote, kept)
    if question.about:
        return _located(question, site, at)
    places = distinct(read)
    named = places.named if len(places.named) > len(places.doors) else ()
    shown = [one.quote for part in (named, places.doors, places.further) for one in part]
    quotes = tuple(dict.fromkeys(quote_of(at[quote], quote) for quote in shown if quote in at))
    lacking = unread(site, "contact") or (
        "" if site.for_purpose("contact") else "no page with contacts or locations was read"
    )
    if not places.counted:  # every company is somewhere: these pages show it in a way that cannot be read
        lacking = lacking or "no address could be read"
    said = _stated(question, site)
    if places.unread and not lacking and not (said and said.count == places.counted):
        lacking = f"not all was read that may be places: “{places.unread[0][:80]}”"
    if said is not None and (said.count or 0) > places.counted:
        return _with_stated(question, said, places, quotes, lacking)
    what = "distinct address" + ("" if places.counted == places.most == 1 else "es")
    what = "places by name" if named else what
    if places.others and not lacking and not question.holds(places.counted):
        what += f" of its own, and {len(places.others)} where others, closed or planned ones are listed"
    return judged(question, places.counted, places.most, what, quotes, lacking=lacking)


def _stated(question: Question, site: SiteRead) -> Answer | None:
    """Return the most places that the company itself says it has, of what is asked for by that name, as a yes."""
    asked = question.criterion.casefold()
    found: list[Answer] = []
    for kept in site.readable():
        for number, name, quote in stated_counts(kept.page, own_lines(kept.page)[0]):
            if re.search(rf"\b(?:locations?|sites?|{name.removesuffix('s')}|{name})\b", asked):
                said = f"the site says: {number:,} {name}"
                found.append(answer(question, "yes", said, quotes=(quote_of(kept, quote),), count=number))
    return max(found, key=lambda one: one.count or 0, default=None)


def _with_stated(
    question: Question, said: Answer, places: Locations, quotes: tuple[Quote, ...], lacking: str
) -> Answer:
    """Return the answer where the company says a number greater than what is listed.

    What is said may be old or round: it is good for "more than", and not for "at most" or "exactly".
    """
    if question.at_most is None and question.holds(said.count or 0):
        return said
    listed = f"{said.reason}; {places.counted} are listed"
    found = {"quotes": said.quotes + quotes[:SHOWN_QUOTES], "count": said.count}
    if question.at_most is not None and places.counted > question.at_most:
        return answer(question, "no", listed, **found)
    sure = question.at_most is None and not lacking and not question.holds(places.most)
    return answer(question, "no" if sure else "unknown", listed + f"; {lacking}" * bool(lacking), **found)


def _s(count: int) -> str:
    return "" if count == 1 else "s"


def _is_wide(place: str) -> bool:
    """Return whether a place is a country, a region or a state, or nothing known for a town."""
    known = (vocabulary().countries, vocabulary().regions, vocabulary().states)
    return not is_town(place) or any(place.casefold() in names.meaning for names in known)


def _located(question: Question, site: SiteRead, at: dict[str, Kept]) -> Answer:
    """Answer whether there is a place in a country or town: an address near its name; no is only said of a town."""
    wanted = question.about.casefold()
    quotes = []
    for kept in site.readable():
        text = " ".join(kept.page.text.split())
        here = {place: text.find(place) for place, where in at.items() if where is kept and place in text}
        for place, begin in here.items():
            end = begin + len(place)
            next_one = min((other for other in here.values() if other >= end), default=len(text))
            after = re.split(r"\d", text[end : min(end + 60, next_one)], maxsplit=1)[
                0
            ]  # a town may follow its postcode
            if re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", f"{place}{after}".casefold()):
                quotes.append(quote_of(kept, place))
        if not quotes:
            lines = [line for line in kept.page.lines if line.casefold() == wanted]
            quotes += [
                quote_of(kept, line) for line in lines if purposes_of(kept.page.url, kept.page.title) & {"contact"}
            ]
    if quotes:
        return answer(question, "yes", f"an address in {question.about}", quotes=tuple(quotes[:SHOWN_QUOTES]))
    lacking = unread(site, "contact") or ("" if site.for_purpose("contact") else "no page with locations was read")
    if not lacking and _is_wide(question.about):
        lacking = "addresses seldom say in which country or state they are"  # "Toronto, ON" is in Canada
    if lacking:
        return answer(question, "unknown", f"no address in {question.about} was seen; {lacking}")
    return answer(question, "no", f"no address in {question.about} on the pages with locations")


_USES = (
    r"\b(?:we|our (?:team|stack|company)|you(?:'ll| will)?)\b[^.\n]{0,60}\b(?:us(?:e|es|ing)|runs? on|work(?:s|"
    r"ing)? (?:with|in)|built (?:on|with)|rely on)\b[^.\n]{0,80}"
)
_DENIED = re.compile(
    r"\b(?:not|no|never|without|don't|doesn't|isn't|aren't|nor|unlike|instead of|alternative to|compared (?:to|"
    r"with)|vs\.?|"
    r"versus|migrat\w+ (?:from|off)|replac\w+|switch\w* from|integrat\w+|connect\w*|competitor|planned|planning|"
    r"coming soon|in progress|working towards?|roadmap|pursuing|aim(?:s|ing)? (?:for|to)|preparing|expect\w*)\b",
    re.IGNORECASE,
)


def technology_proof(question: Question, site: SiteRead, boards: Boards, rules: Rules) -> Answer:
    """Return the answer to a question on what the company uses."""
    chosen = rules.named(question.about)
    names = {technology.name for technology in chosen}
    for kept in site.readable():
        hits = [found for found in detect_in(kept, Rules(chosen)) if found.name in names]
        if hits:
            said = f"{hits[0].name}, shown by the {hits[0].where} of the page"
            return answer(question, "yes", said, quotes=tuple(quote_of(kept, hit.quote) for hit in hits))
    name = re.compile(rf"(?<![\w-]){re.escape(question.about)}(?![\w-])", re.IGNORECASE)
    hints: list[Quote] = []
    for job, kept in boards.jobs:
        if name.search(job.title):
            return answer(question, "yes", "a job posting names it in its title", quotes=(quote_of(kept, job.title),))
    postings = {kept.sha256: kept for _, kept in boards.jobs}
    for kept in (*site.readable(), *postings.values()):
        for line in kept.page.lines:
            hit = name.search(line)
            if not hit:
                continue
            uses = re.search(_USES + name.pattern, line, re.IGNORECASE)
            if uses and not _DENIED.search(line[max(0, uses.start() - 30) : uses.end() + 20]):
                return answer(question, "yes", "the company says so", quotes=(quote_of(kept, _around(line, hit)),))
            hints.append(quote_of(kept, _around(line, hit)))
    hint = f"; it is mentioned: “{hints[0].text}”" if hints else ""
    home_read = bool(site.for_purpose("home")) and not site.unread("home")
    if chosen and all(technology.shows for technology in chosen) and home_read and not hints:
        return answer(question, "no", "whoever uses it shows it on the home page, and this one does not")
    known = "a site need not show it" if chosen else "there is no rule for it"
    return answer(
        question, "unknown", f"not seen on {len(site.pages)} pages, but {known}{hint}", quotes=tuple(hints[:2])
    )


def _around(line: str, hit: re.Match[str], most: int = 240) -> str:
    """Return the sentence around a hit, or as much of it as is short enough."""
    begin = max(line.rfind(". ", 0, hit.start()) + 2, hit.start() - most // 2) if hit.start() else 0
    begin = 0 if line.rfind(". ", 0, hit.start()) < 0 and hit.start() < most // 2 else begin
    end = line.find(". ", hit.end())
    end = min(end + 1 if end >= 0 else len(line), hit.end() + most // 2)
    return line[begin:end].strip()


def people_proof(question: Question, site: SiteRead) -> Answer:
    """Return the answer to a question on how many people have a role."""
    quotes: dict[tuple[str, str], Quote] = {}
    for kept in site.for_purpose("team", "about", "contact"):
        lines = kept.page.lines
        for number, line in enumerate(lines):
            if len(line) <= 90 and is_role(question.about, line) and not _DENIED.search(line) and _is_a_title(line):
                before = lines[number - 1] if number else ""
                quotes.setdefault((before, line), quote_of(kept, line))
    count = len(quotes)
    lacking = unread(site, "team") or ("" if site.for_purpose("team") else "no page that shows the team was read")
    return judged(question, count, count, f"people shown as {question.about}", tuple(quotes.values()),
                   lacking=lacking or "a team page need not show everybody")  # fmt: skip


def _is_a_title(line: str) -> bool:
    """Return whether a short line reads as somebody's title and not as a sentence or a job that is open."""
    return not re.search(
        r"[.!?]$|\b(?:hiring|apply|open|join|wanted|job|vacancy|we|our|your|with|board of|meet|team)\b",
        line,
        re.IGNORECASE,
    )


_NOT = re.compile(r"\b(?:not|no|never|isn't|aren't|don't|doesn't|without)\b", re.IGNORECASE)


def words_proof(question: Question, site: SiteRead) -> Answer:
    """Return the answer to a question on words that stand on its pages."""
    wanted = re.sub(r"(?:\\ |\s)+", r"[\\s-]*", re.escape(question.about))
    pattern = re.compile(rf"(?<!\w){wanted}(?!\d|[a-z]{{3,}})", re.IGNORECASE)
    quotes: list[Quote] = []
    doubtful: list[Quote] = []
    for kept in site.readable():
        for line in dict.fromkeys((kept.page.title, *kept.page.lines)):
            hit = pattern.search(line)
            if hit:
                sentence = _around(line, hit)
                denied = question.claimed and bool(_DENIED.search(sentence))
                (doubtful if denied else quotes).append(quote_of(kept, sentence))
    against = [quote for quote in doubtful if _NOT.search(quote.text)]
    if quotes and against:
        return answer(
            question, "unknown", "the pages say it and deny it", quotes=(*against[:3], *quotes[: SHOWN_QUOTES - 3])
        )
    if quotes:
        where = f"it stands on {len({q.url for q in quotes})} of the {len(site.pages)} pages read"
        return answer(question, "yes", where, quotes=tuple(quotes[:SHOWN_QUOTES]))
    if doubtful:
        return answer(
            question, "unknown", "it is mentioned, but not as something the company has", quotes=tuple(doubtful[:3])
        )
    lacking = unread(site, *WANTED["words"], "home")
    if not lacking and not any(True for _ in site.readable()):
        lacking = "no page could be read"
    if not lacking and not site.for_purpose("home"):
        lacking = "the home page was not read"
    if not lacking and not (
        site.for_purpose("trust") if question.claimed or _COMPLIANCE.search(question.about) else site.whole
    ):
        lacking = "there may be pages that were not read"
    if lacking:
        return answer(question, "unknown", f"not seen on {len(site.pages)} pages; {lacking}")
    return answer(question, "no", f"not on any of the {len(site.pages)} pages that would say it")


_COMPLIANCE = re.compile(
    r"\b(?:soc|iso|hipaa|gdpr|pci|fedramp|ccpa|hitrust|star|tisax|nis ?2|dora|certifi\w+|complian\w+|security|"
    r"privacy|encrypt\w+)\b",
    re.IGNORECASE,
)


def page_proof(question: Question, site: SiteRead) -> Answer:
    """Return the answer to a question on a page that the site has."""
    wanted = [] if SITE_PARTS.fullmatch(question.about) else sorted(purposes_of("", question.about) - {"other"})
    one = re.sub(r"(?:ies|y|s)$", "", question.about)  # case study, case studies
    name = re.compile(rf"\b{re.escape(one)}(?:ies|y|s)?\b", re.IGNORECASE)
    for kept in site.readable():
        title = next((t for t in re.split(r"\s[|–—:·-]\s", kept.page.title) if _called(t, wanted, name)), "")
        if title or (kept.page.title and leads_to(kept.page.url, wanted, name)):
            return answer(question, "yes", "this page is one", quotes=(quote_of(kept, title or kept.page.title),))
    links = [(link, kept) for kept in site.readable() for link in kept.page.links if link.words]
    called = ((link, kept) for link, kept in links if _called(link.words, wanted, name))
    near = (
        (link, kept)
        for link, kept in links
        if not urlsplit(link.url).netloc or site_of(link.url) == site_of(kept.page.url)
    )
    led = ((link, kept) for link, kept in near if leads_to(link.url, wanted, name))
    for link, kept in (*called, *led):  # words first: they prove it to a person, too
        return answer(question, "yes", f"a link leads to {link.url}", quotes=(quote_of(kept, link.words),))
    if not site.for_purpose("home") or site.unread("home"):
        return answer(question, "unknown", "the home page was not read")
    if not wanted:
        return answer(
            question, "unknown", f"no link on the {len(site.pages)} pages read, but it may be led to elsewhere"
        )
    return answer(question, "no", f"no link on the {len(site.pages)} pages read leads to one")


def _called(words: str, wanted: Sequence[Purpose], name: re.Pattern[str]) -> bool:
    """Return whether a few words name a page of this kind; in a sentence they only speak of it."""
    return len(words.split()) <= 5 and bool(name.search(words) or set(wanted) & purposes_of("", words))


_STAFF = re.compile(
    r"\b(?:more than |over |about |around |some |nearly |almost |approximately )?(\d[\d,.]*\d|\d)\s*\+?\s+"
    r"(?:full[- ]time |dedicated |talented )?(?:employees|people|team members|colleagues|staff|professionals|"
    r"co-?workers)\b|"
    r"\b(?:team|staff|workforce) of (?:more than |over |about )?(\d[\d,.]*)",
    re.IGNORECASE,
)


def stated_headcount(kept: Kept) -> list[tuple[int, Quote]]:
    """Return how many people a page says there are, each time it says so, with the words."""
    stated: list[tuple[int, Quote]] = []
    for data in kept.page.data:
        if kinds_of(data) & {"Organization", "Corporation", "LocalBusiness"}:
            held = data.get("numberOfEmployees")
            value = held.get("value") if isinstance(held, dict) else held
            if str(value or "").isdecimal():
                stated.append((int(str(value)), quote_of(kept, str(value))))
    for line in kept.page.lines:
        hit = _STAFF.search(line)
        if hit:
            stated.append((int(re.sub(r"\D", "", hit[1] or hit[2]) or 0), quote_of(kept, _around(line, hit))))
    return stated


def employees_proof(question: Question, site: SiteRead) -> Answer:
    """Return the answer to a question on how many people it says it employs."""
    stated = [found for kept in site.readable() for found in stated_headcount(kept)]
    if not stated:
        return answer(question, "unknown", "no page says how many they are")
    verdicts = {question.holds(number) for number, _ in stated}
    quotes = tuple(quote for _, quote in stated[:SHOWN_QUOTES])
    numbers = ", ".join(str(number) for number in dict.fromkeys(number for number, _ in stated))
    if len(verdicts) > 1:
        return answer(question, "unknown", f"the pages contradict each other: {numbers}", quotes=quotes)
    return answer(
        question, "yes" if verdicts == {True} else "no", f"{numbers} stated", quotes=quotes, count=stated[0][0]
    )
