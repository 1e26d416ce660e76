"""Routing: a policy read and looked through, the desk opened on a store, leads read from a file."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from idealfit.errors import InputError, Mistake
from idealfit.export.whole_files import write_whole
from idealfit.pipeline.lead_addresses import address_facts
from idealfit.profile.reading import read as read_yaml
from idealfit.route.acts import Acts
from idealfit.route.desk import Desk
from idealfit.route.ledger import SCHEMA
from idealfit.route.lint import doubts
from idealfit.route.policy_file import POLICY, loads, text_of
from idealfit.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from idealfit.route.answers import Value
    from idealfit.route.lint import Doubt
    from idealfit.route.policy import Policy

Known: TypeAlias = "Callable[[Mapping[str, Value]], dict[str, Value]]"
"""What is known of a lead beside its fields."""

STORE = "idealfit.db"
"""Where the ledger is, if nothing else is said."""


def load_policy(path: str | Path) -> Policy:
    """Return the policy in a file; raises `PolicyError` with every mistake in it, each with its line."""
    return loads(text_of(path), str(path))


def lint_policy(path: str | Path) -> tuple[Policy, list[tuple[str, Doubt]]]:
    """Return the policy in a file, and what is doubtful about it, each with its place (file and line)."""
    text = text_of(path)
    policy = loads(text, str(path))
    reading = read_yaml(text, str(path), POLICY)
    return policy, [(f"{path}:{reading.line(doubt.where) or 1}", doubt) for doubt in doubts(policy)]


def start_policy(path: str | Path) -> None:
    """Write a policy to start from; refuses to replace a file."""
    if Path(path).exists():
        raise InputError(Mistake("this file is there already; it was left as it is", str(path)))
    write_whole(path, files("idealfit.route").joinpath("starter.yaml").read_text(encoding="utf-8"))


def lead_facts(accounts: str | Path | None, profile: str | Path | None) -> Known:
    """Return what adds to a lead what is known of its company. It loads what reads and scores tables, so it is late."""
    if accounts is None and profile is None:
        return address_facts
    made: Known = import_module("idealfit.pipeline.lead_facts").lead_facts(accounts, profile)
    return made


def _now() -> datetime:
    return datetime.now(UTC)


@contextmanager
def desk_at(
    store: str | Path = STORE,
    *,
    accounts: str | Path | None = None,
    profile: str | Path | None = None,
    clock: Callable[[], datetime] = _now,
) -> Iterator[Desk]:
    """Yield the desk whose ledger is in `store`: the path of a SQLite file, or a Postgres URL.

    Leads are matched to the companies in `accounts`, and scored with the `profile`.
    """
    known = lead_facts(accounts, profile)
    with open_store(store, SCHEMA) as ledger:
        yield Desk(Acts(ledger, clock), enrich=known)
