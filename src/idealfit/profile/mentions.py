"""What a sentence mentions that a table could answer, whatever is said of it: names, kinds, places.

A mention is no fact yet: "we have an office in Rome" mentions Rome. Whether the sentence states it of the companies
sought, denies it, or says something else is judged afterwards, by the words around it (judging.py).
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from idealfit.profile.mentioned_events import events_mentioned, roles_mentioned
from idealfit.profile.mentioned_kinds import kinds_mentioned
from idealfit.profile.mentioned_numbers import numbers_mentioned
from idealfit.profile.mentioned_places import places_mentioned
from idealfit.profile.mentioned_tools import tools_mentioned

if TYPE_CHECKING:
    from idealfit.profile.fact import Fact


def mentions(sentence: str) -> list[Fact]:
    """Return what a sentence mentions, each as the fact that it would be if it were plainly stated.

    >>> [(f.attribute, f.test.condition) for f in mentions("Nobody in Rome uses Slack, says our man in Peru.")]
    [('city', 'is'), ('technologies', 'has'), ('country', 'one_of')]
    """
    cased = sentence if any(letter.isupper() for letter in sentence) else sentence.title()  # typed into a search box
    readers = (events_mentioned, numbers_mentioned, roles_mentioned, kinds_mentioned)
    found = chain(*(reader(sentence) for reader in readers), tools_mentioned(cased), places_mentioned(cased))
    return sorted(dict.fromkeys(found), key=lambda fact: (fact.start, fact.end, fact.attribute))
