"""What was fetched, kept: every answer with its time and state, and each body once, so that a claim can be shown again.

A body is kept packed under its hash; two answers with the same body share it. Nothing is ever changed or removed
here, except by `forget`, which a person asks for.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from idealfit.store import Moment, Plain, Schema, Store
from idealfit.watch.fetching import Fetched, Known
from idealfit.watch.jobs import clean
from idealfit.watch.page_text import Page, read_page
from idealfit.watch.rights import cut_marked, without_recruiters

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)

TABLES = sa.MetaData()
BODIES = sa.Table(
    "page_bodies",
    TABLES,
    sa.Column("sha256", sa.String(64), primary_key=True),
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
)
FETCHES = sa.Table(
    "page_fetches",
    TABLES,
    sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
    sa.Column("url", sa.Text, nullable=False, index=True),
    sa.Column("final_url", sa.Text, nullable=False),
    sa.Column("seen_at", Moment, nullable=False),
    sa.Column("state", sa.String(24), nullable=False),
    sa.Column("status", sa.Integer, nullable=False),
    sa.Column("content_type", sa.Text, nullable=False),
    sa.Column("etag", sa.Text, nullable=False),
    sa.Column("last_modified", sa.Text, nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False, index=True),  # empty where there was no body
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("headers", Plain),
)


def _with_headers(connection: sa.Connection) -> None:
    kind = "JSONB" if connection.dialect.name == "postgresql" else "JSON"
    connection.execute(sa.text(f"ALTER TABLE page_fetches ADD COLUMN headers {kind}"))


PAGES = Schema("pages", TABLES, steps=(_with_headers,))


@dataclass(frozen=True)
class Kept:
    """A page as it is kept: who answered what, when, under which hash, and the page as it reads."""

    url: str
    final_url: str
    seen_at: datetime
    sha256: str
    page: Page
    content_type: str = ""
    headers: tuple[tuple[str, str], ...] = ()

    def holds(self, quote: str) -> bool:
        """Return whether the words stand in the page, or in what came with it."""
        return self.page.holds(quote) or any(
            quote and quote in (name, value, f"{name}: {value}") for name, value in self.headers
        )

    @classmethod
    def of(cls, answer: Fetched) -> Kept:
        """Return what is kept of an answer that is a page."""
        return cls(answer.url, answer.final_url, answer.seen_at, answer.sha256, answer.page, answer.content_type,
                   answer.headers)  # fmt: skip


@dataclass(frozen=True)
class Packed:
    """An answer ready to be kept: its row, and the row of its body if it has one."""

    fetch: dict[str, Any]
    body: dict[str, Any] | None


def pack(answer: Fetched, suppressed: Collection[str] = ()) -> Packed:
    """Return an answer ready to be kept: what takes time, done before anybody waits for the database.

    Names whose fingerprints are `suppressed` are cut out of the body; it stays under the hash of what came.
    """
    hashed = answer.sha256 if answer.body else ""
    body = {"sha256": hashed, **_held(answer, suppressed)} if answer.body else None
    names = ("url", "final_url", "seen_at", "state", "status", "content_type", "etag", "last_modified")
    fetch = {name: getattr(answer, name) for name in names}
    headers = [[_storable(name), _storable(value)] for name, value in answer.headers]
    return Packed({**fetch, "sha256": hashed, "note": _storable(answer.note), "headers": headers}, body)


def _held(answer: Fetched, suppressed: Collection[str]) -> dict[str, Any]:
    """Return body and text as they are kept: of a job board without recruiters, under the hash of what came."""
    bare = without_recruiters(answer.text, clean) if answer.text.lstrip()[:1] in ("{", "[") else answer.text
    if bare is answer.text:
        body, text = answer.body, text_kept(answer)
    else:
        text = _storable(bare)
        body = text.encode()
    if suppressed:
        text = cut_marked(text, suppressed)
        body = cut_marked(body.decode("utf-8", "surrogateescape"), suppressed).encode("utf-8", "surrogateescape")
    return {"body": zlib.compress(body, 6), "text": text}


def keep(store: Store, answers: Iterable[Fetched]) -> None:
    """Keep answers and their bodies, all or none of them."""
    packed = [pack(answer) for answer in answers]
    if packed:
        with store.transaction("keeping pages") as connection:
            keep_in(connection, store, packed)


def keep_in(connection: sa.Connection, store: Store, packed: Iterable[Packed]) -> None:
    """Keep answers and their bodies within a transaction that is under way."""
    listed = list(packed)
    bodies = {one.body["sha256"]: one.body for one in listed if one.body is not None}
    if bodies:
        connection.execute(store.insert(BODIES).on_conflict_do_nothing(), list(bodies.values()))
    if listed:
        connection.execute(sa.insert(FETCHES), [one.fetch for one in listed])


def text_kept(answer: Fetched) -> str:
    """Return the text of an answer as it is kept: of a page its visible text, else the body as it came."""
    text = answer.text
    return _storable(answer.page.text if is_page(answer.content_type, text) else text)


def _storable(text: str) -> str:
    return text.replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8")  # Postgres keeps no zero bytes


def is_page(content_type: str, text: str) -> bool:
    """Return whether a body is a web page, by its declared type or, without one, by how it begins."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind:
        return "html" in kind
    return "<html" in text[:2000].lower() or "<body" in text[:2000].lower()


