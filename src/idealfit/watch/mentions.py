"""One telling of a fact by one source, and what a headline tells: which kind of event, and the facts that mark it.

A mention keeps two dates: when the thing happened (as far as the source says) and when we saw it said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from idealfit.watch.roles import stems

if TYPE_CHECKING:
    from idealfit.watch.feeds import Strength


@dataclass(frozen=True)
class Mention:
    """What one source says once.

    `key` is the source's own name for it (a job's id, an accession number), under which it is known again; `natural`
    is a name of the event itself that other sources may share (``job:greenhouse:12``); empty where there is none.
    `facts` are what marks the event apart: amount, round, role, place, product, target, count.
    """

    company: str
    kind: str
    summary: str
    source: str
    key: str
    seen_at: datetime
    happened_on: date | None = None
    url: str = ""
    quote: str = ""
    sha256: str = ""
    strength: Strength = "article"
    natural: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The same for the same telling, however often it is read."""
        return sha256("\x1f".join((self.source, self.company, self.kind, self.key)).encode()).hexdigest()[:24]


KINDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"(?:{words})", re.IGNORECASE))
    for kind, words in (
        ("layoffs", r"\blay(?:s|ing)? ?offs?\b|\blaid off\b|\bjob cuts?\b|\bcut(?:s|ting)? .{0,25}\b(?:jobs|staff|"
                    r"workforce|"
                    r"positions|roles)\b|\breduc\w+ .{0,20}\b(?:workforce|headcount|staff)\b|\bredundanc|\bshed\w* "
                    r".{0,15}jobs|"
                    r"\blet(?:ting)? go\b.{0,20}\b(?:employees|staff|people)|\bstaff reduction"),
        ("hiring freeze", r"\bhiring freeze\b|\bfreez\w+ hiring\b|\bpaus\w+ hiring\b"),
        ("bankruptcy", r"\bbankrupt|\binsolven|\bchapter 11\b|\breceivership\b"),
        ("incident", r"\bdata breach\b|\bbreached\b|\boutage\b|\brecall(?:s|ed)?\b|\bransomware\b|\bhacked\b|"
                     r"\bcyber ?attack"),
        ("funding", r"\b(?:raise[sd]?|raising|secur\w+|land(?:s|ed)|clos(?:es|ed)|bags?|bagged|nets?|netted|pulls "
                    r"in|picks up|"
                    r"announc\w+|gets?|receiv\w+|attract\w+|completes?|wins?|scor\w+|snag\w+|pour(?:s|ed)?)\b.{0,60}?"
                    r"(?:[$€£]\s?\d|\b(?:seed|series [a-h]\b|funding|financing|investment|growth capital)|"
                    r"\d+(?:\.\d+)?\s?(?:m|mn|million|bn|billion)\b)|"
                    r"\b(?:series [a-h]|seed|funding|financing) (?:round|funding|financing|raise)\b|\bled "
                    r"by\b.{0,40}\b(?:capital|ventures|"
                    r"partners)\b|\bfunding of\b|\binvests? (?:[$€£]|\d)"),
        ("acquisition", r"\bacquir\w+|\bacquisition\b|\bbuy(?:s|ing)?\b|\bbought\b|\btakeover\b|\btakes over\b|"
                        r"\bmerg(?:e|es|er|ing|ed)\b|\bsnaps up\b"),
        ("executive departure", r"\b(?:step(?:s|ped|ping)? down|resign\w*|depart\w*|leav(?:es|ing)|exits?|"
                                r"retir\w+|ousted|quits)\b.{0,60}|"
                                r"\b(?:ceo|cfo|cto|coo|cro|cmo|chief|president|vp|vice president|head "
                                r"of)\b.{0,40}\b(?:leaves|out|exit)\b"),
        ("new executive", r"\b(?:appoint\w*|hires?|hired|names?|named|taps?|tapped|welcom\w+|promot\w+|"
                          r"brings? (?:on|in)|joins? (?:as|.{2,30} as)|"
                          r"new)\b.{0,70}?\b(?:c[a-z]o\b|chief|president|vp\b|vice president|head of|general "
                          r"counsel|managing director|"
                          r"general manager)|\bas (?:its |the |their )?(?:new |first )?(?:c[a-z]o\b|chief|"
                          r"president|vp\b|vice president|head of)"),
        ("expansion", r"\bexpand\w*|\bexpansion\b|\bopen(?:s|ed|ing)?\b.{0,40}\b(?:office|hub|headquarters|hq|"
                      r"location|store|plant|factory|site|"
                      r"branch|facility|warehouse|cent(?:er|re)|showroom|campus)|\bnew (?:office|hub|headquarters|"
                      r"hq|location|plant|store|branch|facility)\b|"
                      r"\benters?\b.{0,30}\bmarket|\bsets? up (?:shop|an? office)"),
        ("product launch", r"\blaunch\w*|\bunveil\w*|\bintroduc\w+|\breleas(?:es|ed|ing)\b|\bdebut\w*|"
                           r"\brolls? out\b|\bnow available\b|"
                           r"\bgeneral availability\b|\bships\b|\bannounces (?:the )?(?:availability|launch)"),
        ("partnership", r"\bpartner\w*|\balliance\b|\bteams up\b|\bjoin forces\b|\bcollaborat\w+|"
                        r"\bintegrat\w+ with\b"),
        ("regulation", r"\bfined?\b|\bregulator|\blawsuit\b|\bsued\b|\bsettle\w*\b|\binvestigation\b"),
        ("results", r"\b(?:quarterly|annual|q[1-4]|full[- ]year) (?:results|earnings|revenue)|\bmiss(?:es|"
                    r"ed)\b.{0,20}(?:target|forecast|estimates)"),
    )
)  # fmt: skip
"""Kinds of events that headlines tell of, the first that fits; the order settles what fits several."""

