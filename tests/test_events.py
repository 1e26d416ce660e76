"""One event of many tellings: by hand, by laws, and on a world of 300 facts told up to 20 times."""

from __future__ import annotations

import importlib.util
import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from idealfit.watch.events import merge
from idealfit.watch.mentions import Mention, facts_in, kind_of

SEEN = datetime(2026, 3, 1, tzinfo=UTC)


def said(title: str, day: str = "2026-02-01", source: str = "paper", **more) -> Mention:
    kind = more.pop("kind", "") or kind_of(title)
    told = {"key": f"{title}{day}{source}", "facts": facts_in(title, kind, "Acme"), **more}
    return Mention("acme", kind, title, source, seen_at=SEEN, happened_on=date.fromisoformat(day), **told)


def grouped(*mentions: Mention) -> list[list[str]]:
    return sorted(sorted(m.summary for m in event.mentions) for event in merge([], mentions).values())


def test_one_round_in_four_wordings_is_one_event_with_its_disagreement():
    told = [
        said("Acme raises $20M Series B", "2026-02-03", "a"),
        said("Acme secures 20 million dollars in Series B", "2026-02-05", "b"),
        said("Series B: Acme lands $21.5m", "2026-02-09", "c"),
        said("Acme closes funding round", "2026-02-06", "d"),
    ]
    (event,) = merge([], told).values()
    assert (len(event.mentions), event.sources) == (4, ("a", "b", "d", "c"))
    assert event.happened_on == date(2026, 2, 3)
    assert event.conflicts == ("amount: 20000000 (a, b) or 21500000 (c)",)


def test_two_rounds_two_roles_two_products_are_two_events_each():
    assert len(grouped(said("Acme raises $5M seed"), said("Acme raises $20M Series A", "2026-03-20"))) == 2
    assert len(grouped(said("Acme appoints Jo Roe as CFO"), said("Acme hires chief technology officer"))) == 2
    assert len(grouped(said("Acme appoints Jo Roe as CFO"), said("New chief financial officer at Acme: Jo Roe"))) == 1
    assert len(grouped(said("Acme launches Atlas"), said("Acme unveils Beacon", "2026-02-03"))) == 2
    assert len(grouped(said("Acme raises $5M seed"), said("Acme raises $5M seed", "2027-02-01", "b"))) == 2


def test_the_most_official_day_comes_first_and_both_stay():
    filed = said(
        "sold securities", "2026-01-20", "SEC", kind="funding", strength="official", facts={"amount": "8000000"}
    )
    press = said("Acme raises $8M", "2026-02-02")
    (event,) = merge([], [press, filed]).values()
    assert (event.happened_on, event.best.source, event.first_seen_at) == (date(2026, 1, 20), "SEC", SEEN)


def test_a_natural_name_is_the_event():
    jobs = [said("SDR", kind="job posted", natural=f"job:lever:{n}", key=str(n), facts={"role": "SDR"}) for n in (1, 2)]
    assert len(merge([], jobs)) == 2
    anew = said(
        "SDR, EMEA", kind="job posted", natural="job:lever:1", key="again", source="site", facts={"role": "SDR"}
    )
    assert len(merge([], [*jobs, anew])) == 2


def test_kinds_of_headlines():
    told = {
        "Acme cuts 120 jobs": "layoffs",
        "Acme lays off a tenth of staff": "layoffs",
        "Acme CEO steps down": "executive departure",
        "Acme buys Nimbly": "acquisition",
        "Acme opens office in Lyon": "expansion",
        "Acme unveils Atlas": "product launch",
        "Acme suffers data breach": "incident",
        "Why funding matters": "",
        "Acme may raise money": "",
        "Acme denies layoffs": "",
        "Weather in Lyon": "",
    }
    assert {title: kind_of(title) for title in told} == told


TITLES = st.sampled_from(
    [
        "Acme raises $20M Series B",
        "Acme gets €5m seed",
        "Acme names Jo Roe CFO",
        "Acme hires CTO",
        "Acme launches Atlas",
        "Acme releases “Beacon”",
        "Acme opens office in Lyon",
        "Acme expands to Leeds",
        "Acme lays off 40 people",
        "Acme buys Nimbly",
    ]
)
TELLINGS = st.lists(st.tuples(TITLES, st.integers(0, 200), st.sampled_from("abc")), max_size=25)


def mentions(told) -> list[Mention]:
    return [said(title, (date(2026, 1, 1) + timedelta(days=day)).isoformat(), source) for title, day, source in told]


@given(TELLINGS, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_laws_order_never_matters_and_reading_again_changes_nothing(told, shuffler: random.Random):
    listed = mentions(told)
    once = merge([], listed)
    shuffler.shuffle(listed)
    assert merge([], listed) == once
    assert merge(once.values(), listed) == once
    every = [m.id for event in once.values() for m in event.mentions]
    assert sorted(every) == sorted({m.id for m in listed}), "each telling is in exactly one event"


@given(TELLINGS, TELLINGS)
@settings(max_examples=60, deadline=None)
def test_laws_an_event_keeps_its_id_and_its_mentions_when_more_is_told(first, more):
    before = merge([], mentions(first))
    after = merge(before.values(), mentions(more))
    for name, event in before.items():
        assert {m.id for m in event.mentions} <= {m.id for m in after[name].mentions}
        assert after[name].kind == event.kind


def test_pairs_of_tellings_are_put_together_rightly():
    path = Path(__file__).resolve().parents[1] / "bench" / "told_again.py"
    spec = importlib.util.spec_from_file_location("told_again", path)
    bench = importlib.util.module_from_spec(spec)
    import sys

    sys.modules["told_again"] = bench
    spec.loader.exec_module(bench)
    shares = bench.judged(bench.told(bench.world(7, 300), 7))
    assert shares["pairs right"] >= 0.97
    assert shares["precision"] >= 0.97
    assert shares["recall"] >= 0.97
