from datetime import date

import pytest

from idealfit.engine import connect
from idealfit.errors import InputError
from idealfit.sources.mapping import Mapping
from idealfit.sources.reading import read

ENGINE = connect()


def days(tmp_path, values, heading="Close Date", mapping=None):
    file = tmp_path / "deals.csv"
    file.write_text(
        "\n".join([f"Outcome\t{heading}", *(f"{'Won' if n % 2 else 'Lost'}\t{v}" for n, v in enumerate(values))])
    )
    source = read(file, connection=ENGINE, mapping=mapping)
    cells = source.table[heading].to_pyarrow().to_pylist()
    return source.columns[1], cells


FEBRUARY = date(2024, 2, 1)


@pytest.mark.parametrize(
    "written",
    [
        "2024-02-01",
        "2024/02/01",
        "2024-2-1",
        "2024-02-01T10:30:00Z",
        "2024-02-01 23:59:59.123",
        "2024-02-01T23:30:00-05:00",
        "1 Feb 2024",
        "01-Feb-24",
        "Feb 1, 2024",
        "February 1st, 2024",
        "Thursday, 1 February 2024",
        "1 Sept 2024",
        "1706745600",
        "1706745600000",
        "20240201",
        "45323",
    ],
)
def test_a_day_is_read_however_it_is_written(tmp_path, written):
    found, cells = days(tmp_path, [written] * 3 + [""])
    assert found.kind == "date"
    assert cells == [date(2024, 9, 1) if "Sept" in written else FEBRUARY] * 3 + [None]


@pytest.mark.parametrize(
    ("written", "order"),
    [(["25/12/2023", "01/02/2024"], "DD/MM/YYYY"), (["12/25/2023", "02/01/2024"], "MM/DD/YYYY")],
)
def test_one_clear_date_decides_for_its_column(tmp_path, written, order):
    found, cells = days(tmp_path, written)
    assert cells == [date(2023, 12, 25), FEBRUARY]
    assert found.written == order


def test_times_and_two_digit_years_beside_day_and_month(tmp_path):
    assert days(tmp_path, ["25/12/23", "1/2/2024 10:30", "01.02.2024"])[1] == [date(2023, 12, 25), FEBRUARY, FEBRUARY]
    assert days(tmp_path, ["12/25/2023 1:05 PM", "2/1/2024 11:00 AM"])[1] == [date(2023, 12, 25), FEBRUARY]


def test_different_ways_in_one_column_are_fine_where_each_is_clear(tmp_path):
    written = ["2024-02-01", "25/12/2023", "12/26/2023", "1 Feb 2024", "05/05/2024"]
    expected = [FEBRUARY, date(2023, 12, 25), date(2023, 12, 26), FEBRUARY, date(2024, 5, 5)]
    assert days(tmp_path, written)[1] == expected


def test_another_column_of_dates_decides(tmp_path):
    file = tmp_path / "deals.csv"
    file.write_text("Outcome,Created,Close Date\nWon,03/04/2024,25/12/2024\nLost,01/02/2024,26/12/2024\n")
    table = read(file, connection=ENGINE).table.to_pyarrow()
    assert table["Created"].to_pylist() == [date(2024, 4, 3), FEBRUARY]


def test_points_between_day_and_month_mean_day_first(tmp_path):
    assert days(tmp_path, ["01.02.2024", "03.04.2024"])[1] == [FEBRUARY, date(2024, 4, 3)]


def test_what_nobody_can_know_is_refused_with_line_value_and_option(tmp_path):
    with pytest.raises(InputError) as refused:
        days(tmp_path, ["03/04/2024", "05/06/2024"])
    text = str(refused.value)
    assert "deals.csv:2: this date of column 'Close Date' can be read in two ways" in text
    assert "found '03/04/2024'" in text
    assert "dates = 'DD/MM/YYYY' or 'MM/DD/YYYY'" in text


def test_the_person_can_say_the_order(tmp_path):
    assert days(tmp_path, ["01/02/2024"] * 2, mapping=Mapping(dates="DD/MM/YYYY"))[1] == [FEBRUARY] * 2
    assert days(tmp_path, ["02/01/2024"] * 2, mapping=Mapping(dates="MM/DD/YYYY"))[1] == [FEBRUARY] * 2


def test_two_orders_and_a_date_that_could_be_either_are_refused(tmp_path):
    with pytest.raises(InputError, match="other dates of this column show both orders"):
        days(tmp_path, ["25/12/2023", "12/26/2023", "03/04/2024"])


def test_a_day_that_does_not_exist_is_refused_with_its_line(tmp_path):
    with pytest.raises(InputError, match=r"deals\.csv:102: this cell of column 'Close Date' is no date.*'2024-06-31'"):
        days(tmp_path, [*["2024-06-30"] * 100, "2024-06-31"])


def test_a_column_named_as_a_date_must_hold_dates(tmp_path):
    with pytest.raises(InputError, match="column 'When' is no date"):
        days(tmp_path, ["soon", "later"], heading="When", mapping=Mapping(closed="When"))


def test_ten_digits_are_a_number_where_the_heading_speaks_of_no_date(tmp_path):
    found, _ = days(tmp_path, ["1706745600", "1706745601", "1706745600"], heading="Followers")
    assert found.kind == "number"
