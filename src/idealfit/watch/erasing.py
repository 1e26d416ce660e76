"""Names removed for good: on a person's wish, or because they may be kept no longer."""

from __future__ import annotations

import zlib
from datetime import date, datetime

import sqlalchemy as sa

from idealfit.store import Store
from idealfit.watch.keeping import BODIES
from idealfit.watch.rights import ROLE_ONLY, fingerprint, without
from idealfit.watch.watch_tables import JUDGEMENTS, LOG, MENTIONS, SUPPRESSED


def erase(store: Store, name: str, now: datetime) -> int:
    """Cut a person's name out of tellings, judgements, the log and kept pages; return in how many places it stood.

    The name is kept out from now on. A page keeps the hash that it had, which then names it as it was.
    """
    count = 0
    with store.transaction("erasing a name") as connection:
        for row in connection.execute(sa.select(MENTIONS)).all():
            held = dict(row.told)
            cut = {**held, "summary": without(held["summary"], name), "key": without(held["key"], name)}
            cut["quote"] = held["quote"] if without(held["quote"], name) == held["quote"] else ""
            cut["facts"] = {key: without(str(value), name) for key, value in held["facts"].items()}
            if cut != held:
                connection.execute(sa.update(MENTIONS).where(MENTIONS.c.id == row.id).values(told=cut))
                count += 1
        for table, column in ((LOG, LOG.c.words), (JUDGEMENTS, JUDGEMENTS.c.reason)):
            for row in connection.execute(sa.select(table.c.id, column.label("words"))).all():
                if without(row.words, name) != row.words:
                    new = {column.name: without(row.words, name)}
                    connection.execute(sa.update(table).where(table.c.id == row.id).values(new))
                    count += 1
        hashes = list(connection.scalars(sa.select(BODIES.c.sha256)))
        for sha256 in hashes:  # one at a time: bodies are large
            row = connection.execute(sa.select(BODIES).where(BODIES.c.sha256 == sha256)).one()
            body = zlib.decompress(row.body).decode("utf-8", "surrogateescape")
            if without(body, name) != body or without(row.text, name) != row.text:
                packed = zlib.compress(without(body, name).encode("utf-8", "surrogateescape"), 6)
                cut_body = {"body": packed, "text": without(row.text, name)}
                connection.execute(sa.update(BODIES).where(BODIES.c.sha256 == sha256).values(cut_body))
                count += 1
        mark = {"fingerprint": fingerprint(name), "at": now}
        connection.execute(store.insert(SUPPRESSED).values(**mark).on_conflict_do_nothing())
    return count


def forget_names(store: Store, before: date) -> int:
    """Turn tellings with names that were seen before a day into what they say without them; return how many.

    The same words are turned in the log and in the page that told them.
    """
    count = 0
    with store.transaction("forgetting names") as connection:
        held_back = sa.cast(MENTIONS.c.told, sa.Text).contains(f'"{ROLE_ONLY}"')  # the others are not even read
        for row in connection.execute(sa.select(MENTIONS).where(held_back)).all():
            held = dict(row.told)
            if ROLE_ONLY in held["facts"] and datetime.fromisoformat(held["seen_at"]).date() < before:
                facts = {key: value for key, value in held["facts"].items() if key != ROLE_ONLY}
                words, role_only = held["summary"], held["facts"][ROLE_ONLY]
                cut = {**held, "summary": role_only, "quote": "", "facts": facts}
                connection.execute(sa.update(MENTIONS).where(MENTIONS.c.id == row.id).values(told=cut))
                _turn_elsewhere(connection, held["sha256"], words, role_only)
                count += 1
    return count


def _turn_elsewhere(connection: sa.Connection, sha256: str, words: str, role_only: str) -> None:
    """Replace words that name somebody in the log, and in the page of a hash."""
    lines = sa.select(LOG.c.id, LOG.c.words).where(LOG.c.words.contains(words, autoescape=True))
    for line in connection.execute(lines).all():
        turned = line.words.replace(words, role_only)
        connection.execute(sa.update(LOG).where(LOG.c.id == line.id).values(words=turned))
    for page in connection.execute(sa.select(BODIES).where(BODIES.c.sha256 == sha256)).all():
        body = zlib.decompress(page.body).decode("utf-8", "surrogateescape").replace(words, role_only)
        packed = zlib.compress(body.encode("utf-8", "surrogateescape"), 6)
        values = {"body": packed, "text": page.text.replace(words, role_only)}
        connection.execute(sa.update(BODIES).where(BODIES.c.sha256 == sha256).values(values))
