"""The tables that pass between the steps: columns, types, units and meaning, declared once.

A table from a person's files arrives as a `SourceTable`: an ibis table with the headings the person used, plus one
`Column` per heading that says how it was understood. Columns with a `role` are the ones the program reasons about
(`deal_id`, `outcome`, `opened_on` ...). Every other usable column is an attribute the system learns from.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    import ibis.expr.types as ir

Kind = Literal["number", "category", "list", "date", "text", "boolean", "identifier", "empty"]
"""What a column holds. ``identifier`` names one row and cannot be learned from; ``empty`` has no value at all."""

Layer = Literal["firmographic", "technographic", "operational", "behavioural", "negative"]
"""The five layers of a profile; ``behavioural`` includes timing."""

LAYERS: tuple[Layer, ...] = ("firmographic", "technographic", "operational", "behavioural", "negative")


@dataclass(frozen=True)
class Field:
    """One declared column: its name, its type, whether it must be there, and what it means."""

    name: str
    type: str
    meaning: str
    required: bool = False


ACCOUNTS = (
    Field("account_id", "string", "the company; joins deals and customers", required=True),
    Field("name", "string", "the company's name"),
    Field("domain", "string", "the company's internet domain"),
    Field("known_on", "date", "the day on which this row's facts became known; several rows per company are allowed"),
)
DEALS = (
    Field("deal_id", "string", "one row per deal; row numbers where the file has none"),
    Field("account_id", "string", "the company that was sold to"),
    Field("outcome", "string", "won, lost or open", required=True),
    Field("opened_on", "date", "the day the deal was opened; facts must have been known by then"),
    Field("closed_on", "date", "the day the outcome was known"),
    Field("amount", "float64", "the value of the deal, in one currency"),
    Field("currency", "string", "ISO 4217 code of the amount"),
    Field("owner", "string", "the sales person; never learned from"),
    Field("stage", "string", "the pipeline stage; never learned from"),
    Field("last_activity_on", "date", "the last logged contact; never learned from"),
    Field("activities", "float64", "how many contacts were logged; never learned from, tells a never-worked lead"),
    Field("first_touch_on", "date", "the first contact, from which the sales cycle counts"),
    Field("lost_reason", "string", "why it was lost; never learned from"),
)
CUSTOMERS = (
    Field("account_id", "string", "the company", required=True),
    Field("started_on", "date", "the day it became a customer"),
    Field("churned_on", "date", "the day it left; empty while it stays"),
    Field("renewed_on", "date", "the last renewal"),
    Field("expanded_on", "date", "the first expansion"),
    Field("arr", "float64", "recurring revenue a year, in one currency"),
    Field("lifetime_value", "float64", "what it has been worth in all"),
    Field("starting_arr", "float64", "recurring revenue a year when it became a customer"),
    Field("currency", "string", "ISO 4217 code of its amounts"),
    Field("contract_months", "float64", "length of the contract, in months"),
    Field("margin", "float64", "share of revenue left after what it costs to deliver (0 to 1, or per cent)"),
    Field("cac", "float64", "what it cost to acquire"),
    Field("support_cost", "float64", "cost of support a year"),
    Field("nps", "float64", "net promoter score; known only afterwards, never learned from"),
    Field("tickets", "float64", "support tickets; known only afterwards, never learned from"),
    Field("usage", "float64", "how much the product is used; known only afterwards, never learned from"),
)
SIGNALS = (
    Field("account_id", "string", "the company", required=True),
    Field("kind", "string", "the kind of event", required=True),
    Field("occurred_on", "date", "the day it happened", required=True),
    Field("known_on", "date", "the day it was known; taken for the same day where it is not given"),
    Field("source", "string", "where it was seen"),
    Field("name", "string", "the company's name"),
    Field("domain", "string", "the company's internet domain"),
)
CONVERSATIONS = (
    Field("text", "string", "what was said or written, one turn, note or whole transcript per row", required=True),
    Field("deal_id", "string", "the deal it belongs to"),
    Field("account_id", "string", "the company it belongs to, by its id, name or domain"),
    Field("speaker", "string", "who said it"),
    Field("side", "string", "customer or ours; found out where it is not given"),
    Field("said_on", "date", "the day it was said"),
    Field("kind", "string", "transcript, interview, note or reason"),
)
PEOPLE = (
    Field("role", "string", "the title or role of a person on the customer's side", required=True),
    Field("deal_id", "string", "the deal the person took part in"),
    Field("account_id", "string", "the company the person works for, by its id, name or domain"),
)
FEEDBACK = (
    Field("statement", "string", "what somebody of our own team says", required=True),
    Field("rep", "string", "who says it"),
    Field("account_id", "string", "the company, or the kind of company, it is about"),
    Field("said_on", "date", "the day it was said"),
)
SCORES = (
    Field("id", "string", "the company, as its table names it", required=True),
    Field("fit", "int64", "0 (fewest possible points) to 100 (most)", required=True),
    Field("fit_low", "int64", "the fit if every unknown turns out badly", required=True),
    Field("fit_high", "int64", "the fit if every unknown turns out well", required=True),
    Field("win_rate", "float64", "expected share of wins at this fit; lift against the market without losses"),
    Field("win_rate_low", "float64", "lower end of its 95 % interval, over the range of the unknown"),
    Field("win_rate_high", "float64", "upper end of it"),
    Field("tier", "string", "the profile's tier, or 'disqualified'", required=True),
    Field("reasons", "string", "criteria met, with their points, in words"),
    Field("against", "string", "criteria missed, negative criteria met, disqualifiers met"),
    Field("unknown", "string", "attributes that could not be judged"),
    Field("enrich_next", "string", "the one unknown attribute that could change the tier; empty if none"),
)


@dataclass(frozen=True)
class Column:
    """How one column of a source was understood.

    `name` is the heading as it stands in the source. `role` is the declared field it plays, or None for an attribute.
    `used` is False where the column takes no part in learning, and `reason` then says why in one short clause.
    `missing` is the share of rows without a value (0 to 1), `distinct` the number of different values among the rest.
    `separator` splits the cells of a list column. `currency` is an ISO code read from the cells or the heading.
    `written` tells how values are written, where that had to be found out ('1.234,56', 'DD/MM/YYYY').
    """

    name: str
    kind: Kind
    role: str | None = None
    layer: Layer | None = None
    missing: float = 0.0
    distinct: int = 0
    examples: tuple[str, ...] = ()
    used: bool = True
    reason: str = ""
    separator: str | None = None
    currency: str | None = None
    written: str = ""


SpeechKind = Literal["transcript", "interview", "note", "reason"]
"""How words came down to us. The first two are recorded words; the others are what our own side wrote down."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """What one person said at one time, in the words of the source.

    `text` is a piece of the source as it stands there. `source` says where that is, for people; `hash` is the SHA-256
    of the whole cell or file it stands in. `deal` and `company` are as written there; `side` is "ours", "theirs" or "".
    """

    text: str
    source: str
    hash: str
    deal: str = ""
    company: str = ""
    speaker: str = ""
    role: str = ""
    side: str = ""
    said_on: date | None = None
    kind: SpeechKind = "transcript"


@dataclass(frozen=True)
class RowCount:
    """A step that dropped rows, or could have: rows in, rows out and why."""

    step: str
    rows_in: int
    rows_out: int
    reason: str = ""


@dataclass(frozen=True)
class SourceTable:
    """A table as it came in, with typed cells, the person's own headings and an account of each column.

    `table` has one column per entry of `columns`, in the same order: float64 for numbers, date for dates,
    boolean for booleans, array<string> for lists, string for the rest; NULL is unknown. `mistakes` are what keeps the
    table from being learned from; only a table that was opened to be looked at has any. `places` says where a row,
    counted from 0, stands in the source; a table without it counts its rows.
    """

    name: str
    table: ir.Table
    columns: tuple[Column, ...]
    fingerprint: str = ""
    warnings: tuple[str, ...] = ()
    mistakes: tuple[str, ...] = ()
    places: Callable[[int], str] | None = None

    def place_of_row(self, row: int) -> str:
        """Return where the row, counted from 0, stands: by line where there are lines.

        >>> SourceTable("a data frame", None, ()).place_of_row(4)
        'a data frame: row 5'
        """
        return self.places(row) if self.places else f"{self.name}: row {row + 1}"

    def column(self, role: str) -> Column | None:
        """Return the column that plays `role`, or None."""
        return next((c for c in self.columns if c.role == role and c.used), None)