PEOPLE_KINDS = frozenset({"new executive", "executive departure"})
"""Kinds of events that are about somebody, who has a name."""

_DENIED = re.compile(
    r"\b(?:den(?:y|ies|ied)|rumou?r\w*|speculat\w+|how to|why|guide|what is|tips|could|may|might|plans? to|"
    r"in talks)\b|\?\s*$|^(?:is|are|was|should|can|does|did)\b",
    re.I,
)
_MARKET_TALK = re.compile(
    r"\b(?:price targets?|insider (?:buy|sell|trad)\w*|(?:buys?|bought|sells?|sold|acquires?|acquired|raises?) "
    r"(?:[\d,.]+|stake|position|holdings?)(?: \w+){0,2} shares|(?:stock|shares?) (?:price|rises?|rally|"
    r"falls?|jumps?|drops?|slides?|surges?|soars?|plunges?|gains?|dips?|climbs?|tumbles?|up|down)|analysts?|(?:buy|sell|hold|strong|"
    r"outperform|overweight|neutral) rating|(?:up|down)graded (?:to|by|at)|short interest|market cap)\b",
    re.I,
)
"""Talk of a share's price: its raises, buys and targets are no doing of the company."""
_MONEY = re.compile(
    r"(?P<cur>US\$|[$€£¥]|\b(?:USD|EUR|GBP|CHF)\s?)?\s?(?P<num>\d[\d,]*(?:\.\d+)?)\s?-?(?P<unit>k|m|mn|mio|"
    r"million|millionen|bn|b|billion)?\b"
    r"(?:\s?-?(?P<after>US dollars|dollars?|euros?|pounds?|USD|EUR|GBP|CHF))?",
    re.IGNORECASE,
)
_UNITS = {
    "k": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "mio": 1e6,
    "million": 1e6,
    "millionen": 1e6,
    "b": 1e9,
    "bn": 1e9,
    "billion": 1e9,
}
_ROUND = re.compile(
    r"\b(?:series\s+([a-h])\b(?:[-\s]?(?:1|2|ii|extension))?|(pre-?seed|seed)(?![a-z])|(growth|bridge|debt|"
    r"mezzanine)\s+(?:round|funding|financing|equity))",
    re.I,
)
_EXECUTIVE = re.compile(
    r"\b((?:interim |acting |first |new )?(?:chief [a-z]+(?: [a-z]+)? officer|c[a-z]o\b|(?:senior |executive "
    r")?(?:vp|vice president)(?:,? (?:of )?[a-z&]+)?|"
    r"president(?! of)|head of [a-z]+(?: [a-z]+)?|general counsel|managing director|general manager|chair(?:man|"
    r"woman|person)?))",
    re.IGNORECASE,
)
_WHERE = re.compile(
    r"\b(?:in|into|to|at|across)\s+(?:the\s+)?((?:[A-ZÀ-Ý][\w'’.-]+)(?:[ -](?:[A-ZÀ-Ý][\w'’.-]+)){0,2})"
)
_PEOPLE = re.compile(r"\b(\d[\d,]*)\s?(%|per ?cent|percent|jobs|employees|people|workers|staff|positions|roles)", re.I)
_TARGET = re.compile(
    r"\b(?i:acqui(?:res?|red|ring|sition of)|buys?|bought|buying|takes over|takeover of|merges? with|merger with|"
    r"snaps up|partners? with|partnership with|"
    r"teams up with|alliance with|collaborat\w+ with)\s+(?i:the\s+|startup\s+|rival\s+|"
    r"maker\s+)*((?:[A-Z0-9][\w'’.&-]*)(?:\s+(?:[A-Z0-9][\w'’.&-]*)){0,3})"
)
_PRODUCT = re.compile(
    r"[“\"‘']([^”\"’']{2,40})[”\"’']|\b(?:[Ll]aunch\w*|[Uu]nveil\w*|[Ii]ntroduc\w+|[Rr]eleas\w+|[Dd]ebut\w*|"
    r"[Rr]olls? out|[Aa]vailability of|[Ll]aunch of)\s+(?:its\s+|the\s+|new\s+|an?\s+)*"
    r"((?:[A-Z0-9][\w'’.+-]*)(?:\s+(?:[A-Z0-9][\w'’.+-]*)){0,3})"
)


