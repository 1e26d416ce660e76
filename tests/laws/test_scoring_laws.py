"""What must hold for any rubric and any companies. The reference below knows nothing of ibis and of test groups."""

import itertools
from datetime import date, timedelta

import ibis
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from idealfit.engine import connect
from idealfit.profile.document import Criterion, Disqualifier, Narrative, Profile, Slot, Test, Tier
from idealfit.score.scoring import score

AS_OF = date(2025, 6, 30)
GAP = Slot(text="?", source="open question")
NARRATIVE = Narrative(company=GAP, situation=GAP, trigger=GAP, alternative=GAP, urgency=GAP)

# Every attribute with tests, each beside its meaning in plain Python, and cells that bring about every combination.
TESTS = {
    "employees": [
        (Test(at_least=40), lambda x: x >= 40),
        (Test(below=40), lambda x: x < 40),
        (Test(between=(40, 250)), lambda x: 40 <= x < 250),
        (Test(between=(100, 1000)), lambda x: 100 <= x < 1000),
        (Test(is_=250), lambda x: x == 250),
    ],
    "industry": [
        (Test(is_="Software"), lambda x: x == "Software"),
        (Test(is_not="Retail"), lambda x: x != "Retail"),
        (Test(one_of=("software", "Fintech ")), lambda x: x in ("Software", "Fintech")),
        (Test(none_of=("Fintech", "Energy")), lambda x: x not in ("Fintech", "Energy")),
    ],
    "technologies": [
        (Test(has="Salesforce"), lambda x: "Salesforce" in x.split("; ")),
        (Test(lacks="salesforce"), lambda x: "Salesforce" not in x.split("; ")),
        (Test(has_any=("HubSpot", "Salesforce")), lambda x: bool({"HubSpot", "Salesforce"} & set(x.split("; ")))),
        (Test(has="Slack"), lambda x: "Slack" in x.split("; ")),
    ],
    "last_funding_on": [
        (Test(within_days=30), lambda x: (AS_OF - x).days <= 30),
        (Test(within_days=365), lambda x: (AS_OF - x).days <= 365),
        (Test(older_than_days=365), lambda x: (AS_OF - x).days > 365),
    ],
}
CELLS = {
    "employees": [0.0, 39.0, 40.0, 99.0, 100.0, 249.0, 250.0, 251.0, 1000.0],
    "industry": ["Software", "Fintech", "Retail", "Energy", "Travel"],
    "technologies": [
        "; ".join(t) for n in (1, 2, 3) for t in itertools.combinations(("Salesforce", "HubSpot", "Slack"), n)
    ]
    + ["Salesforce2"],
    "last_funding_on": [AS_OF - timedelta(days=d) for d in (0, 30, 31, 365, 366)],
}
TYPES = {
    "employees": pa.float64(),
    "industry": pa.string(),
    "technologies": pa.string(),
    "last_funding_on": pa.date32(),
}

picks = st.sampled_from([(a, i) for a, tests in TESTS.items() for i in range(len(tests))])
points = st.integers(-5, 5)


@st.composite
def profiles(draw):
    chosen = draw(st.lists(picks, min_size=1, max_size=6))
    criteria = tuple(
        Criterion(
            attribute=a,
            layer="firmographic",
            test=TESTS[a][i][0],
            points=draw(points),
            met_by=draw(st.integers(0, 100)),
        )
        for a, i in chosen
    )
    rules = draw(st.lists(picks, max_size=2))
    disqualify = tuple(Disqualifier(attribute=a, test=TESTS[a][i][0]) for a, i in rules)
    ends = sorted(draw(st.lists(st.integers(0, 100), max_size=3, unique=True)), reverse=True)
    tiers = tuple(Tier(name=f"T{at_least}", at_least=at_least, action="-") for at_least in ends)
    return Profile(
        name="p", verdict="written by hand", narrative=NARRATIVE, criteria=criteria, disqualify=disqualify, tiers=tiers
    )


companies = st.fixed_dictionaries({a: st.one_of(st.none(), st.sampled_from(cells)) for a, cells in CELLS.items()})
tables = st.lists(companies, min_size=1, max_size=8)


def meaning(line):
    return next(holds for test, holds in TESTS[line.attribute] if test == line.test)


def points_of(profile, attribute, cell):
    return sum(c.points for c in profile.criteria if c.attribute == attribute and meaning(c)(cell))


