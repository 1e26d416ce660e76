"""Roles and titles: what counts as "a data engineering role" or "an SDR", however the title is written."""

from __future__ import annotations

import re

_LONG = {
    "sdr": "sales development representative", "bdr": "business development representative", "ae": "account executive",
    "csm": "customer success manager", "am": "account manager", "swe": "software engineer", "qa": "quality assurance",
    "hr": "human resources", "pm": "product manager", "vp": "vice president", "svp": "senior vice president",
    "evp": "executive vice president", "ceo": "chief executive officer", "cfo": "chief financial officer",
    "cto": "chief technology officer", "coo": "chief operating officer", "cmo": "chief marketing officer",
    "cro": "chief revenue officer", "cio": "chief information officer", "ciso": "chief information security officer",
    "cpo": "chief product officer", "chro": "chief human resources officer", "sre": "site reliability engineer",
    "revops": "revenue operations", "devops": "development operations", "ml": "machine learning", "md": "managing "
    "director",
    "ai": "artificial intelligence", "it": "information technology", "ux": "user experience", "rep": "representative",
    "reps": "representative", "dev": "developer", "eng": "engineer", "mgr": "manager", "sr": "senior", "jr": "junior",
    "ops": "operations", "biz": "business", "exec": "executive", "admin": "administrator",
}  # fmt: skip
_ENDINGS = (
    "ations",
    "ation",
    "ings",
    "ing",
    "ers",
    "er",
    "ors",
    "or",
    "ists",
    "ist",
    "ments",
    "ment",
    "ics",
    "ies",
    "es",
    "s",
    "y",
)
_FILLER = frozenset(
    "a an the of for in at and or to new role roles job jobs position positions opening openings".split()
)
_WORD = re.compile(r"[a-z][a-z0-9+#.]*|\d+", re.IGNORECASE)

ROLE_NOUNS = (
    r"engineers?|developers?|managers?|directors?|representatives?|reps?|executives?|analysts?|scientists?|designers?|"
    r"consultants?|specialists?|recruiters?|architects?|administrators?|officers?|accountants?|lawyers?|attorneys?|nurses?|"
    r"doctors?|dentists?|agents?|brokers?|technicians?|associates?|advisors?|advisers?|coordinators?|leads?|presidents?|"
    r"partners?|founders?|sdrs?|bdrs?|aes?|csms?|ams?|vps?|c[a-z]os?|sres?|marketers?|salespeople|sellers?|teachers?|drivers?"
)
"""Words that name what a person does."""


def stems(title: str) -> frozenset[str]:
    """Return the words of a title that tell its role, short forms written out and endings cut.

    >>> stems("Data Engineering") == stems("Data Engineer"), stems("SDRs") == stems("Sales Development Representative")
    (True, True)
    """
    words: list[str] = []
    for word in _WORD.findall(title.replace("/", " ").replace("&", " and ")):
        low = word.lower().strip(".")
        long = _LONG.get(low) or (_LONG.get(low[:-1]) if low.endswith("s") else None)
        words += long.split() if long else [low]
    return frozenset(_stem(word) for word in words if word not in _FILLER)


def _stem(word: str) -> str:
    for _ in range(3):  # engineerings -> engineering -> engineer -> engine
        ending = next((e for e in _ENDINGS if word.endswith(e) and len(word) - len(e) >= 4), "")
        if not ending:
            break
        word = word.removesuffix(ending)
    return word


def is_role(wanted: str, title: str) -> bool:
    """Return whether a title is the wanted role: every word of the wish stands in it, in one form or another.

    >>> is_role("data engineering", "Senior Data Engineer (m/f/d)"), is_role("data engineering", "Software Engineer")
    (True, False)
    >>> is_role("SDR", "Sales Development Representative, EMEA"), is_role("sales", "Salesforce Administrator")
    (True, False)
    """
    asked = stems(wanted)
    return bool(asked) and asked <= stems(title)
