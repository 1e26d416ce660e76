"""The tables of watching: who is watched, what is due, what was told, what people said of it, what was sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from idealfit.store import Moment, Plain, Schema

TABLES = sa.MetaData()
_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
COMPANIES = sa.Table(
    "watch_companies",
    TABLES,
    sa.Column("company", sa.String(200), primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("domain", sa.String(255), nullable=False),
    sa.Column("known_as", Plain, nullable=False),  # boards, cik, feeds: where its traces are
    sa.Column("tier", sa.String(80), nullable=False),
    sa.Column("entered_at", Moment, nullable=False),
    sa.Column("left_at", Moment),
)
CHECKS = sa.Table(
    "watch_checks",
    TABLES,
    sa.Column("company", sa.String(200), primary_key=True),
    sa.Column("source", sa.String(40), primary_key=True),
    sa.Column("due_at", Moment, nullable=False, index=True),
    sa.Column("claimed_until", Moment),
    sa.Column("checked_at", Moment),
    sa.Column("state", sa.String(24), nullable=False, default=""),
    sa.Column("note", sa.Text, nullable=False, default=""),
    sa.Column("failures", sa.Integer, nullable=False, default=0),
    sa.Column("snapshot", Plain),
)
MENTIONS = sa.Table(
    "watch_mentions",
    TABLES,
    sa.Column("id", sa.String(24), primary_key=True),
    sa.Column("event", sa.String(24), nullable=False, index=True),
    sa.Column("told", Plain, nullable=False),
)
EVENTS = sa.Table(
    "watch_events",
    TABLES,
    sa.Column("id", sa.String(24), primary_key=True),
    sa.Column("company", sa.String(200), nullable=False, index=True),
    sa.Column("kind", sa.String(60), nullable=False),
    sa.Column("first_seen_at", Moment, nullable=False),
    sa.Column("left_at", Moment),
    sa.Column("left_because", sa.Text, nullable=False, default=""),
)
JUDGEMENTS = sa.Table(
    "watch_judgements",
    TABLES,
    sa.Column("id", _NUMBER, primary_key=True, autoincrement=True),
    sa.Column("event", sa.String(24), nullable=False, index=True),
    sa.Column("judged", sa.String(12), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("corrected", Plain, nullable=False),
)
SENT = sa.Table(
    "watch_sent",
    TABLES,
    sa.Column("channel", sa.String(200), primary_key=True),
    sa.Column("thing", sa.String(120), primary_key=True),
    sa.Column("claimed_at", Moment, nullable=False),
    sa.Column("sent_at", Moment),
)
RUNS = sa.Table(
    "watch_runs",
    TABLES,
    sa.Column("id", _NUMBER, primary_key=True, autoincrement=True),
    sa.Column("began_at", Moment, nullable=False),
    sa.Column("ended_at", Moment),
    sa.Column("counts", Plain, nullable=False),
)
LOG = sa.Table(
    "watch_log",
    TABLES,
    sa.Column("id", _NUMBER, primary_key=True, autoincrement=True),
    sa.Column("run", _NUMBER, nullable=False, index=True),
    sa.Column("at", Moment, nullable=False),
    sa.Column("company", sa.String(200), nullable=False),
    sa.Column("source", sa.String(40), nullable=False),
    sa.Column("state", sa.String(24), nullable=False),
    sa.Column("words", sa.Text, nullable=False),
)
SUPPRESSED = sa.Table(
    "watch_suppressed", TABLES,
    sa.Column("fingerprint", sa.String(64), primary_key=True),  # of a person's name, which itself is not kept
    sa.Column("at", Moment, nullable=False),
)  # fmt: skip
WATCH = Schema("watch", TABLES)


@dataclass(frozen=True)
class Watched:
    """A company that is watched: its key, its name and domain, where its traces are, and its tier by fit."""

    company: str
    name: str = ""
    domain: str = ""
    known_as: Mapping[str, Any] = field(default_factory=dict)
    tier: str = ""
