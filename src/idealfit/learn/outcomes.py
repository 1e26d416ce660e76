"""What became of each deal: won, lost or open, and one row per deal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from idealfit.errors import InputError, MappingError, Mistake

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from idealfit.learn.cells import Cells
    from idealfit.tables import SourceTable

Outcome = Literal["won", "lost", "open"]

_SAME_ANSWER = {"yes": ("yes", "true", "1", "y", "t"), "no": ("no", "false", "0", "n", "f")}
_SHOWN = 10


def outcomes(deals: Cells, outcome_of: Mapping[str, str]) -> npt.NDArray[np.object_]:
    """Return "won", "lost" or "open" for each row; a row without an outcome is open.

    `outcome_of` maps the values of the outcome column, compared trimmed and in any case. Raises `MappingError` without
    an outcome column and `InputError` for values that are not in the mapping, each with its count.
    """
    heading = deals.heading("outcome")
    if heading is None:
        raise MappingError(
            Mistake(
                "no column tells how a deal ended",
                where=deals.source,
                allowed="one column whose values mean won, lost or open",
                next_step="Name it with --outcome, or give --market if these are customers without losses.",
            )
        )
    wrong = [v for v in outcome_of.values() if v not in get_args(Outcome)]
    if wrong:
        raise InputError(Mistake("an outcome must be won, lost or open", found=wrong[0], allowed="won, lost, open"))
    meaning: dict[str, str] = {}
    for value, outcome in outcome_of.items():
        key = value.strip().casefold()
        alike = next((s for s in _SAME_ANSWER.values() if key in s), (key,))
        meaning |= {word: outcome for word in alike if word not in meaning}
        meaning[key] = outcome
    words = deals.words("outcome")
    keys = [None if w is None else w.strip().casefold() for w in words]
    unmapped: dict[str, int] = {}
    for said, word in zip(keys, words, strict=True):
        if said is not None and said not in meaning:
            unmapped[str(word)] = unmapped.get(str(word), 0) + 1
    if unmapped:
        raise InputError(*_unmapped(deals.source, heading, unmapped, outcome_of))
    out = np.empty(deals.n, dtype=object)
    out[:] = ["open" if said is None else meaning[said] for said in keys]
    return out


def _unmapped(source: str, heading: str, values: dict[str, int], outcome_of: Mapping[str, str]) -> list[Mistake]:
    """Return one mistake per value without a meaning, the most frequent first."""
    most = sorted(values.items(), key=lambda item: (-item[1], item[0]))
    mistakes = [
        Mistake(
            f"column '{heading}': neither won, lost nor open ({count:,} row{'' if count == 1 else 's'})",
            where=source,
            found=value,
            allowed=", ".join(outcome_of) or "nothing yet",
            next_step="Say what it means with --won or --lost.",
        )
        for value, count in most[:_SHOWN]
    ]
    if len(most) > _SHOWN:
        mistakes.append(
            Mistake(f"column '{heading}': {len(most) - _SHOWN:,} more values without a meaning", where=source)
        )
    return mistakes


def one_row_per_deal(
    source: SourceTable, ids: npt.NDArray[np.object_], outcome: npt.NDArray[np.object_]
) -> npt.NDArray[np.bool_]:
    """Return which rows to keep so that every deal id stands once: its first decided row, else its first row.

    Raises `InputError` naming the ids that stand there both as won and as lost.
    """
    seen: dict[str, int] = {}
    contradicted: dict[str, tuple[int, int]] = {}
    for row, (deal, what) in enumerate(zip(ids.tolist(), outcome.tolist(), strict=True)):
        first = seen.setdefault(deal, row)
        if first == row:
            continue
        if outcome[first] == "open" and what != "open":
            seen[deal] = row
        elif what != "open" and what != outcome[first]:
            contradicted.setdefault(deal, (first, row))
    if contradicted:
        shown = [
            Mistake(
                f"one deal has two outcomes: {outcome[first]} here, {outcome[again]} in {source.place_of_row(again)}",
                where=source.place_of_row(first),
                found=deal,
                allowed="one outcome per deal id",
                next_step="Correct the row that is wrong, or name the right id column with --id.",
            )
            for deal, (first, again) in list(contradicted.items())[:_SHOWN]
        ]
        if len(contradicted) > _SHOWN:
            shown.append(Mistake(f"{len(contradicted) - _SHOWN:,} more deals with two outcomes", where=source.name))
        raise InputError(*shown)
    keep = np.zeros(len(ids), dtype=bool)
    keep[list(seen.values())] = True
    return keep
