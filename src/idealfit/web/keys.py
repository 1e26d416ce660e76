"""API keys: shown once, kept as a hash, each with what it may do and how often."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa

from idealfit.errors import ConflictError, InputError, Mistake, NotFoundError
from idealfit.store import Moment, Schema

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from idealfit.store import Store

SCOPES = ("leads", "read", "admin", "events")
"""What a key may do: take leads and act on them; look; change reps, leave and read the audit; tell events."""

RATE = 12_000
"""Requests a minute that a key may make, if nothing else is said."""

FRESH = 10.0
"""Seconds for which a key that was looked up is not looked up again; a revoked one works for so long at most."""

TABLES = sa.MetaData()
KEYS = sa.Table(
    "web_keys",
    TABLES,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("name", sa.String(100), nullable=False, unique=True),
    sa.Column("hash", sa.String(64), nullable=False),
    sa.Column("scopes", sa.String(100), nullable=False),
    sa.Column("rate", sa.Integer, nullable=False),
    sa.Column("made_at", Moment, nullable=False),
    sa.Column("revoked_at", Moment),
)
SCHEMA = Schema("keys", TABLES)


@dataclass(frozen=True, slots=True)
class Key:
    """A key as it is known: never the secret itself."""

    name: str
    scopes: frozenset[str]
    rate: int
    hash: str
    revoked: bool


def make_key(store: Store, name: str, scopes: Collection[str], *, rate: int = RATE) -> str:
    """Return a new key, which is shown this once; only its hash is kept."""
    wrong = sorted(set(scopes) - set(SCOPES))
    if wrong or not scopes:
        raise InputError(Mistake("not what a key may do", found=", ".join(wrong), allowed=", ".join(SCOPES)))
    if not name.strip() or len(name) > 100 or rate < 1:
        raise InputError(Mistake("a key needs a name of up to 100 letters, and a rate of at least 1 a minute"))
    number, secret = secrets.token_hex(6), secrets.token_urlsafe(32)
    values = {
        "id": number, "name": name, "hash": _hash(secret), "scopes": " ".join(sorted(set(scopes))), "rate": rate,
        "made_at": datetime.now(UTC), "revoked_at": None,
    }  # fmt: skip
    with store.transaction("making a key") as connection:
        if connection.scalar(sa.select(KEYS.c.id).where(KEYS.c.name == name)) is not None:
            raise ConflictError(Mistake("there is a key of this name already", found=name))
        connection.execute(sa.insert(KEYS).values(values))
    return f"ik_{number}_{secret}"


def revoke_key(store: Store, name: str) -> None:
    """Let a key open nothing any more."""
    with store.transaction("revoking a key") as connection:
        found = sa.update(KEYS).where(KEYS.c.name == name, KEYS.c.revoked_at.is_(None))
        if connection.execute(found.values(revoked_at=datetime.now(UTC))).rowcount == 0:
            raise NotFoundError(Mistake("there is no such key", found=name[:100]))


def keys(store: Store) -> list[dict[str, object]]:
    """Return all keys by name: what they may do, how often, since when and whether they were revoked."""
    with store.transaction("listing keys", writes=False) as connection:
        rows = connection.execute(sa.select(KEYS).order_by(KEYS.c.name)).all()
    return [
        {
            "name": row.name, "scopes": row.scopes.split(), "rate": row.rate, "made_at": row.made_at.isoformat(),
            "revoked_at": row.revoked_at.isoformat() if row.revoked_at else None,
        }
        for row in rows
    ]  # fmt: skip


class Doorkeeper:
    """Knows keys, and counts what each one asks. `seconds` is a clock that only goes forward."""

    def __init__(self, store: Store, seconds: Callable[[], float]) -> None:
        self._store = store
        self._seconds = seconds
        self._known: dict[str, tuple[float, Key | None]] = {}
        self._left: dict[str, tuple[float, float]] = {}
        self._lock = threading.Lock()

    def key(self, given: str) -> Key | None:
        """Return the key that this text is, or None."""
        number, secret = _parts(given)
        return _opened(self._looked_up(number), secret) if number and secret else None

    def fresh_key(self, given: str) -> Key | None:
        """Return the key that this text is, if it was looked up a moment ago; the database is not asked."""
        number, secret = _parts(given)
        since, found = self._known.get(number, (-FRESH, None))
        return _opened(found, secret) if self._seconds() - since < FRESH else None

    def wait(self, key: Key) -> float:
        """Return for how many seconds a key has to wait before it may ask again; 0 lets it ask now, and counts it."""
        now = self._seconds()
        burst = max(key.rate / 6, 10.0)  # ten seconds' worth at once
        with self._lock:
            left, at = self._left.get(key.name, (burst, now))
            left = min(burst, left + (now - at) * key.rate / 60)
            if left < 1:
                self._left[key.name] = (left, now)
                return (1 - left) * 60 / key.rate
            self._left[key.name] = (left - 1, now)
            return 0.0

    def _looked_up(self, number: str) -> Key | None:
        now = self._seconds()
        since, found = self._known.get(number, (-FRESH, None))
        if now - since < FRESH:
            return found
        with self._store.transaction("looking up a key", writes=False) as connection:
            row = connection.execute(sa.select(KEYS).where(KEYS.c.id == number)).one_or_none()
        found = (
            None
            if row is None
            else Key(row.name, frozenset(row.scopes.split()), row.rate, row.hash, row.revoked_at is not None)
        )
        if found is not None:  # guesses must not fill the memory
            self._known[number] = (now, found)
        return found


def _parts(given: str) -> tuple[str, str]:
    """Return the number and the secret of a key; nothing where the text cannot be one."""
    _, _, rest = given.partition("ik_")
    number, _, secret = rest.partition("_")
    return (number, secret) if len(given) <= 200 and number.isalnum() else ("", "")


def _opened(key: Key | None, secret: str) -> Key | None:
    if key is None or key.revoked or not hmac.compare_digest(key.hash, _hash(secret)):
        return None
    return key


def _hash(secret: str) -> str:
    """Return the hash of a secret; 256 bits of chance need no slow one."""
    return hashlib.sha256(secret.encode()).hexdigest()
