"""Whose the places on a page are: what stands under "Our resellers" or "Upcoming events" is not where the company is.

A section reaches from its heading to the next one of the same rank. The footer belongs to the company, whatever came
before.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from idealfit.watch.marked_places import TOWN

if TYPE_CHECKING:
    from idealfit.watch.page_text import Page

_OTHERS = re.compile(
    r"\b(?:events?|webinars?|training dates|courses|seminars?|workshops|trade (?:fairs?|shows?)|exhibitions|termine|"
    r"veranstaltungen|messen|[ée]v[ée]nements|eventos|eventi|(?:re-?sellers?|dealers?|distributors?|stockists?|"
    r"partners?|"
    r"(?:fach)?händler|vertriebspartner|revendeurs?|distributeurs?|distribuidores|rivenditori)|projects?|references|"
    r"referenzen|projekte|r[ée]alisations|(?:customer|client|success) stories|case stud(?:y|ies)|our (?:customers|"
    r"clients)|"
    r"suppliers|sponsors)\b",
    re.IGNORECASE,
)
_OURS = re.compile(
    r"\b(?:offices?|contact|head ?quarters?|branch(?:es)?|visit us|event (?:space|venue|location)s?)\b", re.IGNORECASE
)
_LISTS_TOWNS = re.compile(r"s (?:are |located |based )*in [A-Z]")  # soon told: most lines do not
_IN_A_SENTENCE = re.compile(
    r"\b(?i:have|has|with|our|its|from|operates?|maintains?|open(?:s|ed)?|runs?) (?:(?!in |at |for |to |"
    r"of )[\w-]+ ){0,2}"
    r"(?:offices|branches|stores|shops|showrooms|depots|clinics|studios|warehouses|factories|plants|laboratories|labs|"
    rf"salons|hubs) (?:are |located |based )*in ((?:{TOWN}, ){{0,30}}{TOWN},? (?:and|&|or) {TOWN})(?![\w-])"
)
_STATED = re.compile(
    r"\b(?:we|our company) (?:(?:now|currently|proudly|today) )?(?:have|has|operates?|runs?) "
    r"(?:(?:over|more than|at least|a network of|a total of) )?(\d{1,3}(?:,\d{3})+|\d{1,5})\+? "
    r"(?:(?!of |in )[\w-]+ ){0,2}?"
    r"(locations|offices|branches|stores|shops|showrooms|depots|clinics|restaurants|hotels|warehouses|factories)\b",
    re.IGNORECASE,
)


def own_lines(page: Page) -> tuple[list[str], list[str]]:
    """Return the lines of a page that speak of the company's own places, and those that speak of others'.

    >>> from idealfit.watch.page_text import read_page
    >>> page = read_page("<h2>Office</h2><p>Mill Lane</p><h2>Resellers</h2><p>Dock Road</p><footer>Mill Lane</footer>")
    >>> own_lines(page)
    (['Office', 'Mill Lane', '', '', 'Mill Lane'], ['Resellers', 'Dock Road'])
    """
    if not any(_of_others(heading) for heading in page.headings):
        return list(page.lines), []
    levels = dict(reversed(list(zip(page.headings, page.levels, strict=True))))
    own: list[str] = []
    others: list[str] = []
    since = 0  # the level of the heading of others whose section this is
    for number, line in enumerate(page.lines):
        level = levels.get(line)
        if number == page.footer_at or (level and level <= since):
            since = 0
        if level and number < page.footer_at:
            if _of_others(line):
                since = since or level
            elif since and _OURS.search(line):
                since = 0
        (others if since else own).append(line)
        if since:
            own.append("")  # what stands apart on the page stays apart
    return own, others


def _of_others(heading: str) -> bool:
    return len(heading) <= 60 and bool(_OTHERS.search(heading)) and not _OURS.search(heading)


def towns_in_sentences(page: Page) -> tuple[str, ...]:
    """Return the towns, or countries, that a sentence such as "we have offices in Oslo, Bergen and Malmö" names.

    >>> from idealfit.watch.page_text import read_page
    >>> towns_in_sentences(read_page("<p>With offices in Oslo, Stoke-on-Trent and New York we are near you.</p>"))
    ('Oslo', 'Stoke-on-Trent', 'New York')
    """
    found: dict[str, None] = {}
    for line in filter(_LISTS_TOWNS.search, page.lines):
        for hit in _IN_A_SENTENCE.finditer(line):
            found |= dict.fromkeys(name.strip(" .") for name in re.split(r",? (?:and|&|or) |, ", hit[1]))
    return tuple(found)


def stated_counts(page: Page) -> tuple[tuple[int, str, str], ...]:
    """Return what the company says of how many places it has: the number, what they are called, and the quote.

    >>> from idealfit.watch.page_text import read_page
    >>> stated_counts(read_page("<p>Today we have 48 branches in the north.</p><p>We serve 300 hotels.</p>"))
    ((48, 'branches', 'we have 48 branches'),)
    """
    return tuple(
        (int(hit[1].replace(",", "")), hit[2].casefold(), hit[0])
        for line in own_lines(page)[0]
        for hit in _STATED.finditer(line)
    )
