"""Laws of learning: a test means the same while learning and while scoring, and nothing depends on order or names."""

from __future__ import annotations

from datetime import date, timedelta

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from idealfit.engine import connect
from idealfit.learn.calibration import fits
from idealfit.learn.candidates import Line
from idealfit.learn.candidates import tests_of as offered
from idealfit.learn.encoding import Cells, Encoded, Items, encoded, rows_of
from idealfit.learn.history import Attribute
from idealfit.learn.patterns import Scan
from idealfit.learn.rubric import Rubric
from idealfit.profile.criteria import answer
from idealfit.profile.document import Criterion, Narrative, Profile, Slot
from idealfit.score.scoring import score
from idealfit.tables import Kind

TODAY = date(2025, 6, 1)
ENGINE = connect()
ROWS = 12

lines_of_text = st.lists(
    st.one_of(
        st.sampled_from(
            ["data", "Data", "DATA", "e-commerce", "commerce", "Müller", "STRASSE", "straße", "the", "of", "o'neill"]
        ),
        st.sampled_from(["foo_bar", "bar", "24/7", "b2b", "b2b-data", "naïve", "x", "株式会社", "会社", "C++", "3×4"]),
        st.sampled_from([" ", "  ", ", ", ". ", "-", "–", "’", "'", "_", "\n", "\t", "/", "(", "\u00a0", "…"]),
    ),
    max_size=14,
).map(lambda parts: "".join(parts).strip())
CELLS: dict[Kind, st.SearchStrategy] = {
    "number": st.one_of(
        st.floats(allow_nan=True, allow_infinity=False, width=64),
        st.sampled_from([0.0, -0.0, 0.1, 0.3, 0.1 + 0.2, 1e300, 5e-324, 250.0, 249.99999999999997]),
        st.integers(-5, 5).map(float),
    ),
    "date": st.one_of(
        st.sampled_from([0, 1, 6, 7, 8, 14, 30, 31, 89, 90, 91, 365, 366, 3650, 3651, 20_000]), st.integers(0, 4000)
    ).map(float)
    | st.just(np.nan),
    "category": st.none()
    | st.sampled_from(["Retail", "retail", " Retail ", "RETAIL", "re tail", "Straße", "STRASSE", "straße", "Ärzte"])
    | st.sampled_from(["ärzte", "R&D; Labs", "a|b", "A|B", "1", "1.0", "Retailer", "100%", "_", "[x]", "O'Neill"]),
    "boolean": st.sampled_from(["yes", "no", None]),
    "list": st.none()
    | st.lists(
        st.sampled_from(
            ["SAP", "sap", " Sap", "SAP One", "C++", "c++", ".NET", "Größe", "GRÖSSE", "größe", "a;b", "a"]
        ),
        max_size=4,
    ).map(tuple),
    "text": st.none() | lines_of_text,
}


def column(values: list, kind: Kind) -> pa.Array:
    """Return cells of a history as a table of companies has them today."""
    if kind == "number":
        return pa.array([None if np.isnan(v) else v for v in values], type=pa.float64())
    if kind == "date":
        return pa.array([None if np.isnan(v) else TODAY - timedelta(days=int(v)) for v in values], type=pa.date32())
    if kind == "list":
        return pa.array([None if v is None else list(v) for v in values], type=pa.list_(pa.string()))
    return pa.array(values, type=pa.string())


def facts_of(values: list, kind: Kind) -> pd.DataFrame:
    cells = np.empty(len(values), dtype=float if kind in ("number", "date") else object)
    cells[:] = values
    return pd.DataFrame({"it": pd.Series(cells, dtype=cells.dtype)})


def every_line(source: Encoded, place: int = 0) -> list[Line]:
    """Return all tests that an attribute offers."""
    if isinstance(source, Items):
        return [Line(place, (i,)) for i in range(len(source.names))]
    effect = np.random.default_rng(0).normal(size=source.size)
    return [Line(place, tuple(np.flatnonzero(test).tolist())) for test in offered(source, effect)]


