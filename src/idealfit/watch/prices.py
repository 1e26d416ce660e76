"""Prices on a page, and which of them are others than before: told with the old quote and the new one.

A price is a number with a currency beside it, or one "a month", "per user", "/year". So years, dates and counters of
visitors are none; nor are sums that were raised, saved or paid out, or that are counted in millions. What moved at the
last look and moves again now rotates, and is told only once it rests.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from idealfit.watch.page_text import Page

MOST = 300
"""So many prices are read from one page."""

_CURRENCY = (
    r"(?:US|CA|AU|NZ|HK|S|R)?\$|[€£¥₹₩₽₺₪]|zł|\bkr\b\.?|\b(?:USD|EUR|GBP|CHF|CAD|AUD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|JPY|"
    r"CNY|INR|BRL|MXN|ZAR|SGD|HKD|AED)\b|\b[Ee]uros?\b|\b[Dd]ollars?\b|\b[Pp]ounds\b"
)
_NUMBER = r"\d{1,3}(?:[,.'’ \u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?"
_EACH = (
    r"(?:\s?/\s?|\s+(?:per|an?|each|pro|par|por|al)\s+)(?:active |billable )?(?:month|mo|year|yr|annum|quarter|week|"
    r"day|hour|hr|user|users|seat|member|person|agent|editor|licen[cs]e|contact|device|location|site|unit|"
    r"monat|jahr|nutzer|mois|an|utilisateur|mes|a[ñn]o|usuario|mese|anno|utente)\b"
)
_PRICE = re.compile(
    rf"(?P<before>{_CURRENCY})\s?(?P<a>{_NUMBER})(?![\d.,]*\d)|"
    rf"(?<![\d.,])(?P<b>{_NUMBER})\s?(?P<after>{_CURRENCY})|(?<![\d.,$€£])(?P<c>{_NUMBER})(?={_EACH})",
)
_LARGE = re.compile(r"\s?(?:k|m|mn|mio|bn|b|million|billion|thousand|millionen|tsd)\b\.?", re.IGNORECASE)
_NO_PRICE = re.compile(
    r"\b(?:raised|saved|savings so far|funding|revenue|valuation|turnover|processed|transacted|donated|paid out|"
    r"visitors?|visits|views|customers have|so far|to date|updated|copyright|©)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Price:
    """A price: what it is of (the heading above, and its line without figures), the amount, its currency, the quote."""

    of: str
    heading: str
    amount: str
    currency: str
    quote: str


@dataclass(frozen=True)
class Change:
    """A price that is another than before: under which heading, and the words then and now."""

    heading: str
    before: str
    after: str


def prices_on(page: Page) -> tuple[Price, ...]:
    """Return the prices of a page, in order.

    >>> from idealfit.watch.page_text import read_page
    >>> page = read_page("<h3>Team</h3><p>$29 per user</p><p>1,204 visitors. © 2026</p><h3>Solo</h3><p>9 a month</p>")
    >>> [(price.heading, price.amount, price.currency) for price in prices_on(page)]
    [('Team', '29', '$'), ('Solo', '9', '')]
    """
    headings = frozenset(page.headings)
    lines = _joined(page.lines)
    heading = ""
    found: list[Price] = []
    seen: Counter[str] = Counter()
    for line in lines:
        if line in headings:
            heading = line[:60]
        if not re.search(r"\d", line) or _NO_PRICE.search(line):
            continue
        for hit in _PRICE.finditer(line):
            if _LARGE.match(line, hit.end()) or len(found) >= MOST:
                continue
            under = "" if line == heading else heading
            of = f"{re.sub(r'[0-9]+', '0', under)}|{_without_figures(line)}"
            seen[of] += 1
            amount = _amount(hit["a"] or hit["b"] or hit["c"])
            currency = (hit["before"] or hit["after"] or "").strip(" .").casefold()
            found.append(Price(f"{of}|{seen[of]}", under, amount, currency, _around(line, hit)))
    return tuple(found)


def _amount(number: str) -> str:
    """Return a number in one way of writing.

    >>> _amount("1.299,00"), _amount("1'299"), _amount("9,90"), _amount("9.9")
    ('1299', '1299', '9.9', '9.9')
    """
    whole = re.sub(r"[^\d](?=\d{3}(?!\d))", "", number)
    return re.sub(r"\.?0+$", "", whole.replace(",", ".")) if re.search(r"[.,]", whole) else whole


def _joined(lines: Sequence[str]) -> list[str]:
    """Return lines in which a sign, its number and "a month" stand together, as they do on the screen."""
    joined: list[str] = []
    for line in lines:
        last = joined[-1] if joined else ""
        sign_before = re.fullmatch(rf"(?:{_CURRENCY})", last)
        each_now = re.match(_EACH, f" {line}") and re.search(r"\d$", last) and len(last) <= 20
        if (sign_before and re.match(r"\d", line)) or each_now:
            joined[-1] = f"{last} {line}"
        else:
            joined.append(line)
    return joined


def _without_figures(line: str) -> str:
    return re.sub(r"\d+(?:[.,'’]\d+)*", "0", line.casefold())[:120]


def _around(line: str, hit: re.Match[str], most: int = 100) -> str:
    """Return a line, or the words around a hit in a long one."""
    if len(line) <= most:
        return line
    begin = line.rfind(" ", 0, max(0, hit.start() - most // 2)) + 1
    end = line.find(" ", hit.end() + most // 3)
    return line[begin : end if end >= 0 else len(line)].strip()


def changed(before: Mapping[str, Any], page: Page) -> tuple[tuple[Change, ...], dict[str, Any]]:
    """Return the prices that are others than what was remembered of the page, and what to remember of it now.

    What is remembered is, for each price: the words and amount that were told or seen first, the amount at the last
    look, its currency, and whether it moved then. Nothing is told where all prices came in another currency: that
    depends on who asks.
    """
    now = prices_on(page)
    signs = [{price.currency for price in now if price.currency}, {held[3] for held in before.values() if held[3]}]
    if before and (not now or (all(signs) and not signs[0] & signs[1])):
        return (), dict(before)
    told: list[Change] = []
    after: dict[str, Any] = {}
    for price, held in _beside(before, now):
        if held is None or price.currency != held[3]:
            after[price.of] = [price.quote, price.amount, price.amount, price.currency, False]
            continue
        quote, amount, last, _, restless = held
        moved = price.amount != last
        if price.amount != amount and not (moved and restless):
            told.append(Change(price.heading, quote, price.quote))
            quote, amount = price.quote, price.amount
        elif price.amount == amount:
            quote = price.quote
        after[price.of] = [quote, amount, price.amount, price.currency, moved]
    return tuple(told), after


def _beside(before: Mapping[str, Any], now: Sequence[Price]) -> list[tuple[Price, Any]]:
    """Return each price with what is remembered of it: by its line or, reworded, by its place under the heading."""
    of_now = {price.of for price in now}
    left: dict[str, list[Any]] = {}
    for of, held in before.items():
        if of not in of_now:
            left.setdefault(of.partition("|")[0], []).append(held)
    fresh: dict[str, list[Price]] = {}
    for price in now:
        if price.of not in before:
            fresh.setdefault(price.of.partition("|")[0], []).append(price)
    reworded: dict[str, Any] = {}
    for heading, prices in fresh.items():
        if len(prices) == len(left.get(heading, ())):
            reworded |= {price.of: held for price, held in zip(prices, left[heading], strict=True)}
    return [(price, before.get(price.of) or reworded.get(price.of)) for price in now]
