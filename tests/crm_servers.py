"""Small CRMs on this machine that keep what is written to them and say no as the real ones do."""

from __future__ import annotations

import json
import re
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TOKEN = "a key for tests"  # noqa: S105


@dataclass
class FakeCrm:
    """A running CRM: its address, its records by id, its fields, and the requests it had (method, path, body)."""

    url: str = ""
    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    fields: set[str] = field(default_factory=set)
    locked: set[str] = field(default_factory=set)  # ids of records that take no update
    trouble: list[int | str] = field(default_factory=list)  # statuses for the next requests, or "drop"
    requests: list[tuple[str, str, Any]] = field(default_factory=list)


@contextmanager
def served(crm: FakeCrm, answer: Callable[[FakeCrm, str, str, Any], tuple[int, Any]]) -> Iterator[FakeCrm]:
    """Yield a CRM that answers requests by `answer`, after the trouble it is told to make."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None: ...

        def answer(self) -> None:
            sent = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            body = json.loads(sent) if sent else None
            crm.requests.append((self.command, self.path, body))
            self.close_connection = True
            if self.headers.get("Authorization") != f"Bearer {TOKEN}":
                return self.reply(401, {"message": "the key is not valid"})
            if crm.trouble:
                what = crm.trouble.pop(0)
                return None if what == "drop" else self.reply(int(what), {"message": "later"}, {"Retry-After": "0"})
            return self.reply(*answer(crm, self.command, self.path, body))

        def reply(self, status: int, content: Any, headers: dict[str, str] | None = None) -> None:
            written = json.dumps(content).encode()
            self.send_response(status)
            for name, value in {**(headers or {}), "Content-Length": str(len(written)), "Connection": "close"}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(written)

        do_GET = do_POST = do_PATCH = answer  # noqa: N815

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    crm.url = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield crm
    finally:
        server.shutdown()
        server.server_close()


def hubspot(crm: FakeCrm, method: str, path: str, body: Any) -> tuple[int, Any]:
    """Answer as HubSpot: properties, batch/read (207 for unknown ids), batch/update, PATCH of one company."""
    match method, path.removeprefix("/crm/v3"):
        case "GET", "/properties/companies":
            return 200, {"results": [{"name": name} for name in sorted(crm.fields)]}
        case "POST", "/properties/companies":
            if body["name"] in crm.fields:
                return 409, {"message": "a property of that name exists"}
            crm.fields.add(body["name"])
            return 201, body
        case "POST", "/objects/companies/batch/read":
            return _hubspot_read(crm, body)
        case "POST", "/objects/companies/batch/update":
            return _hubspot_update(crm, body)
        case "PATCH", one if one.startswith("/objects/companies/"):
            record = one.rpartition("/")[2]
            if record in crm.locked:
                return 400, {"message": "this company takes no update"}
            crm.records[record] |= body["properties"]
            return 200, {"id": record, "properties": crm.records[record]}
    return 404, {"message": f"there is no {method} {path}"}


def _hubspot_read(crm: FakeCrm, body: Any) -> tuple[int, Any]:
    assert len(body["inputs"]) <= 100
    key = body.get("idProperty")
    results, missing = [], []
    for one in body["inputs"]:
        found = [i for i, r in crm.records.items() if (str(r.get(key)) if key else i) == one["id"]]
        if not found:
            missing.append(one["id"])
            continue
        there = crm.records[found[0]]
        wanted = {name: there.get(name) for name in body["properties"] if name in crm.fields | {"name", key}}
        results.append({"id": found[0], "properties": wanted})
    errors = [{"status": "error", "category": "OBJECT_NOT_FOUND", "context": {"ids": missing}}] if missing else []
    return (207 if missing else 200), {"status": "COMPLETE", "results": results, "errors": errors}


def _hubspot_update(crm: FakeCrm, body: Any) -> tuple[int, Any]:
    assert len(body["inputs"]) <= 100
    names = {name for one in body["inputs"] for name in one["properties"]}
    if names - crm.fields:
        return 400, {"message": f"properties do not exist: {sorted(names - crm.fields)}"}
    if crm.locked & {one["id"] for one in body["inputs"]}:
        return 400, {"message": "one of the companies takes no update"}  # the whole batch is refused
    for one in body["inputs"]:
        crm.records[one["id"]] |= one["properties"]
    return 200, {"status": "COMPLETE", "results": [{"id": one["id"]} for one in body["inputs"]]}


def salesforce(crm: FakeCrm, method: str, path: str, body: Any) -> tuple[int, Any]:
    """Answer as Salesforce: describe, a SOQL query with IN (pages of a hundred), composite update."""
    parts = urlsplit(path)
    match method, parts.path.removeprefix("/services/data/v62.0"):
        case "GET", "/sobjects/Account/describe":
            return 200, {"fields": [{"name": name} for name in sorted(crm.fields)]}
        case "GET", "/query":
            return _salesforce_query(crm, parse_qs(parts.query))
        case "PATCH", "/composite/sobjects":
            assert len(body["records"]) <= 200
            return 200, [_salesforce_update(crm, one) for one in body["records"]]
    return 404, [{"errorCode": "NOT_FOUND", "message": "there is no such thing"}]


def _salesforce_query(crm: FakeCrm, asked: dict[str, list[str]]) -> tuple[int, Any]:
    query, start = asked["q"][0], int(asked.get("from", ["0"])[0])
    parsed = re.fullmatch(r"SELECT (.+) FROM Account WHERE (\w+) IN \((.+)\)", query)
    if not parsed:
        return 400, [{"errorCode": "MALFORMED_QUERY", "message": query}]
    names, key = parsed[1].split(", "), parsed[2]
    if strange := [name for name in names if name not in crm.fields | {"Id", "Name", key}]:
        return 400, [{"errorCode": "INVALID_FIELD", "message": f"No such column {strange}"}]
    values = {v.replace("\\'", "'").replace("\\\\", "\\") for v in re.findall(r"'((?:[^'\\]|\\.)*)'", parsed[3])}
    found = [
        {"Id": i, **r} for i, r in crm.records.items()
        if (r.get(key) in values if key != "Id" else any(i[:15] == v[:15] for v in values))
    ]  # fmt: skip
    page = [{"attributes": {"type": "Account"}, **{n: r.get(n) for n in names}} for r in found[start : start + 100]]
    more = f"/services/data/v62.0/query?{'&'.join(('q=' + _quoted(query), f'from={start + 100}'))}"
    done = start + 100 >= len(found)
    return 200, {"totalSize": len(found), "done": done, "records": page, **({} if done else {"nextRecordsUrl": more})}


def _quoted(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode())


def _salesforce_update(crm: FakeCrm, one: dict[str, Any]) -> dict[str, Any]:
    assert one["attributes"] == {"type": "Account"}
    record = one["id"]
    if record in crm.locked:
        error = {"statusCode": "UNABLE_TO_LOCK_ROW", "message": "unable to obtain exclusive access", "fields": []}
        return {"id": None, "success": False, "errors": [error]}
    values = {name: value for name, value in one.items() if name not in ("attributes", "id")}
    if strange := set(values) - crm.fields:
        return {"success": False, "errors": [{"statusCode": "INVALID_FIELD", "message": str(strange)}]}
    crm.records[record] |= values
    return {"id": record, "success": True, "errors": []}
