"""Companies as known on a day, their outcomes, and the best customers among them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

    import numpy as np
    import numpy.typing as npt
    import pandas as pd

    from idealfit.profile.document import BestCustomers, Excluded
    from idealfit.tables import Kind, Layer, RowCount

Mode = Literal["won and lost deals", "customers against a market"]


@dataclass(frozen=True)
class Attribute:
    """A column that can be learned from."""

    name: str
    kind: Kind
    layer: Layer


@dataclass(frozen=True)
class History:
    """One row per decided deal (or per company, against a market), with facts as known when it was opened.

    All arrays and `facts` have the same length and order. See docs/design.md for the cell types of `facts`.
    """

    facts: pd.DataFrame
    attributes: tuple[Attribute, ...]
    won: npt.NDArray[np.bool_]
    account: npt.NDArray[np.int64]
    opened: npt.NDArray[np.datetime64]
    closed: npt.NDArray[np.datetime64]
    amount: npt.NDArray[np.float64]
    ids: npt.NDArray[np.object_]
    mode: Mode = "won and lost deals"
    as_of: date | None = None
    open_deals: int = 0
    fingerprint: str = ""
    best: npt.NDArray[np.bool_] | None = None
    best_customers: BestCustomers | None = None
    rows: tuple[RowCount, ...] = ()
    excluded: tuple[Excluded, ...] = ()
    warnings: tuple[str, ...] = field(default=())
