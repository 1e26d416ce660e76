"""What must hold between the values of a policy, beyond the type of each: names that exist, hours, zones, no circles.

The rules look at plain values as read from the file, so they can speak about one whose types are wrong elsewhere.
"""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING

from idealfit.profile.rules import Fault
from idealfit.route.hours import duration, public_holidays, week, zone

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Mapping

    from idealfit.profile.reading import Path

A_DAY = 2024  # a year to ask a calendar of holidays for
LONGEST_NAME = 200
PLACES = ("owner", "named", "pool", "queue", "end")


def faults(raw: Mapping[str, object]) -> Iterator[Fault]:
    """Yield every broken rule of a policy given as plain values; values of a wrong type are passed over.

    >>> [fault.what for fault in faults({"rules": [{"name": "All", "to": [{"pool": "west"}]}]})]
    ["there is no pool 'west'"]
    """
    yield from _times((), raw)
    reps, pools, rules = (_groups(raw, key) for key in ("reps", "pools", "rules"))
    rep_names = yield from _names("reps", "id", reps)
    pool_names = yield from _names("pools", "name", pools)
    yield from _names("rules", "name", rules)
    for index, rep in reps:
        yield from _times(("reps", index), rep)
        yield from _leave(("reps", index, "leave"), rep)
    for index, pool in pools:
        yield from _pool(("pools", index), pool, rep_names, pool_names)
    yield from _circles(pools)
    if isinstance(raw.get("rules"), list) and not raw["rules"]:
        yield Fault(("rules",), "there is no rule", next_step="Write at least one rule with a step.")
    for index, rule in rules:
        if rule.get("to") == []:
            yield Fault(("rules", index, "to"), "the rule leads nowhere", next_step="Write at least one step.")
        for number, step in _groups(rule, "to"):
            yield from _step(("rules", index, "to", number), step, pool_names)
    for number, step in _groups(raw, "fallback"):
        yield from _step(("fallback", number), step, pool_names)


def _groups(raw: Mapping[str, object], key: str) -> list[tuple[int, dict[str, object]]]:
    part = raw.get(key)
    return [(i, entry) for i, entry in enumerate(part) if isinstance(entry, dict)] if isinstance(part, list) else []


def _names(part: str, key: str, groups: list[tuple[int, dict[str, object]]]) -> Generator[Fault, None, set[str]]:
    seen: dict[str, int] = {}
    for index, group in groups:
        name = group.get(key)
        if not isinstance(name, str):
            continue
        if not name.strip() or len(name) > LONGEST_NAME:
            yield Fault((part, index, key), f"the {key} is empty or very long", allowed=f"1 to {LONGEST_NAME} letters")
        if name in seen:
            next_step = "Rename one of them."
            yield Fault((part, index, key), f"two {part} are called '{name:.60}'", next_step=next_step)
        seen.setdefault(name, index)
    return set(seen)


def _times(path: Path, group: Mapping[str, object]) -> Iterator[Fault]:
    if isinstance(group.get("zone"), str):
        yield from _tried((*path, "zone"), lambda: zone(str(group["zone"])))
    if isinstance(group.get("holidays"), str):
        yield from _tried((*path, "holidays"), lambda: public_holidays(str(group["holidays"]), A_DAY))
    written = group.get("hours")
    if isinstance(written, dict):
        for days, spans in written.items():
            if isinstance(spans, list) and all(isinstance(span, str) for span in spans):
                yield from _tried((*path, "hours", days), lambda one={days: spans}: week(one))  # type: ignore[misc]
        if not any(spans for spans in written.values()):
            yield Fault((*path, "hours"), "there are no working hours", next_step="Write mon-fri: ['09:00-17:00'].")
        elif all(isinstance(span, str) for spans in written.values() for span in spans or ()):
            yield from _tried((*path, "hours"), lambda: week(written), only="overlap")
    for key in ("accept_within", "calendar_valid_for", "hold_for"):
        if isinstance(group.get(key), str):
            yield from _tried((*path, key), lambda key=key: duration(str(group[key])))  # type: ignore[misc]


def _tried(path: Path, made: Callable[[], object], only: str = "") -> Iterator[Fault]:
    try:
        made()
    except ValueError as error:
        if only in str(error):
            yield Fault(path, str(error))


def _leave(path: Path, rep: Mapping[str, object]) -> Iterator[Fault]:
    for index, leave in _groups(rep, "leave"):
        days = []
        for key in ("first", "last"):
            try:
                days.append(date.fromisoformat(str(leave.get(key))))
            except ValueError:
                break
        if len(days) == 2 and days[1] < days[0]:
            found = f"{days[0]} to {days[1]}"
            yield Fault((*path, index), "the leave ends before it begins", found, next_step="Swap the days.")


def _unknown(path: Path, what: str, name: str, known: set[str]) -> Fault:
    close = get_close_matches(name, known, n=1, cutoff=0.6)
    allowed = "" if close else ", ".join(sorted(known)[:10])
    return Fault(
        path, f"there is no {what} '{name:.60}'", None, allowed, f"Did you mean '{close[0]}'?" if close else ""
    )


def _pool(path: Path, pool: Mapping[str, object], reps: set[str], pools: set[str]) -> Iterator[Fault]:
    yield from _times(path, pool)
    members = pool.get("reps")
    seen: set[str] = set()
    if isinstance(members, list):
        for number, name in enumerate(members):
            if isinstance(name, str):
                if name not in reps:
                    yield _unknown((*path, "reps", number), "rep", name, reps)
                if name in seen:
                    what = f"'{name:.60}' stands twice in this pool"
                    yield Fault((*path, "reps", number), what, next_step="Give a weight instead.")
                seen.add(name)
        if not members:
            yield Fault((*path, "reps"), "nobody is in this pool", next_step="Name at least one rep.")
    for key in ("weights", "priorities"):
        given = pool.get(key)
        for name in given if isinstance(given, dict) else ():
            if name not in seen:
                yield _unknown((*path, key, name), "rep of this pool", name, seen)
    overflow = pool.get("overflow")
    if isinstance(overflow, str) and overflow not in pools:
        yield _unknown((*path, "overflow"), "pool", overflow, pools)


def _circles(pools: list[tuple[int, dict[str, object]]]) -> Iterator[Fault]:
    leads_to = {str(pool.get("name")): pool.get("overflow") for _, pool in pools}
    for index, pool in pools:
        start = str(pool.get("name"))
        path, at = [start], leads_to.get(start)
        while isinstance(at, str) and at in leads_to and at not in path:
            path.append(at)
            at = leads_to[at]
        if at == start:
            circle = " to ".join((*path, start))
            next_step = "Let one of them end elsewhere."
            yield Fault(("pools", index, "overflow"), f"the pools overflow in a circle: {circle}", next_step=next_step)


def _step(path: Path, step: Mapping[str, object], pools: set[str]) -> Iterator[Fault]:
    yield from _times(path, step)
    given = [key for key in PLACES if step.get(key) is not None]
    if len(given) != 1:
        found = " and ".join(given) or "none"
        yield Fault(path, "a step leads to exactly one place", found, ", ".join(PLACES))
    pool = step.get("pool")
    if isinstance(pool, str) and pool not in pools:
        yield _unknown((*path, "pool"), "pool", pool, pools)
