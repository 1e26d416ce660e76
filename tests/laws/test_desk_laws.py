"""The whole desk, whatever happens: the bound holds, and everything agrees with the ledger."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from idealfit.route.checking import check
from idealfit.route.desk import Desk
from idealfit.route.policy_file import loads
from idealfit.route.rehearsal import Rehearsal
from idealfit.route.replay import replay
from idealfit.route.turns import LEAD, bound
from routing_sample import Clock, lead

REPS = ("ana", "ben", "cem", "dan", "eva")
ACTS = st.sampled_from(
    ("lead", "lead", "lead", "lead", "pause", "resume", "leave", "accept", "decline", "lapse", "give", "hour", "close")
)


def policy(weights, caps):
    reps = ", ".join(
        f"{{id: {rep}" + (f", per_day: {cap}" if cap else "") + "}" for rep, cap in zip(REPS, caps, strict=True)
    )
    said = ", ".join(f"{rep}: {weight}" for rep, weight in zip(REPS, weights, strict=True))
    return (
        f'idealfit_routing: 1\nname: x\nhours: {{mon-sun: ["00:00-24:00"]}}\naccept_within: 30m\nreps: [{reps}]\n'
        f"pools: [{{name: p, reps: [{', '.join(REPS)}], weights: {{{said}}}}}]\n"
        "rules: [{name: all, to: [{pool: p}]}]\n"
    )


@given(
    st.lists(st.sampled_from((50, 100, 100, 200)), min_size=5, max_size=5),
    st.lists(st.sampled_from((None, None, 3)), min_size=5, max_size=5),
    st.lists(st.tuples(ACTS, st.integers(0, 4)), max_size=80),
)
@settings(max_examples=300, deadline=None)
def test_the_desk_keeps_the_bound_and_agrees_with_its_ledger(weights, caps, acts):
    clock, entries, number = Clock(datetime(2026, 11, 23, tzinfo=UTC)), [], 0
    rehearsal = Rehearsal(clock, entries.append)
    desk = Desk(rehearsal)
    desk.adopt(loads(policy(weights, caps)), actor="test")
    given_back = 0
    for act, which in acts:
        held = sorted(row.id for row in rehearsal._rows.values() if row.status == "assigned")
        mine = held[which % len(held)] if held else None
        match act:
            case "lead":
                number += 1
                desk.take(lead(number), actor="test", id=f"n{number}")
            case "pause" | "resume":
                desk.note(act, actor="test", rep=REPS[which])
            case "leave":
                today = clock.now.date()
                desk.take_leave(REPS[which], today, date.fromordinal(today.toordinal() + which % 2), actor="test")
            case "hour":
                clock.now += timedelta(hours=1 + which * 3)
                desk.sweep()
            case "lapse":
                clock.now += timedelta(minutes=31)
                desk.sweep()
            case "accept" if mine:
                desk.accept(mine, actor="test")
            case "decline" if mine:
                desk.decline(mine, actor="test", why="no")
            case "give" if mine:
                given_back += 1
                desk.reassign(
                    mine, actor="test", why="test", to=next(r for r in REPS if r != rehearsal._rows[mine].owner)
                )
            case "close" if mine:
                given_back += 1
                desk.close(mine, actor="test", outcome="invalid")
        credit = rehearsal.state.credit.get("p", {})
        assert sum(credit.values()) == 0
        assert all(abs(owed) < (bound(len(REPS)) + given_back) * LEAD for owed in credit.values())
    assert check(entries, rehearsal._rows.values()).wrong == []
    assert replay(entries).differences == []