def by_hand(profile, company):
    """Return fit, fit_low and fit_high by whole numbers, every possible cell of an unknown attribute tried."""
    total100 = lowest = highest = low = high = 0
    for attribute in dict.fromkeys(c.attribute for c in profile.criteria):
        tried = [points_of(profile, attribute, cell) for cell in CELLS[attribute]]
        lowest, highest = lowest + min(tried), highest + max(tried)
        if company[attribute] is None:
            expected = sum(c.points * c.met_by for c in profile.criteria if c.attribute == attribute)
            total100 += min(max(expected, 100 * min(tried)), 100 * max(tried))
            low, high = low + min(tried), high + max(tried)
        else:
            got = points_of(profile, attribute, company[attribute])
            total100, low, high = total100 + 100 * got, low + got, high + got
    if lowest == highest:
        fits = [50, 50, 50]
    else:
        reach = highest - lowest
        fits = [(200 * (x - 100 * lowest) + 100 * reach) // (200 * reach) for x in (total100, 100 * low, 100 * high)]
    rules = [None if company[d.attribute] is None else meaning(d)(company[d.attribute]) for d in profile.disqualify]
    if True in rules:
        return [0, 0, 0]
    return [fits[0], 0 if None in rules else fits[1], fits[2]]


def scored(profile, rows, *, in_order=True):
    columns = {a: pa.array([row[a] for row in rows], type=TYPES[a]) for a in CELLS}
    table = ibis.memtable(pa.table({"id": [str(i) for i in range(len(rows))], **columns}))
    found = connect().to_pyarrow(score(profile, table, as_of=AS_OF, in_order=in_order)).to_pylist()
    return sorted(found, key=lambda row: int(row["id"]))


def fits(row):
    return [row["fit"], row["fit_low"], row["fit_high"]]


@settings(max_examples=20, deadline=None)
@given(profiles(), tables, st.booleans())
def test_fit_is_the_formula_worked_by_hand(profile, rows, in_order):
    for row, company in zip(scored(profile, rows, in_order=in_order), rows, strict=True):
        assert fits(row) == by_hand(profile, company)
        assert row["fit_low"] <= row["fit"] <= row["fit_high"]


@settings(max_examples=12, deadline=None)
@given(profiles(), tables, st.randoms(use_true_random=False))
def test_neither_the_order_of_rows_nor_the_way_of_scoring_matters(profile, rows, random):
    order = list(range(len(rows)))
    random.shuffle(order)
    straight = scored(profile, rows)
    shuffled = scored(profile, [rows[i] for i in order], in_order=False)
    for place, i in enumerate(order):
        assert {**shuffled[place], "id": ""} == {**straight[i], "id": ""}


@settings(max_examples=12, deadline=None)
@given(profiles(), companies)
def test_filling_in_an_unknown_lands_within_the_bounds_and_reaches_both(profile, company):
    unknown = [a for a in CELLS if company[a] is None]
    choices = [company, *({**company, **{a: cell}} for a in unknown for cell in CELLS[a])]
    before, *after = scored(profile, choices)
    for row in after:
        assert before["fit_low"] <= row["fit"] <= before["fit_high"]
        assert before["fit_low"] <= row["fit_low"] <= row["fit_high"] <= before["fit_high"] or row["fit_high"] == 0
    if len(unknown) == 1 and not profile.disqualify:
        reached = [row["fit"] for row in after]
        assert (min(reached), max(reached)) == (before["fit_low"], before["fit_high"])


@settings(max_examples=12, deadline=None)
@given(profiles(), companies)
def test_enrich_next_names_an_unknown_that_alone_can_change_the_tier(profile, company):
    named = {c.attribute for c in (*profile.criteria, *profile.disqualify)}
    unknown = [a for a in CELLS if company[a] is None and a in named]
    choices = [(a, {**company, a: cell}) for a in unknown for cell in CELLS[a]]
    before, *after = scored(profile, [company, *(row for _, row in choices)])
    moving = {a for (a, _), row in zip(choices, after, strict=True) if row["tier"] != before["tier"]}
    if before["tier"] == "disqualified" or not moving:
        assert before["enrich_next"] == ""
        return

    def reach(attribute):
        tried = [points_of(profile, attribute, cell) for cell in CELLS[attribute]]
        return max(tried) - min(tried)

    assert before["enrich_next"] in moving
    assert reach(before["enrich_next"]) == max(reach(a) for a in moving)


@settings(max_examples=10, deadline=None)
@given(profiles(), tables)
def test_nothing_known_is_neither_a_match_nor_an_objection(profile, rows):
    blank = scored(profile, [dict.fromkeys(CELLS), *rows])[0]
    assert (blank["reasons"], blank["against"]) == ("", "")
    assert blank["tier"] != "disqualified"
    assert blank["unknown"].count(",") + 1 == len({c.attribute for c in (*profile.criteria, *profile.disqualify)})


@settings(max_examples=12, deadline=None)
@given(profiles(), companies, picks, st.integers(1, 5))
def test_a_yes_to_a_criterion_with_points_never_lowers_the_fit(profile, company, pick, worth):
    attribute, i = pick
    test, holds = TESTS[attribute][i]
    alone = Criterion(attribute=attribute, layer="firmographic", test=test, points=worth)
    others = tuple(c for c in profile.criteria if c.attribute != attribute)
    profile = profile.model_copy(update={"criteria": (*others, alone), "disqualify": ()})
    yes = [cell for cell in CELLS[attribute] if holds(cell)]
    no = [cell for cell in CELLS[attribute] if not holds(cell)]
    missed, unknown, met = scored(profile, [{**company, attribute: cell} for cell in (no[0], None, yes[0])])
    assert missed["fit"] <= unknown["fit"] <= met["fit"]


@pytest.mark.parametrize("attribute", TESTS)
def test_the_cells_above_bring_about_both_answers_to_every_test(attribute):
    for _, holds in TESTS[attribute]:
        assert {holds(cell) for cell in CELLS[attribute]} == {True, False}
