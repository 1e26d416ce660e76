"""The door of exports: a name, and the function that hands rows over under that name."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import entry_points
from types import MappingProxyType
from typing import TYPE_CHECKING

from idealfit.errors import InputError, Mistake
from idealfit.export.handover import HandedOver, Handover
from idealfit.export.slack import to_slack
from idealfit.export.tables import to_audience, to_csv, to_excel, to_json_lines
from idealfit.export.webhook import Message, Receiver, send

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from idealfit.export.handover import Row

GROUP = "idealfit.exports"
"""The entry points by which another package adds an export: a name, and an `Export`."""

AT_ONCE = 100
"""Rows in one message of a webhook."""


@dataclass(frozen=True)
class Export:
    """A function that hands rows over, and the ending of the file that it writes ('' where it sends)."""

    hand_over: Callable[[Handover], HandedOver]
    ending: str = ""
    signed: bool = False


def to_webhook(handover: Handover) -> HandedOver:
    """Send the rows to a webhook, a hundred in a message, signed; what is not taken is parked."""
    receiver = Receiver(handover.to, handover.secret, handover.loopback)
    messages = [Message("idealfit.scores", {"rows": [dict(row) for row in rows]}) for rows in _hundreds(handover.rows)]
    sent = send(receiver, messages, park_in=handover.park_in, progress=handover.progress)
    parked = sum(len(message.data["rows"]) for message in sent.parked)
    return HandedOver("the webhook", handover.count - parked, parked, sent.parked_in)


EXPORTS: Mapping[str, Export] = MappingProxyType(
    {
        "csv": Export(to_csv, ".csv"),
        "xlsx": Export(to_excel, ".xlsx"),
        "jsonl": Export(to_json_lines, ".jsonl"),
        "audience": Export(to_audience, ".csv"),
        "slack": Export(to_slack, ".json"),
        "webhook": Export(to_webhook, signed=True),
    }
)
"""The exports that come with the program. HubSpot and Salesforce are not among them: they take a plan first."""


def export_named(name: str) -> Export:
    """Return the export of a name, built in or of another package; raises `InputError` with all names there are."""
    if name in EXPORTS:
        return EXPORTS[name]
    others = {entry.name: entry for entry in entry_points(group=GROUP)}
    if name not in others:
        allowed = ", ".join(sorted({*EXPORTS, *others}))
        raise InputError(
            Mistake("there is no such export", "--to", name, allowed,
                    "Into hubspot and salesforce 'idealfit export' writes by a plan.")
        )  # fmt: skip
    loaded = others[name].load()
    if not isinstance(loaded, Export):
        raise InputError(Mistake(f"this is no export but a {type(loaded).__name__}", f"entry point {name} of {GROUP}"))
    return loaded


def _hundreds(rows: Iterable[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch
