"""Policies on a history of leads, and the ledger made again."""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta

import pytest

from idealfit.errors import InputError
from idealfit.pipeline import simulate_policies, simulation_changed, simulation_figures, simulation_page
from idealfit.route.policy_file import loads
from idealfit.route.simulator import PastLead, People, simulate
from routing_sample import POLICY, Clock, desk_on, lead


@pytest.fixture
def history():
    start = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
    return [PastLead(f"h{n}", start + timedelta(minutes=11 * n), lead(n, win_rate=0.5)) for n in range(120)]


def test_everybody_gets_their_share_and_clocks_run_out(history):
    found = simulate(loads(POLICY), history, people=People(accepts=timedelta(minutes=10), seed=1))
    told = simulation_figures(found)
    assert told["leads"] == 120
    assert told["accepted by a rep"] + told["in a queue"] + told["still waiting at the end"] == 120
    assert told["not accepted in time"] > 0
    assert told["largest gap from the fair share, in leads"] < 1.5
    assert set(found.load) == {"ana", "ben", "cem"}
    assert found.expected_wins == pytest.approx(60)
    assert found.expected_wins_reached == pytest.approx(0.5 * found.accepted)


def test_the_same_history_gives_the_same_answer(history):
    one, other = (simulate(loads(POLICY), history) for _ in range(2))
    assert one == other


def test_a_simulation_does_what_the_desk_does(history, tmp_path):
    quick = People(accepts=timedelta(seconds=1), spread=0.0, open_for=timedelta(days=999))
    simulated = simulate(loads(POLICY), history[:40], people=quick).owners
    clock = Clock(history[0].at)
    with desk_on(str(tmp_path / "l.db"), clock=clock) as desk:
        owners = {}
        for past in history[:40]:
            clock.now = past.at
            answer = desk.take(past.fields, id=past.id, actor="test")
            owners[past.id] = answer.owner
            clock.now += timedelta(seconds=1)
            desk.accept(answer.lead, actor="test")
    assert simulated == owners


def test_the_ledger_replayed_gives_the_very_same_owners(tmp_path):
    clock = Clock()
    with desk_on(str(tmp_path / "l.db"), clock=clock) as desk:
        for n in range(60):
            answer = desk.take(lead(n, language=("de", "en", "fr")[n % 3]), actor="test")
            clock.forward(minutes=7)
            desk.sweep()
            if n % 5 == 0:
                desk.reassign(
                    answer.lead, actor="test", why="test", to=("ana", "ben")[desk.lead(answer.lead).owner == "ana"]
                )
            if n == 30:
                desk.adopt(loads(POLICY.replace("name: Inbound", "name: Another\nseed: 9")), actor="test")
        found = desk.replay()
    assert found.decisions > 60
    assert found.by_people == 12
    assert found.differences == []


@pytest.fixture
def files(tmp_path):
    (tmp_path / "a.yaml").write_text(POLICY)
    (tmp_path / "b.yaml").write_text(POLICY.replace("name: Inbound", "name: <b>Slow</b>").replace("30m", "10m"))
    with (tmp_path / "leads.csv").open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["Id", "Received At", "E-mail", "Tier"])
        for n in range(50):
            rows.writerow([n, f"2026-11-24 {9 + n // 10:02}:{n % 10 * 6:02}", f"p{n}@example.com", "A"])
    (tmp_path / "absences.csv").write_text("rep,first,last\nana,2026-11-24,2026-11-24\n")
    return tmp_path


def test_two_policies_side_by_side_from_files(files):
    found = simulate_policies(
        [files / "a.yaml", files / "b.yaml"], files / "leads.csv", absences=files / "absences.csv", seed=3
    )
    assert [set(one.owners.values()) for one in found] == [{"ben", "cem"}] * 2
    assert found[0].lapses < found[1].lapses
    assert simulation_changed(found).endswith("of 50 leads would first have gone to somebody else.")
    simulation_page(found, files / "page.html", "10m")
    page = (files / "page.html").read_text()
    assert page.lower().startswith("<!doctype html")
    assert "<b>Slow</b>" not in page
    figures = [simulation_figures(one) for one in found]
    for said in figures:
        assert f"{said['accepted by a rep']} of 50 leads are accepted by a rep" in page
        assert f"{said['not accepted in time']} clocks run out" in page
    assert "expected wins" not in page  # not known without a profile
    assert "it takes a profile" in page
    assert page.count("<svg") == 3
    assert "http://" not in page.replace("http://www.w3.org", "")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("leads.csv", "id,tier\n1,A\n", "no moment at which this lead came in"),
        ("leads.csv", "id,received at\n1,yesterday\n", "leads.csv:2: no moment.*found 'yesterday'"),
        ("absences.csv", "rep,first,last\nana,2026-11-24,2026-11-01\n", "absences.csv:2: not an absence"),
    ],
)
def test_files_that_cannot_be_used(files, name, text, said):
    (files / name).write_text(text)
    with pytest.raises(InputError, match=said):
        simulate_policies([files / "a.yaml"], files / "leads.csv", absences=files / "absences.csv")
