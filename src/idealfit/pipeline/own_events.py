"""Events of the user's own (intent, product usage, sentiment, layoffs), each row of a table or message one telling."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from idealfit.errors import InputError, Mistake
from idealfit.watch import told_events
from idealfit.watch.mentions import Mention
from idealfit.watch.running import day_or_none
from idealfit.watch.timing import same_kind

if TYPE_CHECKING:
    from idealfit.store import Store
    from idealfit.watch.events import Event
    from idealfit.watch.watch_tables import Watched

_COLUMNS = {
    "company": ("company", "company_id", "account_id", "account", "domain", "id of company"),
    "kind": ("kind", "type", "event", "signal", "event_type", "signal_type"),
    "happened_on": ("happened_on", "date", "event_date", "on", "day", "occurred_on", "time", "timestamp"),
    "summary": ("summary", "title", "description", "text", "headline", "details"),
    "url": ("url", "link", "source_url"), "quote": ("quote", "evidence"), "id": ("id", "event_id"),
    "source": ("source", "source_system", "provider"),
}  # fmt: skip


@dataclass(frozen=True)
class Recorded:
    """What came of a table of events: those that are new, and the companies it names that nobody watches."""

    fresh: tuple[Event, ...] = ()
    strangers: tuple[str, ...] = ()


def record(
    store: Store, rows: Sequence[Mapping[str, Any]], listed: Sequence[Watched], now: datetime, source: str
) -> Recorded:
    """Add the events of a table: each row one telling, known again by its id or, without one, by what it says.

    An id is known again in a file of another name too. Raises `InputError` for rows without a company or a kind.
    """
    by_name = {name.casefold(): one.company for one in listed for name in (one.name, one.domain, one.company) if name}
    wrong: list[Mistake] = []
    by_company: dict[str, list[Mention]] = {}
    strangers: dict[str, None] = {}
    for number, row in enumerate(rows, 1):
        cells = _cells(row)
        if not cells["company"] or not cells["kind"]:
            wrong.append(
                Mistake("an event needs a company and a kind", f"{source}, row {number}", str(dict(row))[:120])
            )
            continue
        named = str(cells["company"]).strip()
        company = by_name.get(named.casefold())
        if company is None:
            strangers[named] = None
            continue
        by_company.setdefault(company, []).append(_telling(company, cells, now, source))
    if wrong:
        raise InputError(*wrong[:20])
    fresh: list[Event] = []
    for company, mentions in by_company.items():
        with store.transaction("recording events") as connection:
            fresh += told_events.put_together(connection, store, company, mentions)
    return Recorded(tuple(fresh), tuple(strangers))


def _cells(row: Mapping[str, Any]) -> dict[str, Any]:
    low = {str(key).casefold().replace(" ", "_"): value for key, value in row.items()}
    return {
        name: next((low[c] for c in columns if low.get(c) not in (None, "")), None)
        for name, columns in _COLUMNS.items()
    }


def _telling(company: str, cells: Mapping[str, Any], now: datetime, source: str) -> Mention:
    day = cells["happened_on"]
    happened = (
        day.date() if isinstance(day, datetime) else day if isinstance(day, date) else day_or_none(str(day or ""))
    )
    kind, summary = same_kind(str(cells["kind"])), str(cells["summary"] or cells["kind"])
    key = str(cells["id"] or f"{kind}|{happened}|{summary}")
    return Mention(
        company, kind, summary, str(cells["source"] or source), key, now, happened, str(cells["url"] or ""),
        str(cells["quote"] or ""), strength="reported", natural=f"row:{key}" if cells["id"] else "",
    )  # fmt: skip
