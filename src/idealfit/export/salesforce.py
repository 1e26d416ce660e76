"""Salesforce: accounts read by SOQL and updated in collections, with the answer on each row read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from idealfit.errors import InputError, Mistake
from idealfit.export.crm_calls import Crm, CrmError, in_parts
from idealfit.export.crm_plan import FIELDS, NAMES, STAMP, Change, Record
from idealfit.export.soql import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

BATCH = 200
"""Records in one call, at most."""

ID = 15
"""Letters of an id that count; the other three of the long form are a check."""


@dataclass(frozen=True)
class Salesforce:
    """Accounts in Salesforce. `key` is the external-id field that scores name companies by; '' is the record's id."""

    crm: Crm
    key: str = ""
    prefix: str = "/services/data/v62.0"

    def missing_fields(self) -> list[str]:
        """Return which of our fields are not there."""
        found = self.crm.ask("GET", f"{self.prefix}/sobjects/Account/describe")
        there = {str(one.get("name")) for one in found.get("fields", [])}
        return [name for name in (*NAMES, STAMP) if f"{name}__c" not in there]

    def create_fields(self, names: Sequence[str]) -> None:
        """Say which fields an administrator has to make: Salesforce makes none through this door."""
        kinds = {one.name: "Number(18, 0)" if one.kind == "number" else "Text(255)" for one in FIELDS}
        if names:
            listed = ", ".join(f"{name}__c {kinds.get(name, 'Text(255)')}" for name in names)
            raise InputError(
                Mistake("Account lacks fields that an administrator has to make first", self.crm.host, found=listed,
                        next_step="Setup, Object Manager, Account, Fields & Relationships; then apply the plan again.")
            )  # fmt: skip

    def records(self, keys: Sequence[str]) -> Iterator[Record]:
        """Yield the accounts that answer to `keys`. Fields that are not there yet hold nothing."""
        missing = set(self.missing_fields())
        there = [name for name in (*NAMES, STAMP) if name not in missing]
        selected = ", ".join(["Id", "Name", *([self.key] if self.key else []), *(f"{name}__c" for name in there)])
        for part in in_parts(keys, BATCH):
            listed = ", ".join(quoted(key) for key in part)
            path = f"{self.prefix}/query?q=" + quote(
                f"SELECT {selected} FROM Account WHERE {self.key or 'Id'} IN ({listed})"
            )
            asked = {key[:ID]: key for key in part}
            while path:
                found = self.crm.ask("GET", path)
                for one in found.get("records", []):
                    key = str(one.get(self.key) or "") if self.key else asked.get(str(one["Id"])[:ID], str(one["Id"]))
                    values = {name: str(one[f"{name}__c"]) for name in there if one.get(f"{name}__c") is not None}
                    yield Record(str(one["Id"]), key, str(one.get("Name") or ""), values)
                path = str(found.get("nextRecordsUrl") or "")

    def update(self, changes: Sequence[Change]) -> Iterator[tuple[Change, str]]:
        """Write changes; yield each with '' or why it was not written: the answer is 200 even for rows refused."""
        for part in in_parts(changes, BATCH):
            body = {"allOrNone": False, "records": [_sobject(change) for change in part]}
            try:
                found: list[dict[str, Any]] = self.crm.ask("PATCH", f"{self.prefix}/composite/sobjects", body)
            except CrmError as error:
                yield from ((change, error.why) for change in part)
                continue
            for number, change in enumerate(part):
                one = found[number] if number < len(found) else {}
                yield change, "" if one.get("success") else _why(one)


def _sobject(change: Change) -> dict[str, Any]:
    numbers = {one.name for one in FIELDS if one.kind == "number"}
    values = {
        f"{name}__c": (float(value) if name in numbers and value else value or None)
        for name, value in change.after.items()
    }
    return {"attributes": {"type": "Account"}, "id": change.record, **values}


def _why(one: dict[str, Any]) -> str:
    errors = one.get("errors") or []
    said = "; ".join(f"{e.get('statusCode', '')}: {e.get('message', '')}".strip(": ") for e in errors)
    return said[:300] or "Salesforce did not confirm it"
