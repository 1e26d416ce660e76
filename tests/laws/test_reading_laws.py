"""Laws of reading: whatever the cells are, they come back as they were or as unknown, and row order never matters."""

import csv
import io
import random
from datetime import date

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from idealfit.engine import connect
from idealfit.errors import IdealfitError
from idealfit.sources.inspection import inspection
from idealfit.sources.missing import BLANKS, MISSING
from idealfit.sources.raw import distinct_headings
from idealfit.sources.reading import read

ENGINE = connect()
LAW = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
CELLS = st.text(st.characters(codec="utf-8", include_characters="\n\t", exclude_categories=("Cs", "Cc")), max_size=30)


def written(rows):
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


@LAW
@given(cells=st.lists(CELLS, min_size=2, max_size=12))
def test_a_text_is_trimmed_or_unknown_and_never_changed(tmp_path_factory, cells):
    file = tmp_path_factory.mktemp("law") / "t.csv"
    file.write_bytes(written([["Row", "Words"], *([n, f"{c}"] for n, c in enumerate(cells))]).encode())
    from idealfit.sources.mapping import Mapping

    source = read(file, connection=ENGINE, table="market", mapping=Mapping(kinds={"Words": "category"}))
    expected = [c.strip(BLANKS) for c in cells]
    expected = [None if e.lower() in MISSING else e for e in expected]
    assert source.table["Words"].to_pyarrow().to_pylist() == expected


@LAW
@given(
    rows=st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=8),
    headings=st.lists(CELLS, min_size=3, max_size=3),
)
def test_any_table_is_read_or_refused_in_words(tmp_path_factory, rows, headings):
    file = tmp_path_factory.mktemp("law") / "t.csv"
    file.write_bytes(written([headings, *rows]).encode())
    try:
        source = read(file, connection=ENGINE, table=None)
    except IdealfitError:
        return
    assert len(source.columns) == len(source.table.columns) == len(inspection(source))


@LAW
@given(seed=st.integers(0, 1000))
def test_row_order_never_matters(seed):
    order = random.Random(seed)
    rows = [
        (
            order.choice(["Won", "Lost"]),
            f"{order.randint(1, 28):02d}/{order.randint(1, 12):02d}/2024",
            f"{order.random():.3f}",
            order.choice(["a; b", "b; c", "a", "n/a"]),
        )
        for _ in range(60)
    ]
    rows.append(("Won", "28/02/2024", "0.5", "a; b"))
    shuffled = order.sample(rows, len(rows))
    headings = ["Outcome", "Close Date", "Score", "Tools"]
    one, other = (read(pd.DataFrame(r, columns=headings), connection=ENGINE) for r in (rows, shuffled))
    assert one.fingerprint == other.fingerprint
    assert [(c.kind, c.role, c.missing, c.distinct, c.separator) for c in one.columns] == [
        (c.kind, c.role, c.missing, c.distinct, c.separator) for c in other.columns
    ]


@LAW
@given(
    days=st.lists(st.dates(date(1970, 1, 1), date(2068, 1, 1)), min_size=1, max_size=20),
    form=st.sampled_from(["%Y-%m-%d", "%d.%m.%Y", "%Y-%m-%dT%H:%M:%S", "%d %b %Y", "%B %d, %Y", "%Y/%m/%d"]),
)
def test_a_date_written_and_read_is_the_same_day(days, form):
    frame = pd.DataFrame({"Close Date": [d.strftime(form) for d in days], "Outcome": ["Won"] * len(days)})
    assert read(frame, connection=ENGINE).table["Close Date"].to_pyarrow().to_pylist() == days


@LAW
@given(numbers=st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=20))
def test_a_number_written_the_european_way_is_the_same_number(numbers):
    cells = [f"{n:,}".replace(",", ".") + ",25 €" for n in numbers]
    frame = pd.DataFrame({"Revenue": cells, "Outcome": ["Won"] * len(cells)})
    expected = [n + 0.25 if n >= 0 else n - 0.25 for n in numbers]
    assert read(frame, connection=ENGINE).table["Revenue"].execute().tolist() == expected


@given(headings=st.lists(st.text(max_size=6), max_size=12))
def test_headings_always_differ_for_an_engine(headings):
    told_apart, _ = distinct_headings(headings)
    assert len({h.casefold() for h in told_apart}) == len(headings)
    assert all(h.strip() for h in told_apart)
