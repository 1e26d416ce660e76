"""Whether a headline tells of a company, or only names it; and what it says without the names of people.

Wires and searches bring whatever holds a name: a company with a longer name, a rival's round "as Acme looks on", a
founder's next venture. A headline counts where the company does it, or has it done to it, and its name ends there.
"""

from __future__ import annotations

import re

from idealfit.profile.legal_forms import without_forms
from idealfit.watch.mentions import KINDS, PEOPLE_KINDS, facts_in, telling

_SMALL = re.compile(r"^[\W_]*(?:$|[a-z0-9À-ÿ(]|[$€£])")
_GO_ON = re.compile(
    r"^\s+(?:To|And|Is|Are|Was|Has|Have|Will|In|On|At|For|With|Gets?|Gives?|Adds?|Says?|Sets?|Plans?|Moves?|Makes?|"
    r"Takes?|Wins?|Becomes?|Reports?|Posts?|Sees?|Beats?|Inks?|Signs?|Brings?|Picks?|Teams?|Board|Announces?|Appoints?|"
    r"Group(?= [A-Z]?[a-z]*s\b)|Staff|Workers|Employees|Layoffs?|Shares?|Stock|Co-?[Ff]ounder|Founder|Chief|"
    r"C[A-Z]{1,2}O|President|Chair\w*|VP|Vice|Head|General|Managing|Executive|Interim|Series|Seed|Funding|Data|IPO|Names|Hires|"
    r"Taps|Raises|Closes|Lands|Secures|Acquires|Buys|Launches|Unveils|Opens|Expands|Cuts|Lays|Partners|Merges)\b"
)
"""What may follow a company's name though it has a capital letter: else the name goes on, and is another company's."""

_VERB = re.compile("|".join(f"(?:{words.pattern})" for _, words in KINDS), re.IGNORECASE)
_OTHERS_AFTER = re.compile(
    r"^(?:['’]s)?\s+(?:rivals?|competitors?|alternatives?|challengers?|customers?|clients?|partners?(?! with)|users?|"
    r"investors?|backers?|alum\w*|veterans?|spin-?\w*|ex-\w+|(?:co-?)?founders?|supplier|vendor)\b",
    re.IGNORECASE,
)
_OTHERS_BEFORE = re.compile(
    r"\b(?:rivals?|competitors?|alternatives?|challengers?|customers?|clients?|partner|former|ex|alum\w*|founders?)"
    r"(?:\s+(?:of|to|at|from))?[\s-]+$",
    re.IGNORECASE,
)
_OBJECT = re.compile(
    r"\b(?:in|into|for|of|at|by|with|acquires?|acquiring|acquire|buys?|buy|joins?|joining|leaves|leaving|exits|"
    r"quits|sues?|fines?|names|hits?|takes over|snaps up|merges with)\s+(?:[\w-]+\s+){0,2}?$",
    re.IGNORECASE,
)
"""What stands before a company that something is done to; a word or two may say what it is ("startup")."""


def tells_of(title: str, name: str) -> bool:
    """Return whether a headline tells an event of the company of this name.

    >>> [tells_of(t, "Acme Inc.") for t in ("Acme raises $5M", "Acme Energy raises $5M", "Acme rival raises $5M")]
    [True, False, False]
    >>> [tells_of(t, "Acme") for t in ("Globex buys Acme", "Globex raises $5M as Acme looks on", "the acme of funding")]
    [True, False, False]
    """
    told = telling(title)
    bare = _without_form(name)
    if not told or not bare:
        return False
    kind, hit = told
    return any(
        _whole(title, at) and _does_it(title, at, kind, hit)
        for at in re.finditer(rf"(?<![\w-]){_as_written(bare, title)}(?![\w-])", title)
    )


def _without_form(name: str) -> str:
    """Return a company's name without its legal form, which headlines leave away."""
    words = name.split()
    left = without_forms([re.sub(r"\W", "", word).casefold() for word in words])
    whole = left == [re.sub(r"\W", "", word).casefold() for word in words[: len(left)]]
    return " ".join(words[: len(left)] if whole else words).rstrip(",")


def _as_written(name: str, title: str) -> str:
    """Return the pattern of a name: with its capitals, unless the headline is in capitals throughout."""
    loud = title.upper() == title or name.lower() == name
    return rf"(?i:{re.escape(name)})" if loud else rf"(?:{re.escape(name)}|{re.escape(name.upper())})"


def _whole(title: str, at: re.Match[str]) -> bool:
    """Return whether the name ends where it was found, and does not go on as somebody else's."""
    after = title[at.end() :]
    if after[:2] in ("'s", "’s") or _SMALL.match(after.lstrip()) or not after[:1].isspace():
        return True
    return bool(_GO_ON.match(after) or _VERB.match(after.lstrip()))


def _does_it(title: str, at: re.Match[str], kind: str, hit: re.Match[str]) -> bool:
    """Return whether the company does what is told, or has it done to it."""
    before, after = title[: at.start()], title[at.end() :]
    others = _OTHERS_AFTER.match(after)
    if (others and not (kind in PEOPLE_KINDS and "ounder" in others[0])) or _OTHERS_BEFORE.search(before):
        return False
    if at.start() <= hit.start():
        return not re.search(r"\b(?:as|while|after|amid|unlike|like|than)\b", title[at.end() : hit.start()])
    if re.search(r"\b(?:as|while|unlike|like|than|amid|after|against|vs\.?)\s+(?:[\w-]+\s+)?$", before):
        return kind in PEOPLE_KINDS and not re.search(r"\b(?:while|unlike|like|than|amid|against)\s", before)
    return at.start() < hit.end() or bool(_OBJECT.search(before))


def without_names(title: str, kind: str) -> str:
    """Return what a headline on people says by role; any other headline as it is.

    >>> without_names("Acme Names Jane Roe Chief Financial Officer", "new executive")
    'a new chief financial officer'
    >>> without_names("Jane Roe leaves Acme", "executive departure"), without_names("Acme raises $5M", "funding")
    ('an executive leaves', 'Acme raises $5M')
    """
    if kind not in PEOPLE_KINDS:
        return title
    role = facts_in(title, kind).get("role", "executive")
    article = "an" if role[:1] in "aeio" else "a"
    if kind == "new executive":
        return f"a new {role}"
    return f"{article if role == 'executive' else 'the'} {role} leaves"
