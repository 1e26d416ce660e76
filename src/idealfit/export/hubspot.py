"""HubSpot: companies read and updated in batches, through version 3 of its API (the prefix can be another)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from idealfit.export.crm_calls import Crm, CrmError, in_parts
from idealfit.export.crm_plan import FIELDS, NAMES, STAMP, Change, Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

BATCH = 100
"""Records in one call, at most."""


@dataclass(frozen=True)
class HubSpot:
    """Companies in HubSpot. `key` is the unique property that scores name companies by; '' is the record's id."""

    crm: Crm
    key: str = ""
    prefix: str = "/crm/v3"

    def missing_fields(self) -> list[str]:
        """Return which of our properties are not there."""
        found = self.crm.ask("GET", f"{self.prefix}/properties/companies")
        there = {str(one.get("name")) for one in found.get("results", [])}
        return [name for name in (*NAMES, STAMP) if name not in there]

    def create_fields(self, names: Sequence[str]) -> None:
        """Make properties of ours; one that is there by now is none the worse."""
        labels = {one.name: (one.label, one.kind) for one in FIELDS} | {STAMP: ("ICP: what was synced", "text")}
        for name in names:
            label, kind = labels[name]
            body = {"name": name, "label": label, "groupName": "companyinformation",
                    "type": "number" if kind == "number" else "string",
                    "fieldType": "number" if kind == "number" else "text"}  # fmt: skip
            reply = self.crm.reply("POST", f"{self.prefix}/properties/companies", body)
            if not reply.fine and reply.status != 409:
                raise CrmError(f"the property {name} could not be made: it answered {reply.status}", reply)

    def records(self, keys: Sequence[str]) -> Iterator[Record]:
        """Yield the companies that answer to `keys`."""
        wanted = ["name", *NAMES, STAMP, *([self.key] if self.key else [])]
        for part in in_parts(keys, BATCH):
            body: dict[str, Any] = {"properties": wanted, "inputs": [{"id": key} for key in part]}
            if self.key:
                body["idProperty"] = self.key
            found = self.crm.ask("POST", f"{self.prefix}/objects/companies/batch/read", body)
            for one in found.get("results", []):
                properties = {name: str(value) for name, value in one["properties"].items() if value is not None}
                key = properties.get(self.key, "") if self.key else str(one["id"])
                ours = {name: properties[name] for name in (*NAMES, STAMP) if name in properties}
                yield Record(str(one["id"]), key, properties.get("name", ""), ours)

    def update(self, changes: Sequence[Change]) -> Iterator[tuple[Change, str]]:
        """Write changes; yield each with '' or why it was not written.

        Where HubSpot refuses a whole batch for the sake of one record, they are sent one by one.
        """
        for part in in_parts(changes, BATCH):
            inputs = [{"id": change.record, "properties": change.after} for change in part]
            try:
                found = self.crm.ask("POST", f"{self.prefix}/objects/companies/batch/update", {"inputs": inputs})
            except CrmError as error:
                if error.reply is None or error.reply.status not in (400, 404, 409):
                    yield from ((change, error.why) for change in part)
                else:
                    yield from ((change, self._one(change)) for change in part)
                continue
            done = {str(one["id"]) for one in found.get("results", [])}
            why = {
                str(record): str(one.get("message", "refused"))
                for one in found.get("errors", [])
                for record in one.get("context", {}).get("ids", [])
            }
            for change in part:
                yield change, "" if change.record in done else why.get(change.record, "HubSpot did not confirm it")

    def _one(self, change: Change) -> str:
        try:
            path = f"{self.prefix}/objects/companies/{change.record}"
            self.crm.ask("PATCH", path, {"properties": change.after})
        except CrmError as error:
            return error.why
        return ""
