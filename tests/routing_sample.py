"""A small policy, a clock that tests set, and a desk on a ledger."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from idealfit.route.acts import Acts
from idealfit.route.desk import Desk
from idealfit.route.ledger import SCHEMA
from idealfit.route.policy_file import loads
from idealfit.store import open_store

POLICY = """\
idealfit_routing: 1
name: Inbound
zone: Europe/Berlin
hours: {mon-fri: ["09:00-17:00"]}
holidays: DE
accept_within: 30m
reps:
  - {id: ana, can: {languages: [de, en]}}
  - {id: ben, can: {languages: [en]}}
  - {id: cem, can: {languages: [en, fr]}}
pools:
  - name: sales
    reps: [ana, ben, cem]
    needs: [{lead: language, rep: languages}]
rules:
  - name: not for us
    when: [{field: tier, test: {is: disqualified}}]
    to: [{end: disqualify}]
  - name: owned
    when: [{field: owned, test: {is: "yes"}}]
    to: [{owner: next}, {pool: sales}]
  - name: full fit
    when: [{field: tier, test: {is: A}}]
    to: [{pool: sales}]
  - name: the rest
    to: [{queue: review}]
"""
TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


class Clock:
    """A clock that shows what it is set to."""

    def __init__(self, now=TUESDAY):
        self.now = now

    def __call__(self):
        return self.now

    def forward(self, **time):
        self.now += timedelta(**time)


@contextmanager
def desk_on(where, policy=POLICY, clock=None, **more):
    with open_store(where, SCHEMA) as store:
        desk = Desk(Acts(store, clock or Clock()), **more)
        if policy is not None:
            desk.adopt(loads(policy), actor="test")
        yield desk


def lead(number, **fields):
    return {"email": f"lead{number}@example.com", "tier": "A", **fields}
