"""What makes a profile more than its lines: triggers, retention, economics, a person's ranges held against the data."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from idealfit.learn.best_customers import with_best_customers
from idealfit.learn.by_profit import learned_by_profit
from idealfit.learn.drafting import profile_from
from idealfit.learn.economics import economics
from idealfit.learn.history import rows_of
from idealfit.learn.retention import retention
from idealfit.learn.segments import rows_in, segments
from idealfit.learn.signals import signals
from idealfit.learn.tightening import tightened
from idealfit.learn.timing import with_triggers
from idealfit.pipeline.inputs import quiet, within
from idealfit.profile.document import Segment
from idealfit.profile.wording import phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from idealfit.learn.history import History
    from idealfit.learn.signals import Signals
    from idealfit.profile.document import Economics, Profile
    from idealfit.tables import SourceTable


@dataclass(frozen=True)
class Tables:
    """The tables that a profile is learned from; `deals` are customers where there is a `market`."""

    deals: SourceTable
    accounts: SourceTable | None = None
    customers: SourceTable | None = None
    market: SourceTable | None = None
    signals: SourceTable | None = None


@dataclass(frozen=True)
class Deeper:
    """What the deeper sections are learned from besides the history."""

    events: Signals | None = None
    currency: str = ""
    previous: Profile | None = None
    seed: int = 0


def events_of(tables: Tables, past: History, ignore: Collection[str]) -> Signals | None:
    """Return the events at the companies of a history, if there is a table of them."""
    if tables.signals is None:
        return None
    return signals(tables.signals, past, tables.deals, accounts=tables.accounts, ignore=ignore)


def currency_of(tables: Tables) -> str:
    """Return the currency of the amounts, as far as the tables say."""
    asked = ((tables.deals, "amount"), (tables.customers, "arr"), (tables.deals, "arr"))
    columns = (None if table is None else table.column(role) for table, role in asked)
    written = next((column.currency for column in columns if column is not None and column.currency), None)
    named = tables.deals.column("currency")
    return written or (named.examples[0].upper() if named is not None and named.distinct == 1 else "")


def deepened(
    profile: Profile, past: History, deeper: Deeper, *, progress: Callable[[str, float], None] = quiet
) -> Profile:
    """Return `profile` with what the history says besides who wins: when, for how long, and whether it pays."""
    if deeper.events is not None:
        profile = with_triggers(profile, past, deeper.events, seed=deeper.seed, progress=progress)
    progress("how long customers stay, and what they bring", 0.9)
    stay = retention(past, seed=deeper.seed)
    ruled_out = {(line.attribute, line.test) for line in profile.disqualify}
    learned = profile.learned
    notes = tuple(note for note in stay.notes if learned is None or note not in learned.warnings)
    profile = profile.model_copy(
        update={
            "churn": stay.findings,
            "retention": stay.curves,
            "disqualify": (
                *profile.disqualify,
                *(line for line in stay.disqualify if (line.attribute, line.test) not in ruled_out),
            ),
            "learned": learned and learned.model_copy(update={"warnings": (*learned.warnings, *notes)}),
        }
    )
    update: dict[str, object] = {"economics": _economics(profile, past, deeper, progress)}
    if deeper.previous is not None:
        update["also_seen"] = (*profile.also_seen, *tightened(deeper.previous, past, seed=deeper.seed))
    return profile.model_copy(update=update)


def _economics(
    profile: Profile, past: History, deeper: Deeper, progress: Callable[[str, float], None]
) -> Economics | None:
    """Return what deals bring and cost; where costs are known, with what changes if those that earn most are sought."""
    found = economics(past, profile, deeper.currency, seed=deeper.seed)
    if found is None or not found.if_by_profit or profile.verdict != "learned":
        return found
    progress("learning again, by profit", 0.92)
    again = learned_by_profit(past, profile, seed=deeper.seed)
    return found.model_copy(update={"if_by_profit": (*found.if_by_profit, *again)})


def parted(
    profile: Profile,
    past: History,
    deeper: Deeper,
    *,
    best: str,
    file: str,
    progress: Callable[[str, float], None] = quiet,
) -> tuple[Profile, tuple[Profile, ...]]:
    """Return `profile` with the segments of its history, and the profile of each; none where one profile is better.

    Each is learned from its own deals alone, named after `file`, and says in `learned.only` whom it is about.
    """
    progress("looking for segments", 0.0)
    found = segments(past, seed=deeper.seed)
    if len(found.definitions) < 2:
        return profile.model_copy(update={"limits": (*profile.limits, found.reason)}), ()
    entries, parts = [], []
    for number, definition in enumerate(found.definitions):
        told = within(number / len(found.definitions), (number + 1) / len(found.definitions), progress)
        title = " and ".join(phrase(condition.attribute, condition.test) for condition in definition)
        stem, ending = Path(file).stem, Path(file).suffix or ".yaml"
        slug = re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")[:40] or "segment"
        inside = rows_of(past, rows_in(past, definition))
        inside = with_best_customers(replace(inside, best=None, best_customers=None), rule=best)
        whole = profile_from(inside, name=title[:1].upper() + title[1:], seed=deeper.seed, progress=told)
        learned = whole.learned and whole.learned.model_copy(update={"only": definition})
        whole = whole.model_copy(update={"learned": learned})
        parts.append(deepened(whole, inside, replace(deeper, previous=None)))
        entries.append(
            Segment(
                name=title,
                definition=definition,
                file=f"{stem}-{number + 1}-{slug}{ending}",
                n=len(inside.won),
                won=int(inside.won.sum()),
            )
        )
    limits = (*profile.limits, found.reason)
    return profile.model_copy(update={"segments": tuple(entries), "limits": limits}), tuple(parts)
