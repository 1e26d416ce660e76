"""Attributes as codes: where cells are cut, which values have a name, which words count."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from idealfit.learn.encoding import MOST_BINS, Cells, Items, cut_points, encoded
from idealfit.learn.history import Attribute

SIZE = Attribute("employees", "number", "firmographic")
AGE = Attribute("founded", "date", "firmographic")
INDUSTRY = Attribute("industry", "category", "firmographic")
TOOLS = Attribute("tools", "list", "technographic")
ABOUT = Attribute("about", "text", "operational")


def one(attribute: Attribute, values: list, smallest: int = 1) -> Cells | Items:
    """Return the only attribute of these cells."""
    cells = np.empty(len(values), dtype=object)
    cells[:] = values
    column = pd.Series(cells.astype(float) if attribute.kind in ("number", "date") else cells)
    (found,) = encoded(pd.DataFrame({attribute.name: column}), [attribute], smallest)
    return found


def test_a_number_falls_into_the_cell_that_begins_with_it():
    cells = one(SIZE, [1, 2, 2, 3, np.nan, np.inf])
    assert cells.edges == (2.0, 3.0)
    assert cells.codes.tolist() == [0, 1, 1, 2, -1, -1]


def test_a_day_falls_into_the_cell_that_ends_with_it():
    cells = one(AGE, [0, 7, 8, 14, 15, np.nan])
    assert cells.edges == (7.0, 14.0)
    assert cells.codes.tolist() == [0, 0, 1, 1, 2, -1]


def test_every_run_of_cells_has_its_test():
    size = Cells(SIZE, np.array([0]), edges=(10.0, 50.0, 250.0))
    said = [size.test(run).model_dump(exclude_none=True) for run in ([0], [0, 1], [1, 2], [2, 3], [3])]
    assert said == [
        {"below": 10.0},
        {"below": 50.0},
        {"between": (10.0, 250.0)},
        {"at_least": 50.0},
        {"at_least": 250.0},
    ]
    age = Cells(AGE, np.array([0]), edges=(30.0, 90.0))
    assert [age.test(run).model_dump(exclude_none=True) for run in ([0], [0, 1], [1, 2], [2])] == [
        {"within_days": 30},
        {"within_days": 90},
        {"older_than_days": 30},
        {"older_than_days": 90},
    ]


@pytest.mark.parametrize("smallest", [5, 40])
def test_no_cut_leaves_fewer_than_the_smallest_on_a_side(smallest):
    known = np.random.default_rng(0).lognormal(4, 2, 500)
    edges = cut_points(known, smallest)
    assert 0 < len(edges) < MOST_BINS
    assert (np.diff(edges) > 0).all()
    sides = [((known < e).sum(), (known >= e).sum()) for e in edges]
    assert min(min(pair) for pair in sides) >= smallest


def test_cuts_are_numbers_a_person_would_choose():
    edges = cut_points(np.random.default_rng(1).lognormal(10, 1, 5000), 10)
    assert all(len(f"{e:.0f}".rstrip("0")) <= 3 for e in edges), edges


def test_few_different_numbers_are_all_told_apart():
    assert cut_points(np.repeat([1.0, 2.0, 5.0], 10), 5).tolist() == [2.0, 5.0]


def test_rare_values_have_no_name_but_are_known():
    cells = one(INDUSTRY, ["Retail"] * 5 + ["retail "] * 3 + ["Software"] * 6 + ["Rare", None], smallest=5)
    assert cells.values == ("Retail", "Software")
    assert cells.codes.tolist() == [0] * 8 + [1] * 6 + [2, -1]


def test_the_spelling_most_used_stands_for_all():
    assert one(INDUSTRY, ["retail", "Retail", "Retail", "x"]).values[0] == "Retail"


def test_an_item_twice_in_a_cell_is_there_once():
    items = one(TOOLS, [("SAP", "sap "), ("Slack",), None, ("SAP", "Slack"), ("x",)])
    assert dict(zip(items.names, items.holds.sum(0).tolist()[0], strict=True)) == {"SAP": 2, "Slack": 2, "x": 1}
    assert items.known.tolist() == [True, True, False, True, True]


def test_items_that_nearly_all_or_hardly_any_row_holds_are_no_test():
    rows = [("all", "some") if i % 2 else ("all",) for i in range(20)] + [("rare", "all")]
    assert one(TOOLS, rows, smallest=3).names == ("some",)


def test_words_and_pairs_of_words_less_those_that_say_nothing():
    items = one(ABOUT, ["We are a remote data team", "remote-first. Data", "other"])
    assert set(items.names) == {"remote", "data", "remote data", "team", "data team", "first", "remote-first", "other"}


@pytest.mark.parametrize(
    ("attribute", "values"),
    [
        (SIZE, [5.0] * 9),
        (SIZE, [np.nan] * 9),
        (AGE, [3.0] * 9),
        (INDUSTRY, ["a"] * 9),
        (INDUSTRY, list("abcdefghi")),
        (TOOLS, [("a",)] * 9),
        (ABOUT, [None] * 9),
    ],
)
def test_an_attribute_without_two_cells_to_compare_is_left_out(attribute, values):
    cells = np.empty(9, dtype=object)
    cells[:] = values
    frame = pd.DataFrame({attribute.name: pd.Series(cells)})
    assert encoded(frame, [attribute], 2) == ()