def kind_of(text: str) -> str:
    """Return which kind of event a headline tells, or an empty text.

    >>> kind_of("Acme secures 20 million euros in Series B financing"), kind_of("Ten tips for a good roof")
    ('funding', '')
    >>> kind_of("Acme names Jane Roe chief financial officer"), kind_of("Acme opens office in Lyon")
    ('new executive', 'expansion')
    """
    told = telling(text)
    return told[0] if told else ""


def telling(text: str) -> tuple[str, re.Match[str]] | None:
    """Return which kind of event a headline tells and where it does so, or None.

    >>> telling("Acme opens office in Lyon")[1][0], telling("Acme price target raised to $14")
    ('opens office', None)
    """
    if _DENIED.search(text) or _MARKET_TALK.search(text):
        return None
    hits = ((kind, words.search(text)) for kind, words in KINDS)
    return next(((kind, hit) for kind, hit in hits if hit), None)


def facts_in(text: str, kind: str, company: str = "") -> dict[str, str]:
    """Return the facts in a headline that mark an event of this kind apart from others of the kind.

    >>> facts_in("Acme raises €20M in Series B", "funding")
    {'amount': '20000000', 'currency': 'EUR', 'round': 'series b'}
    >>> facts_in("Acme names Jane Roe as CFO", "new executive")
    {'role': 'chief financial officer'}
    """
    if kind == "funding":
        return {**_money(text), **_round(text)}
    if kind in PEOPLE_KINDS:
        role = _EXECUTIVE.search(text)
        return {"role": _role(role[1])} if role else {}
    if kind in ("layoffs", "hiring freeze"):
        count = _PEOPLE.search(text)
        unit = "share" if count and count[2].lower() in ("%", "percent", "per cent") else "count"
        return {unit: count[1].replace(",", "")} if count else {}
    if kind == "expansion":
        places = [
            p for p in (hit[1].strip(" .'’") for hit in _WHERE.finditer(text)) if p.casefold() != company.casefold()
        ]
        return {"place": places[-1].casefold()} if places else {}
    if kind in ("acquisition", "partnership"):
        target = _TARGET.search(text)
        return {"target": _name(target[1])} if target else {}
    if kind == "product launch":
        product = _PRODUCT.search(text)
        return {"product": _name(product[1] or product[2])} if product else {}
    return {}


def _money(text: str) -> dict[str, str]:
    for hit in _MONEY.finditer(text):
        if not (hit["cur"] or hit["unit"] or hit["after"]):
            continue
        number = float(hit["num"].replace(",", "")) * _UNITS.get((hit["unit"] or "").lower(), 1.0)
        if number < 1e4:
            continue
        mark = f"{hit['cur'] or ''} {hit['after'] or ''}".lower()
        signs = (
            ("EUR", ("€", "eur")),
            ("GBP", ("£", "gbp", "pound")),
            ("CHF", ("chf",)),
            ("USD", ("$", "usd", "dollar")),
        )
        currency = next((code for code, marks in signs if any(sign in mark for sign in marks)), "")
        return {"amount": f"{number:.0f}"} | ({"currency": currency} if currency else {})
    return {}


def _round(text: str) -> dict[str, str]:
    hit = _ROUND.search(text)
    if not hit:
        return {}
    return {
        "round": f"series {hit[1].lower()}" if hit[1] else (hit[2] or hit[3]).lower().replace("preseed", "pre-seed")
    }


_LONG = {"vp": "vice president", "svp": "senior vice president", "evp": "executive vice president"}
_CHIEFS = {
    "ceo": "chief executive officer", "cfo": "chief financial officer", "cto": "chief technology officer",
    "coo": "chief operating officer", "cmo": "chief marketing officer", "cro": "chief revenue officer",
    "cio": "chief information officer", "ciso": "chief information security officer", "cpo": "chief product officer",
    "cco": "chief commercial officer", "cdo": "chief data officer", "cso": "chief strategy officer",
}  # fmt: skip


def _role(text: str) -> str:
    """Return a role in one way of writing, whichever it came in.

    >>> _role("CFO"), _role("new Chief Financial Officer"), _role("VP of Sales"), _role("Vice President, Sales")
    ('chief financial officer', 'chief financial officer', 'vice president sales', 'vice president sales')
    """
    words = re.sub(r"[^a-z& ]+", " ", text.lower()).split()
    words = [w for w in words if w not in ("new", "first", "of", "interim", "acting", "the")]
    return " ".join(_CHIEFS.get(word, _LONG.get(word, word)) for word in words)


def _name(text: str) -> str:
    words = [w for w in re.findall(r"[\w&+.-]+", text.casefold()) if w not in _EMPTY]
    return " ".join(words[:4]).strip(".")


_EMPTY = frozenset(
    "the a an its new and for in of to with by inc ltd gmbh corp llc startup maker platform software company "
    "says said today".split()
)


def alike(one: str, other: str) -> float:
    """Return how alike two short texts are: the share of their words that both have, from 0 to 1.

    >>> alike("Acme Cloud 2", "acme cloud"), alike("roof", "door")
    (0.67, 0.0)
    """
    first, second = stems(one), stems(other)
    return round(len(first & second) / len(first | second), 2) if first | second else 0.0
