"""Which column plays which role: by its heading, and only with cells that make sense in that role."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from idealfit.errors import MappingError, Mistake
from idealfit.sources.headings import names_a_seller, phrase, says_name
from idealfit.sources.mapping import Mapping, TableName, did_you_mean
from idealfit.sources.numbers import currency_in
from idealfit.sources.outcomes import outcome_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from idealfit.sources.cells import Cells
    from idealfit.tables import Kind

HEADINGS: dict[str, str] = {
    "deal_id": "deal id; opportunity id; opp id; deal record id; hs object id; record id; deal number; opportunity "
    "number; id",
    "account_id": "account id; company id; associated company ids; associated company id; company record id; "
    "organization id; "
    "organisation id; customer id; client id; account; company; associated company; organization; organisation; "
    "customer; client; "
    "account name; company name; customer name; client name; organization name; organisation name; record id; id; "
    "security; name",
    "name": "company name; account name; associated company; name; organization name; organisation name; customer "
    "name; company; "
    "account; organization; organisation; customer; client name",
    "domain": "company domain name; domain; domain name; company domain; account domain; website domain; website; "
    "website url; "
    "company website; account website; web site; url; homepage; web",
    "known_on": "known on; facts known on; facts as of; snapshot; snapshot date; snapshot on; valid from; as of; as "
    "of date",
    "opened_on": "opened on; open date; opened date; date opened; deal opened; opened at; opened; create date; "
    "created date; "
    "deal created; created on; created at; date created; creation date; deal created date; opportunity created date; "
    "engage date; engaged on; engagement date; created",
    "closed_on": "closed on; actual close date; close date; closed date; date closed; closed at; deal closed on; "
    "deal close date; "
    "opportunity close date; closing date; decision date; decided on; closed",
    "amount": "amount; deal amount; opportunity amount; amount in company currency; close value; deal value; deal "
    "size; "
    "contract value; total contract value; tcv; annual contract value; acv; value",
    "currency": "currency; deal currency; deal currency code; currency iso code; currency code; amount currency",
    "owner": "deal owner; opportunity owner; owner; owner name; owner id; hubspot owner id; sales agent; sales rep; "
    "sales person; salesperson; seller; account executive; rep; ae; company owner; account owner; sales representative",
    "stage": "deal stage; stage name; stage; pipeline stage; opportunity stage; sales stage",
    "last_activity_on": "last activity date; last activity; last contacted; last activity on; last contact date; "
    "last contacted on",
    "activities": "number of times contacted; number of sales activities; number of activities; activities; activity "
    "count; "
    "total activities; touches; number of touches; activities to close",
    "first_touch_on": "first touch; first touch date; first touch on; first contact date; first contacted; "
    "date of first engagement; first engagement date",
    "lost_reason": "closed lost reason; loss reason; lost reason; reason lost; reason for loss; closed lost reasons",
    "started_on": "started on; customer since; start date; became a customer date; customer start date; contract "
    "start date; "
    "contract start; subscription start; signup date; signed on; activated on; first order date",
    "churned_on": "churned on; churn date; cancelled on; canceled on; cancellation date; cancelled at; canceled at; "
    "churned at; "
    "left on; end date; contract end date",
    "renewed_on": "renewed on; last renewal; last renewal date; renewal date; last renewed on",
    "expanded_on": "expanded on; expansion date; first expansion; first expansion date; upsold on",
    "arr": "arr; annual recurring revenue; recurring revenue; acv; annual contract value",
    "lifetime_value": "lifetime value; ltv; clv; customer lifetime value; total revenue; total spend",
    "starting_arr": "starting arr; initial arr; arr at start; first year arr; initial acv",
    "contract_months": "contract months; contract length; contract term; term months; contract length months; "
    "contract duration; contract term months; term in months",
    "margin": "margin; gross margin; gross margin percent; contribution margin; margin percent",
    "cac": "cac; customer acquisition cost; acquisition cost; cost of acquisition",
    "support_cost": "support cost; annual support cost; cost of support; cost to serve; support cost a year; "
    "yearly support cost",
    "nps": "nps; nps score; net promoter score",
    "tickets": "tickets; support tickets; number of tickets; ticket count; number of support tickets",
    "usage": "usage; usage score; product usage; active users; monthly active users; logins; adoption score",
    "kind": "kind; signal; signal kind; signal type; event; event kind; event type; event name; trigger; type",
    "occurred_on": "occurred on; event date; signal date; happened on; occurred at; event on; date; day; timestamp; "
    "announced on; announced at; published on",
    "source": "source; source url; link; url; seen at; evidence",
}
"""Headings of HubSpot, Salesforce and Pipedrive exports and plain English ones, the most telling first."""

OUTCOME_TIERS = (
    "outcome; deal outcome; opportunity outcome; won lost; win loss; deal result; result",
    "deal status; opportunity status; status",
    "deal stage; stage name; stage; opportunity stage; pipeline stage; sales stage",
)
WON_FLAGS = "is won; is closed won; won; closed won"
CLOSED_FLAGS = "is closed; is deal closed"
LAST_RESORTS = "converted; conversion; churn; churned; target; label; y; class; success; bought; purchased"

DATES = frozenset(r for r in HEADINGS if r.endswith("_on"))
"""Roles that only dates can play."""
NUMBERS = frozenset(
    (
        *("amount", "activities", "arr", "lifetime_value", "starting_arr", "contract_months", "margin", "cac"),
        *("support_cost", "nps", "tickets", "usage"),
    )
)
"""Roles that only numbers can play."""
_DOMAIN = re.compile(r"(https?://)?([a-z0-9-]+\.)+[a-z]{2,24}(/.*)?", re.IGNORECASE)


@dataclass(frozen=True)
class Candidate:
    """A column as far as it is understood when roles are given out."""

    heading: str
    kind: Kind
    cells: Cells


@dataclass(frozen=True)
class Roles:
    """The heading that plays each role; `closed_flag` joins an outcome that says only whether a deal was won."""

    by_role: dict[str, str]
    closed_flag: str | None = None


def roles_of(
    columns: Sequence[Candidate],
    table: TableName,
    mapping: Mapping,
    name: str,
    roles: tuple[str, ...],
    *,
    guessing: bool = False,
) -> Roles:
    """Return who plays the roles of `table`: what the person said, then what headings and cells agree on.

    `guessing` takes a column for the outcome only when its values say so.

    Raises `MappingError` where a heading asked for is not there, and where a table of deals has no outcome or several.
    """
    asked = _asked(columns, table, mapping, name)
    free = [c for c in columns if c.heading not in asked.values() and c.heading not in mapping.ignore]
    closed_flag = None
    if "outcome" in roles and "outcome" not in asked:
        outcome, closed_flag = _outcome(free, mapping, name, guessing=guessing)
        asked["outcome"] = outcome
        free = [c for c in free if c.heading not in (outcome, closed_flag)]
    for role in roles:
        if role in asked or role not in HEADINGS:
            continue
        if role == "name" and _is_name_of_deal(table, asked):
            continue
        found = _by_heading(role, free, table)
        if found is not None:
            asked[role] = found.heading
            free = [c for c in free if c is not found]
    if "name" in roles and "name" not in asked and table != "deals":
        names = [c for c in free if c.kind == "identifier" and says_name(c.heading) and plausible("name", c)]
        if names:
            asked["name"] = names[0].heading
        free = [c for c in free if c not in names[:1]]
    if "account_id" in roles and "account_id" not in asked and table != "deals":
        _fall_back_on_a_key(asked, [] if table == "signals" else free)  # a key of its own is the event's
    return Roles(asked, closed_flag)


def plausible(role: str, column: Candidate) -> bool:
    """Return whether the cells of a column make sense in a role; a clever heading is not enough."""
    cells = column.cells
    if cells.known == 0:
        return False
    if role in DATES:
        return column.kind == "date"
    if role in NUMBERS:
        return column.kind == "number"
    if role == "domain":
        return bool(cells.values) and sum(bool(_DOMAIN.fullmatch(v)) for v in cells.values) >= 0.8 * len(cells.values)
    if role in ("account_id", "name"):
        return column.kind in ("identifier", "category", "text") and cells.distinct >= min(10, 0.3 * cells.known)
    if role == "deal_id":
        return column.kind == "identifier" or cells.distinct >= 0.95 * cells.known
    if role == "currency":
        return all(re.fullmatch(r"[A-Za-z]{3}|[€$£¥]", v) for v in cells.values)
    if role == "stage":
        return column.kind == "category" and any(outcome_of(v) is not None for v in cells.values)
    return column.kind not in ("date", "empty", "list")


def _asked(columns: Sequence[Candidate], table: TableName, mapping: Mapping, name: str) -> dict[str, str]:
    present = {c.heading.casefold(): c.heading for c in reversed(columns)}
    result: dict[str, str] = {}
    mistakes = []
    for role, wanted in mapping.heading_of(table).items():
        found = next((present[w.strip().casefold()] for w in wanted if w.strip().casefold() in present), None)
        if found is not None:
            result[role] = found
        else:
            headings = tuple(c.heading for c in columns)
            listed = ", ".join(headings[:30]) + (" ..." if len(headings) > 30 else "")
            mistakes.append(
                Mistake(f"no such column for {role}", name, wanted[0], listed, did_you_mean(wanted[0], headings))
            )
    by_heading: dict[str, list[str]] = {}
    for role, heading in result.items():
        by_heading.setdefault(heading, []).append(role)
    mistakes += [
        Mistake(f"one column cannot play two roles ({' and '.join(played)})", where=name, found=heading)
        for heading, played in by_heading.items()
        if len(played) > 1
    ]
    if mistakes:
        raise MappingError(*mistakes)
    return result


def _outcome(columns: Sequence[Candidate], mapping: Mapping, name: str, *, guessing: bool) -> tuple[str, str | None]:
    """Return the column that says how deals ended, and the flag that says whether they ended at all."""
    won = _named(columns, WON_FLAGS, ("boolean",))
    closed = _named(columns, CLOSED_FLAGS, ("boolean",))
    if won and closed:
        return won[0].heading, closed[0].heading
    for tier in OUTCOME_TIERS:
        found = [
            c for c in _named(columns, tier, ("category", "boolean", "identifier")) if _tells_an_outcome(c, mapping)
        ]
        if found:
            return _only(found, name), None
    if won:
        return _only(won, name), None
    telling = [c for c in columns if c.kind == "category" and _tells_both(c, mapping)]
    if telling:
        return _only(telling, name), None
    answers = [c for c in _named(columns, LAST_RESORTS, ("boolean", "category", "number")) if c.cells.distinct == 2]
    if answers:
        return _only(answers, name), None
    named = [c for tier in OUTCOME_TIERS for c in _named(columns, tier, ("category",)) if c.cells.distinct <= 30]
    if named and not guessing:
        return named[0].heading, None  # its values are not understood; `outcomes` lists them and asks
    few = [c.heading for c in columns if c.kind in ("category", "boolean") and 2 <= c.cells.distinct <= 12]
    hint = f"Columns with few values: {', '.join(few[:12])}." if few else ""
    raise MappingError(
        Mistake(
            "no column says how a deal ended",
            where=name,
            allowed="a column of values such as Won, Lost and Open, or a won column of yes and no",
            next_step=f"Name it with --outcome COLUMN (and --won VALUE). {hint}".strip(),
        )
    )


def _tells_an_outcome(column: Candidate, mapping: Mapping) -> bool:
    return column.kind == "boolean" or _tells(column, mapping) & {"won", "lost"} != set()


def _tells_both(column: Candidate, mapping: Mapping) -> bool:
    plain = {v for v in column.cells.values if re.search(r"won|lost", v.casefold())}
    return column.cells.distinct <= 40 and bool(plain) and _tells(column, mapping) >= {"won", "lost"}


def _tells(column: Candidate, mapping: Mapping) -> set[str | None]:
    said = {v.casefold(): "won" for v in mapping.won} | {v.casefold(): "lost" for v in mapping.lost}
    return {said.get(v.casefold(), outcome_of(v)) for v in column.cells.values}


def _only(found: Sequence[Candidate], name: str) -> str:
    if len(found) == 1:
        return found[0].heading
    listed = " or ".join(f'--outcome "{c.heading}"' for c in found)
    raise MappingError(
        Mistake(
            "several columns could say how a deal ended",
            where=name,
            found=", ".join(c.heading for c in found),
            allowed="one outcome",
            next_step=f"Choose with {listed}.",
        )
    )


def _named(columns: Sequence[Candidate], phrases: str, kinds: tuple[str, ...]) -> list[Candidate]:
    wanted = phrases.split("; ")
    return [c for c in columns if c.kind in kinds and _said(c.heading) in wanted]


def _said(heading: str) -> str:
    """Return the phrase of a heading without the currency at its end (``Amount (EUR)``)."""
    parts = phrase(heading).split(" ")
    return " ".join(parts[:-1] if len(parts) > 1 and currency_in(parts[-1:]) else parts)


def _by_heading(role: str, columns: Sequence[Candidate], table: TableName) -> Candidate | None:
    wanted = HEADINGS[role].split("; ")
    if role == "account_id" and table == "deals":
        wanted = [w for w in wanted if w not in ("record id", "id", "name", "security")]  # these name the deal
    ranked = [(wanted.index(_said(c.heading)), n) for n, c in enumerate(columns) if _said(c.heading) in wanted]
    found = next((columns[n] for _, n in sorted(ranked) if plausible(role, columns[n])), None)
    if role == "owner" and found is None:
        found = next(
            (c for c in columns if c.kind in ("category", "identifier", "number") and names_a_seller(c.heading)), None
        )
    return found


def _is_name_of_deal(table: TableName, asked: dict[str, str]) -> bool:
    """In a table of deals a column called Name is the deal's; the company's name may already be its key."""
    return (
        table == "deals"
        and "account_id" in asked
        and phrase(asked["account_id"]).endswith(("name", "company", "account"))
    )


def _fall_back_on_a_key(asked: dict[str, str], free: Sequence[Candidate]) -> None:
    """Give ``account_id`` to the first key of its own in every row, else to the domain, else to the name."""
    key = next(
        (c for c in free if c.kind == "identifier" and 0 < c.cells.known == c.cells.distinct == c.cells.rows), None
    )
    if key is not None:
        asked["account_id"] = key.heading
        return
    for role in ("domain", "name"):
        if role in asked:
            asked["account_id"] = asked.pop(role)
            return
