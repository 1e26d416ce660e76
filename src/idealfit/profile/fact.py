"""One fact that a text states, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from idealfit.profile.document import Test
    from idealfit.tables import Layer


@dataclass(frozen=True)
class Fact:
    """What ``text[start:end]`` says of a company.

    `attribute` is named as a table's column would be, `test` is what a cell must answer with yes; None where the text
    does not say how it could be tested, so a person has to. Where the text denies it, `negated` is True and the test
    is already the denial (``lacks: CRM``).
    """

    start: int
    end: int
    attribute: str
    layer: Layer
    test: Test | None
    negated: bool = False