def answers_as_scored(values: list, kind: Kind, table: tuple[Encoded, ...], lines: list[Line]) -> list[list]:
    """Return each line's answers in a profile that is applied to the same cells: True, False or None."""
    companies = ibis.memtable(pa.table({"row": range(len(values)), "it": column(values, kind)}))
    tests = {f"t{i}": answer(companies, "it", line.test(table), TODAY) for i, line in enumerate(lines)}
    said = ENGINE.to_pandas(companies.select("row", **tests)).sort_values("row")
    return [[None if pd.isna(v) else bool(v) for v in said[name]] for name in tests]


def assert_read_alike(values: list, kind: Kind, most: int = 12) -> tuple[Encoded, ...]:
    """Check up to `most` of the tests that these cells offer, and return the cells as they were learned from."""
    table = encoded(facts_of(values, kind), [Attribute("it", kind, "firmographic")], 1)
    if table:
        lines = every_line(table[0])
        lines = lines[:: max(len(lines) // most, 1)]
        for line, scored in zip(lines, answers_as_scored(values, kind, table, lines), strict=True):
            learned = [(False, True, None)[state] for state in line.states(table)]
            assert learned == scored, (line.test(table), values)
    return table


@pytest.mark.parametrize("kind", CELLS)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_learning_and_scoring_read_a_test_alike(kind, data):
    assert_read_alike(data.draw(st.lists(CELLS[kind], min_size=ROWS, max_size=ROWS)), kind)


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        pytest.param("list", [("SAP",), (), None, ("sap ", "a"), ("a",)], id="an empty list is unknown"),
        pytest.param("list", [("Größe",), ("GRÖSSE",), ("größe",), ("a",)], id="a double s is another spelling"),
        pytest.param("category", ["Straße", "STRASSE", " straße ", "a", None], id="a street in capitals"),
        pytest.param("category", ["R&D; Labs", "r&d; labs", "R&D", "Labs"], id="a separator inside a value"),
        pytest.param("text", ["", "data", "Data!", "other", None], id="an empty text is unknown"),
        pytest.param("text", ["We do e-commerce", "commerce only", "e commerce"], id="a hyphen parts words"),
        pytest.param("text", ["Fast. Growing team", "fast growing", "fast\n growing"], id="a stop parts phrases"),
        pytest.param("text", ["snake_case name", "case name", "snake case"], id="an underscore is a letter"),
        pytest.param("text", ["Straße 1", "strasse 1", "STRASSE"], id="streets in a text"),
        pytest.param("text", ["O\u2019Neill Ltd", "neill ltd", "o'neill"], id="two apostrophes"),
        pytest.param("date", [0.0, 7.0, 8.0, 30.0, 31.0, 365.0, 366.0, np.nan], id="the last day counts"),
        pytest.param("number", [0.1, 0.2, 0.1 + 0.2, 0.3, -0.0, 0.0, 1e300], id="numbers next to each other"),
    ],
)
def test_hard_cells_are_read_alike(kind, values):
    assert assert_read_alike(values, kind, most=40), "these cells offer no test"


# A rubric's fit


def profile_of(rubric: Rubric, table: tuple[Encoded, ...]) -> Profile:
    """Return the rubric as a profile without tiers, as drafting writes it."""
    gap = Slot(text="?", source="open question")
    return Profile(
        name="Law",
        verdict="learned",
        narrative=Narrative(company=gap, situation=gap, trigger=gap, alternative=gap, urgency=gap),
        criteria=tuple(
            Criterion(
                attribute=table[line.place].attribute.name,
                layer=table[line.place].attribute.layer,
                test=line.test(table),
                points=points,
                met_by=round(100 * share),
            )
            for line, points, share in zip(rubric.lines, rubric.points, rubric.met_by, strict=True)
        ),
    )


