import pytest

from idealfit.engine import connect, identifier, literal, refusals_explained, rows
from idealfit.errors import EngineError, InputError


def test_days_do_not_depend_on_the_machine():
    connection = connect()
    found = rows(connection, "SELECT current_setting('TimeZone'), CAST(to_timestamp(0) AS DATE)", "asking for the day")
    assert (found[0][0], str(found[0][1])) == ("UTC", "1970-01-01")


def test_nothing_is_fetched_from_the_network():
    assert rows(connect(), "SELECT current_setting('autoinstall_known_extensions')", "asking") == [(False,)]


def test_a_refused_statement_is_shown_once_with_what_was_being_done():
    with pytest.raises(EngineError) as refused:
        rows(connect(), "SELECT nothing FROM nowhere", "counting deals")
    text = str(refused.value)
    assert text.startswith("counting deals: the query engine refused: Catalog Error")
    assert text.endswith("Statement: SELECT nothing FROM nowhere")
    assert "\n" not in text


def test_a_very_long_statement_is_cut():
    with pytest.raises(EngineError) as refused:
        rows(connect(), "SELECT nothing, " + "1, " * 100_000, "asking")
    assert len(str(refused.value)) < 1500


def test_a_mistake_of_our_own_is_not_passed_off_as_the_engines():
    with pytest.raises(ZeroDivisionError), refusals_explained("dividing"):
        1 / 0  # noqa: B018


def test_an_address_without_an_engine_says_what_is_allowed_and_hides_the_password():
    with pytest.raises(InputError) as refused:
        connect("nosuch://rep:secret@crm/deals")
    text = str(refused.value)
    assert "no query engine can be reached" in text
    assert "nosuch://rep:***@crm/deals" in text
    assert "postgres://" in text
    assert "secret" not in text


@pytest.mark.parametrize("name", ["a", 'say "hi"', "a; DROP TABLE deals --", "line\nbreak", "É'"])
def test_hostile_names_and_texts_come_back_unchanged(name):
    connection = connect()
    rows(connection, f"CREATE TABLE t AS SELECT {literal(name)} AS {identifier(name)}", "making a table")
    assert connection.table("t").columns == (name,)
    assert rows(connection, f"SELECT {identifier(name)} FROM t", "asking") == [(name,)]
