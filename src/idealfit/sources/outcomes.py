"""What the values of an outcome mean: won, lost or open."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from idealfit.engine import refusals_explained
from idealfit.errors import MappingError, Mistake
from idealfit.sources.headings import words
from idealfit.sources.mapping import Mapping

if TYPE_CHECKING:
    from idealfit.tables import SourceTable

Outcome = Literal["won", "lost", "open"]

_WON = re.compile(
    r"(is )?(closed? ?)?won|win|wins|success(ful)?|signed|converted|purchased|bought|accepted|gewonnen|gagn[ée]e?|"
    r"ganad[ao]|"
    r"vinta|deal won|sold|customer|hired us|live"
)
_LOST = re.compile(
    r"(is )?(closed? ?)?lost|loss|loses?|unsuccessful|failed|rejected|declined|refused|abandoned|no decision|dead|"
    r"disqualified|"
    r"unqualified|churn(ed)?|cancell?ed|not converted|verloren|perdue?|perdid[ao]|persa|deal lost|closed no decision|"
    r"omitted"
)
_OPEN = re.compile(
    r"open|in progress|pending|active|ongoing|new|engag(ed|ing)|prospect(ing)?|qualifi(ed|cation)|qualified to buy|"
    r"appointment ?scheduled|presentation ?scheduled|decision ?maker ?bought ?in|contract ?sent|qualified ?to ?buy|"
    r"discovery|"
    r"demo( .*)?|proposal.*|quote.*|negotiat.*|evaluation|verbal.*|needs analysis|value proposition|id decision makers|"
    r"perception analysis|on hold|stalled|working|nurtur(e|ing)|contacted|meeting.*|offen|pipeline|trial|poc|proof "
    r"of concept"
)
_YES = frozenset(("yes", "y", "true", "t", "1", "1 0", "ja", "oui", "si", "sí"))
_NO = frozenset(("no", "n", "false", "f", "0", "0 0", "nein", "non"))
_BAD_WHEN_TRUE = frozenset(
    ("churn", "churned", "lost", "loss", "cancelled", "canceled", "rejected", "attrition", "exited")
)
_STAGE_WORDS = frozenset(("stage", "pipeline", "step", "phase", "status"))
SHOWN = 20


def outcome_of(value: str, heading: str = "") -> Outcome | None:
    """Return what one value means, None where it is not plain; ``yes`` under *Churn* is lost, elsewhere won.

    >>> outcome_of("Closed Won"), outcome_of("closedlost"), outcome_of("Yes", "Churn"), outcome_of("Maybe")
    ('won', 'lost', 'lost', None)
    """
    said = " ".join(re.findall(r"[^\W_]+", value.lower()))
    if said in _YES or said in _NO:
        inverted = not _BAD_WHEN_TRUE.isdisjoint(words(heading))
        return "won" if (said in _YES) != inverted else "lost"
    for pattern, outcome in ((_WON, "won"), (_LOST, "lost"), (_OPEN, "open")):
        if pattern.fullmatch(said):
            return outcome  # type: ignore[return-value]
    return None


def outcomes(source: SourceTable, mapping: Mapping | None = None) -> dict[str, Outcome]:
    """Return won, lost or open for each value of the column with the role ``outcome``.

    What `mapping.won` and `mapping.lost` name goes first; with only one of them given, every value that does not
    plainly mean open is the other. In a stage column that has a won and a lost value the remaining values are open
    stages. Raises `MappingError` with every value not understood and how often it occurs.
    """
    mapping = mapping or Mapping()
    column = source.column("outcome")
    if column is None:
        raise MappingError(Mistake("no column says how a deal ended", source.name, next_step="Name it with --outcome."))
    counts = _counts(source, column.name)
    said = {v.strip().casefold(): o for o, values in (("won", mapping.won), ("lost", mapping.lost)) for v in values}
    both = {v.strip().casefold() for v in mapping.won} & {v.strip().casefold() for v in mapping.lost}
    present = {value.casefold() for value in counts}
    wrong = [Mistake("this value is named as won and as lost", source.name, v) for v in sorted(both)]
    wrong += [
        Mistake(f"column {column.name!r} has no such value", source.name, v, ", ".join(list(counts)[:SHOWN]))
        for v in (*mapping.won, *mapping.lost)
        if v.strip().casefold() not in present
    ]
    if wrong:
        raise MappingError(*wrong)
    meanings: dict[str, Outcome | None] = {}
    for value in counts:
        plain = outcome_of(value, column.name)
        if mapping.won and not mapping.lost:
            plain = plain if plain == "open" else "lost"
        elif mapping.lost and not mapping.won:
            plain = plain if plain == "open" else "won"
        meanings[value] = said.get(value.casefold(), plain)  # type: ignore[assignment]
    found = set(meanings.values())
    if not _STAGE_WORDS.isdisjoint(words(column.name)) and {"won", "lost"} <= found:
        meanings = {value: meaning or "open" for value, meaning in meanings.items()}
    strange = [value for value, meaning in meanings.items() if meaning is None]
    if strange:
        raise MappingError(_not_understood(source.name, column.name, strange, counts))
    return {value: meaning for value, meaning in meanings.items() if meaning is not None}


def _counts(source: SourceTable, heading: str) -> dict[str, int]:
    """Return how often each value occurs, the commonest first."""
    with refusals_explained(f"counting the outcomes of {source.name}"):
        cell = source.table[heading].cast("string")
        counted = source.table.filter(cell.notnull()).group_by(value=cell).agg(n=lambda t: t.count())
        found = counted.order_by([counted.n.desc(), counted.value]).limit(1000).to_pyarrow().to_pylist()
    return {row["value"]: row["n"] for row in found}


def _not_understood(name: str, heading: str, strange: list[str], counts: dict[str, int]) -> Mistake:
    listed = ", ".join(f"{value[:40]!r} ({counts[value]} rows)" for value in strange[:SHOWN])
    more = f" and {len(strange) - SHOWN} more" if len(strange) > SHOWN else ""
    return Mistake(
        f"column {heading!r} has values that do not plainly mean won, lost or open: {listed}{more}",
        where=name,
        next_step="Say which ones are won and which are lost with --won VALUE and --lost VALUE; name another column "
        "with --outcome.",
    )