def mixed_facts(rng: np.random.Generator, rows: int = 150) -> tuple[pd.DataFrame, list[Attribute]]:
    """Return one column of each kind, a fifth of the cells unknown."""
    tools = [tuple(t for t in ("SAP", "Slack", "HubSpot") if rng.random() < 0.5) or None for _ in range(rows)]
    facts = pd.DataFrame(
        {
            "number": np.round(rng.lognormal(4, 1, rows)),
            "category": rng.choice(["Retail", "Software", "Health", "Energy"], rows).astype(object),
            "boolean": rng.choice(["yes", "no"], rows).astype(object),
            "date": rng.integers(0, 900, rows).astype(float),
        }
    )
    for name in facts:
        facts.loc[rng.random(rows) < 0.2, name] = None
    facts["list"] = pd.Series(tools, dtype=object)
    return facts, [Attribute(str(name), str(name), "firmographic") for name in facts]  # type: ignore[arg-type]


def unknown_as(value: object, kind: Kind) -> object:
    """Return a cell, unknown as `column` takes it."""
    missing = not isinstance(value, tuple) and pd.isna(value)
    return (np.nan if kind in ("number", "date") else None) if missing else value


def rubric_at_random(table: tuple[Encoded, ...], rng: np.random.Generator) -> Rubric:
    """Return up to seven lines, some of one attribute, overlapping or not."""
    lines = []
    for place in rng.integers(0, len(table), 7):
        offered_here = [x for x in every_line(table[place], int(place)) if x not in lines]
        lines.append(offered_here[rng.integers(len(offered_here))])
    lines = lines[: rng.integers(1, 8)]
    states = [line.states(table) for line in lines]
    shares = tuple(float((s == 1).sum() / max((s != 2).sum(), 1)) for s in states)
    return Rubric(tuple(lines), tuple(int(p) for p in rng.choice([-5, -3, -2, -1, 1, 2, 4, 5], len(lines))), shares)


@pytest.mark.parametrize("seed", range(8))
def test_the_fit_that_win_rates_are_worked_out_for_is_the_fit_of_a_score(seed):
    rng = np.random.default_rng(seed)
    facts, attributes = mixed_facts(rng)
    table = encoded(facts, attributes, 5)
    rubric = rubric_at_random(table, rng)
    cells = {a.name: column([unknown_as(v, a.kind) for v in facts[a.name]], a.kind) for a in attributes}
    companies = ibis.memtable(pa.table({"id": [f"{i:03d}" for i in range(len(facts))], **cells}))
    scored = ENGINE.to_pandas(score(profile_of(rubric, table), companies, id_column="id", as_of=TODAY))
    assert fits(rubric, table, len(facts)).tolist() == scored.sort_values("id")["fit"].tolist()


# Order and names


def scan_of(it, table: tuple[Encoded, ...], won: np.ndarray, account: np.ndarray, part: np.ndarray) -> Scan:
    return Scan(table, won, part, account, rng=np.random.default_rng(it), permutations=99)


def said_of_lines(scan: Scan, lines: list[Line]) -> list[dict]:
    """Return the evidence of lines less what was drawn by chance."""
    return [scan.evidence(x).model_dump(include={"inside", "outside", "unknown", "periods_held"}) for x in lines]


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_rows_never_matters(seed):
    rng = np.random.default_rng(seed)
    facts, attributes = mixed_facts(rng)
    won, account, part = rng.random(150) < 0.4, np.arange(150), rng.integers(0, 3, 150)
    order = rng.permutation(150)
    table = encoded(facts, attributes, 5)
    mixed = encoded(facts.iloc[order].reset_index(drop=True), attributes, 5)
    scan = scan_of(0, table, won, account, part)
    other = scan_of(0, mixed, won[order], account[order], part[order])
    for place, source in enumerate(table):
        for line in every_line(source, place):
            same = line_like(line.test(table), mixed, place)
            np.testing.assert_array_equal(line.states(table)[order], same.states(mixed))
            assert said_of_lines(scan, [line]) == said_of_lines(other, [same])
    cells = [p for p in scan.patterns if isinstance(table[p.line.place], Cells)]
    same = {p.line.place: p for p in other.patterns}
    assert [(p.line.test(table), p.p) for p in cells] == [(same[k].line.test(mixed), same[k].p) for k in range(4)]