_KNOWN = (
    sa.select(FETCHES.c.etag, FETCHES.c.last_modified, FETCHES.c.sha256, FETCHES.c.final_url)
    .where(FETCHES.c.url == sa.bindparam("address"), FETCHES.c.state == "ok")
    .order_by(FETCHES.c.id.desc())
    .limit(1)
)


def known(store: Store, url: str) -> Known:
    """Return what the server said of the body that is kept of a page, for asking only for what changed."""
    with store.transaction("looking for a kept page", writes=False) as connection:
        row = connection.execute(_KNOWN, {"address": url}).first()
    return Known(row.etag, row.last_modified, row.sha256, row.final_url) if row else Known()


def latest(store: Store, url: str) -> Kept | None:
    """Return the newest page that is kept of an address, or None."""
    found = _kept(store, FETCHES.c.url == url, 1)
    return found[0] if found else None


def pages_of(store: Store, site: str, most: int = 500) -> list[Kept]:
    """Return the newest page of each address of a site (the start of its addresses, such as ``https://acme.example``)."""
    newest = sa.select(sa.func.max(FETCHES.c.id)).where(
        FETCHES.c.state == "ok", FETCHES.c.url.startswith(site.rstrip("/"), autoescape=True)
    ).group_by(FETCHES.c.url)  # fmt: skip
    return _kept(store, FETCHES.c.id.in_(newest), most)


def _kept(store: Store, where: sa.ColumnElement[bool], most: int) -> list[Kept]:
    query = (
        sa.select(FETCHES, BODIES.c.body)
        .join(BODIES, BODIES.c.sha256 == FETCHES.c.sha256)
        .where(where, FETCHES.c.state == "ok")
        .order_by(FETCHES.c.id.desc())
        .limit(most)
    )
    with store.transaction("reading kept pages", writes=False) as connection:
        rows = connection.execute(query).all()
    found = []
    for row in rows:
        found.append(Kept.of(_answer(row)))
    return found


def _answer(row: sa.Row[Any]) -> Fetched:
    headers = tuple((str(name), str(value)) for name, value in row.headers or ())
    return Fetched(row.url, row.seen_at, "ok", row.final_url, row.status, row.content_type,
                   body=zlib.decompress(row.body), headers=headers)  # fmt: skip


def holds(store: Store, sha256: str, quote: str) -> bool:
    """Return whether a quote occurs in the body that is kept under a hash: the proof of a claim, years later."""
    with store.transaction("checking a quote", writes=False) as connection:
        row = connection.execute(sa.select(BODIES.c.body, BODIES.c.text).where(BODIES.c.sha256 == sha256)).first()
    if row is None:
        return False
    wanted = " ".join(quote.split())
    if wanted and wanted in " ".join(row.text.split()):
        return True
    return read_page(Fetched("", _NEVER, "ok", body=zlib.decompress(row.body)).text).holds(quote)


def forget(store: Store, site: str) -> int:
    """Remove every answer of a site and the bodies that nothing else uses; return how many answers there were."""
    with store.transaction("forgetting pages") as connection:
        gone = connection.execute(sa.delete(FETCHES).where(FETCHES.c.url.startswith(site.rstrip("/"), autoescape=True)))
        used = sa.select(FETCHES.c.sha256)
        connection.execute(sa.delete(BODIES).where(BODIES.c.sha256.not_in(used)))
    return int(gone.rowcount)
