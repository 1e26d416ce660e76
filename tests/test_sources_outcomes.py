import pandas as pd
import pytest

from idealfit.engine import connect
from idealfit.errors import MappingError
from idealfit.sources.mapping import Mapping
from idealfit.sources.outcomes import outcomes
from idealfit.sources.reading import read

ENGINE = connect()


def deals(mapping=None, **columns):
    return read(pd.DataFrame(columns), connection=ENGINE, mapping=mapping)


@pytest.mark.parametrize(
    ("heading", "values", "expected"),
    [
        ("Deal Stage", ["Closed Won", "Closed Lost", "Demo booked"], ["won", "lost", "open"]),
        ("StageName", ["closedwon", "closedlost", "appointmentscheduled"], ["won", "lost", "open"]),
        ("deal_stage", ["Won", "Lost", "Engaging"], ["won", "lost", "open"]),
        ("Status", ["won", "lost", "open"], ["won", "lost", "open"]),
        ("Churn", ["Yes", "No", "No"], ["lost", "won", "won"]),
        ("y", ["yes", "no", "no"], ["won", "lost", "lost"]),
        ("Is Won", ["true", "false", "true"], ["won", "lost", "won"]),
        ("Ergebnis", ["Won", "Lost", "Lost"], ["won", "lost", "lost"]),
        ("Deal - Status", ["Gewonnen", "Verloren", "Offen"], ["won", "lost", "open"]),
    ],
)
def test_headings_and_values_of_the_usual_exports(heading, values, expected):
    source = deals(**{heading: values})
    assert source.column("outcome").name == heading
    meaning = outcomes(source)
    assert [meaning[v] for v in source.table[heading].execute()] == expected


def test_won_and_closed_flags_together_tell_open_deals():
    source = deals(IsWon=[True, False, False], IsClosed=[True, True, False], StageName=["Signed", "Gone", "Talking"])
    assert list(source.table["IsWon"].execute()) == ["won", "lost", "open"]
    assert outcomes(source) == {"won": "won", "lost": "lost", "open": "open"}
    assert next(c for c in source.columns if c.name == "IsClosed").reason == "part of the outcome"


def test_two_columns_that_could_be_the_outcome_are_listed_with_the_flag():
    with pytest.raises(MappingError) as refused:
        deals(Outcome=["Won", "Lost"], Result=["Lost", "Won"])
    assert 'Choose with --outcome "Outcome" or --outcome "Result"' in str(refused.value)


def test_no_outcome_at_all_names_the_flag_and_the_columns_with_few_values():
    with pytest.raises(MappingError, match=r"no column says how a deal ended.*--outcome COLUMN.*Colour"):
        deals(Colour=["red", "blue", "red"])


def test_values_that_mean_nothing_known_are_counted_and_the_flags_named():
    source = deals(Outcome=["Won", "Lost", "Maybe", "Maybe"])
    with pytest.raises(MappingError, match=r"'Maybe' \(2 rows\).*--won VALUE and --lost VALUE"):
        outcomes(source)


def test_naming_the_won_values_makes_the_others_lost_but_open_ones():
    source = deals(Result=["A", "B", "C", "Open"], mapping=Mapping(outcome="Result"))
    assert outcomes(source, Mapping(won=("a",))) == {"A": "won", "B": "lost", "C": "lost", "Open": "open"}


def test_a_named_value_that_is_not_there_is_a_mistake():
    source = deals(Outcome=["Won", "Lost"])
    with pytest.raises(MappingError, match=r"has no such value, found 'Wonn'"):
        outcomes(source, Mapping(won=("Wonn",)))


def test_a_heading_asked_for_that_is_not_there_is_a_mistake_with_the_nearest_one():
    with pytest.raises(MappingError, match=r"no such column for outcome, found 'Outcom'.*Did you mean 'Outcome'"):
        deals(Outcome=["Won", "Lost"], mapping=Mapping(outcome="Outcom"))


def test_a_clever_heading_is_not_enough_for_a_role():
    rows = 40
    source = deals(
        Outcome=["Won", "Lost"] * (rows // 2),
        Client=["Current", "New"] * (rows // 2),  # a quality of the deal, not the company
        Stage=["Seed", "Series A"] * (rows // 2),  # how far the company is, not the deal
        Website=["good", "bad"] * (rows // 2),
        Value=["high", "low"] * (rows // 2),
        Opened=["yes", "no"] * (rows // 2),
    )
    assert {c.name: c.role for c in source.columns} == {
        "Outcome": "outcome",
        "Client": None,
        "Stage": None,
        "Website": None,
        "Value": None,
        "Opened": None,
    }