def line_like(test, table: tuple[Encoded, ...], place: int) -> Line:
    """Return the line of `place` that says the same, values in any order."""

    def meaning(other):
        return {"one_of": frozenset(other.one_of)} if other.one_of else other.model_dump(exclude_none=True)

    source = table[place]
    if isinstance(source, Cells) and not source.ordered:
        wanted = {test.is_} if test.is_ is not None else set(test.one_of)
        return Line(place, tuple(i for i, v in enumerate(source.values) if v in wanted))
    return next(x for x in every_line(source, place) if meaning(x.test(table)) == meaning(test))


@pytest.mark.parametrize("seed", range(4))
def test_the_names_of_categories_never_matter(seed):
    rng = np.random.default_rng(seed)
    facts, attributes = mixed_facts(rng)
    # No two values equally often: the order of such is that of their names, and so is what is drawn for them by chance.
    facts["category"] = rng.permutation(np.repeat(["Retail", "Software", "Health", "Energy"], [60, 40, 30, 20])).astype(
        object
    )
    won, account, part = rng.random(150) < 0.4, np.arange(150), rng.integers(0, 3, 150)
    names = dict(zip(["Retail", "Software", "Health", "Energy"], ["x", "'; --", "Ω", "Zürich  AG"], strict=True))
    renamed = facts.assign(category=facts["category"].map(names, na_action="ignore"))
    table, other = encoded(facts, attributes, 5), encoded(renamed, attributes, 5)
    one, two = scan_of(1, table, won, account, part), scan_of(1, other, won, account, part)
    (here,) = (p for p in one.patterns if p.line.place == 1)
    (there,) = (p for p in two.patterns if p.line.place == 1)
    assert {names[v] for v in values_of(here.line, table)} == set(values_of(there.line, other))
    assert said_of_lines(one, [here.line]) == said_of_lines(two, [there.line])
    # equally frequent values may change places, and with them what is drawn: four standard errors of 99 permutations
    assert here.p == pytest.approx(there.p, abs=0.2)


def values_of(line: Line, table: tuple[Encoded, ...]) -> tuple:
    test = line.test(table)
    return test.one_of or (test.is_,)


@pytest.mark.parametrize("seed", range(4))
def test_unknown_rows_stand_neither_inside_nor_outside(seed):
    rng = np.random.default_rng(seed)
    facts, attributes = mixed_facts(rng)
    won, account, part = rng.random(150) < 0.4, np.arange(150), rng.integers(0, 3, 150)
    table = encoded(facts, attributes, 5)
    scan = scan_of(2, table, won, account, part)
    for place, source in enumerate(table):
        unknown = facts[source.attribute.name].isna().to_numpy()
        for line in every_line(source, place):
            found, states = scan.evidence(line), line.states(table)
            assert ((states == 2) == unknown).all()
            assert found.unknown == unknown.sum()
            assert found.inside.n + found.outside.n == 150 - unknown.sum()
            assert found.inside.won + found.outside.won == won[~unknown].sum()


def test_fewer_rows_keep_their_codes():
    facts, attributes = mixed_facts(np.random.default_rng(0))
    table, some = encoded(facts, attributes, 5), np.arange(150) % 3 == 0
    fewer = rows_of(table, some)
    for place, source in enumerate(table):
        for line in every_line(source, place):
            assert line.test(table) == line.test(fewer)
            np.testing.assert_array_equal(line.states(table)[some], line.states(fewer))
