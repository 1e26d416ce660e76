"""People's rights: names cut out when a person asks for it, kept out afterwards, and kept for a while only, if at all.

What is suppressed is remembered by a fingerprint of the name, so that keeping it out does not mean keeping it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from idealfit.watch.mentions import Mention

LONGEST = 5
"""A name has at most so many words."""

PEOPLE = frozenset(
    "creator metadata mailbox_email recruiter recruiters hiring_manager hiringmanager hiringteam hiring_team contact "
    "contacts user users owner admin manager".split()
)
"""Names under which job boards put people into their answers, in small letters; whole branches of no use here."""

CUT = "[erased]"
ROLE_ONLY = "without names"
"""Name of the fact that holds a telling as it reads without names, for when they may be kept no longer."""


def fingerprint(name: str) -> str:
    """Return what a name is remembered by: the same however it is spaced, punctuated or capitalised.

    >>> fingerprint("Jo  Bloggs") == fingerprint("jo bloggs,") != fingerprint("Jo Blogg")
    True
    """
    return sha256(" ".join(re.findall(r"\w+", name.casefold())).encode()).hexdigest()


def without(text: str, name: str) -> str:
    """Return a text with a name cut out, wherever it stands and however it is spaced.

    >>> without("Jo  Bloggs joins; jo bloggs said", "Jo Bloggs")
    '[erased] joins; [erased] said'
    """
    words = re.findall(r"\w+", name)
    return (
        re.sub(r"(?<!\w)" + r"\W+".join(map(re.escape, words)) + r"(?!\w)", CUT, text, flags=re.IGNORECASE)
        if words
        else text
    )


def without_recruiters(answer: str, clean: Callable[[str], str]) -> str:
    """Return a job board's answer without the branches that hold people, and every text in it as `clean` leaves it.

    What is no JSON comes back as it is.

    >>> without_recruiters('{"id": 1, "creator": {"name": "Jo"}, "text": "Call us"}', str.upper)
    '{"id": 1, "text": "CALL US"}'
    """
    try:
        held = json.loads(answer)
    except (ValueError, RecursionError):
        return answer
    return json.dumps(_bare(held, clean), ensure_ascii=False)


def _bare(value: Any, clean: Callable[[str], str]) -> Any:  # noqa: ANN401  whatever JSON holds
    if isinstance(value, dict):
        return {key: _bare(held, clean) for key, held in value.items() if key.casefold() not in PEOPLE}
    if isinstance(value, list):
        return [_bare(held, clean) for held in value]
    return clean(value) if isinstance(value, str) else value


def cut_marked(text: str, marks: Collection[str]) -> str:
    """Return a text without the names whose fingerprints are given."""
    if not marks or not text:
        return text
    words = list(re.finditer(r"\w+", text))
    for length in range(min(LONGEST, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            piece = text[words[start].start() : words[start + length - 1].end()]
            if fingerprint(piece) in marks:
                return cut_marked(without(text, piece), marks)
    return text


def without_suppressed(mention: Mention, marks: Collection[str]) -> Mention:
    """Return a telling without suppressed names; a quote that held one is dropped."""
    if not marks:
        return mention
    quote = mention.quote if cut_marked(mention.quote, marks) == mention.quote else ""
    facts = {name: cut_marked(value, marks) for name, value in mention.facts.items()}
    return replace(mention, summary=cut_marked(mention.summary, marks), quote=quote, facts=facts)
