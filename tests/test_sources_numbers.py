import math

import pytest

from idealfit.engine import connect
from idealfit.errors import InputError
from idealfit.sources.mapping import Mapping
from idealfit.sources.reading import read

ENGINE = connect()


def column(tmp_path, values, heading="Size", mapping=None, delimiter="\t"):
    file = tmp_path / "accounts.csv"
    file.write_text(
        "\n".join([f"Name{delimiter}{heading}", *(f"Company {n}{delimiter}{v}" for n, v in enumerate(values))])
    )
    source = read(file, connection=ENGINE, table="market", mapping=mapping)
    cells = source.table[heading].execute()
    return source.columns[1], [None if isinstance(v, float) and math.isnan(v) else v for v in cells]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (["1", "20", "-3"], [1, 20, -3]),
        (["1.5", "20", "1e3"], [1.5, 20, 1000]),
        (["€1.234,56", "€12,00", "€1.000.000,10"], [1234.56, 12, 1000000.1]),
        (["$1,200", "$80", "$1,200,300.50"], [1200, 80, 1200300.5]),
        (["1 200 EUR", "80 EUR", "1 200 300 EUR"], [1200, 80, 1200300]),
        (["1\u00a0200,5", "3,25", "7"], [1200.5, 3.25, 7]),
        (["1'200.50", "80.00", "3"], [1200.5, 80, 3]),
        (["12k", "1.5M", "900"], [12000, 1500000, 900]),
        (["2 bn", "3 million", "4 thousand"], [2e9, 3e6, 4e3]),
        (["12%", "7.5 %", "100%"], [12, 7.5, 100]),
        (["(1,200.00)", "300.00", "−5.00"], [-1200, 300, -5]),
        (["12,34,567.50", "1,00,000", "5.25"], [1234567.5, 100000, 5.25]),
        (["1,234", "5,678", "9,012"], [1234, 5678, 9012]),  # thousands, as all have exactly three digits
        (["93.994", "4.857", "1.250"], [93.994, 4.857, 1.25]),  # a decimal point, unless the table shows commas
    ],
)
def test_numbers_mean_what_people_mean(tmp_path, written, meant):
    found, cells = column(tmp_path, written)
    assert found.kind == "number"
    assert cells == pytest.approx(meant)


def test_a_decimal_comma_elsewhere_in_the_table_tells_what_a_point_is(tmp_path):
    file = tmp_path / "t.csv"
    file.write_text("Price;Staff\n12,50;1.200\n3,75;15.000\n8,10;2.500\n")
    table = read(file, connection=ENGINE, table="market").table.execute()
    assert list(table["Staff"]) == [1200, 15000, 2500]
    assert list(table["Price"]) == [12.5, 3.75, 8.1]


def test_the_person_can_say_the_decimal_sign(tmp_path):
    _, cells = column(tmp_path, ["1,234", "5,678"], mapping=Mapping(decimal=","))
    assert cells == pytest.approx([1.234, 5.678])


def test_words_for_nothing_are_unknown_in_a_column_of_numbers(tmp_path):
    found, cells = column(tmp_path, ["5", "N/A", "null", " - ", "(blank)", "unknown", "", "7"])
    assert found.kind == "number"
    assert cells == [5, None, None, None, None, None, None, 7]
    assert found.missing == 0.75


def test_the_currency_is_read_from_cells_or_heading(tmp_path):
    assert column(tmp_path, ["€5", "€7"])[0].currency == "EUR"
    assert column(tmp_path, ["5", "7"], heading="Revenue (GBP)")[0].currency == "GBP"


def test_one_odd_cell_is_refused_with_file_line_column_value_and_way_out(tmp_path):
    with pytest.raises(InputError) as refused:
        column(tmp_path, [*map(str, range(100)), "about 12"])
    text = str(refused.value)
    assert "accounts.csv:102: this cell of column 'Size' is no number" in text
    assert "found 'about 12'" in text
    assert '--ignore "Size"' in text


def test_every_odd_cell_is_listed_up_to_twenty(tmp_path):
    with pytest.raises(InputError) as refused:
        column(tmp_path, [*map(str, range(1000)), *(f"nr {n}x" for n in range(30))])
    assert str(refused.value).count("is no number") == 20


def test_a_column_with_many_words_is_no_column_of_numbers(tmp_path):
    assert column(tmp_path, ["1-10", "11-50", "51-200", "200+", "1-10", "11-50"])[0].kind == "category"


def test_two_ways_of_writing_that_contradict_each_other_are_refused(tmp_path):
    with pytest.raises(InputError, match=r"found '1\.234,50'"):
        column(tmp_path, [*["1,234.50"] * 50, "1.234,50"])


def test_codes_with_leading_zeros_and_postal_codes_are_no_quantities(tmp_path):
    assert column(tmp_path, ["00501", "02139", "94105", "02139"], heading="Branch")[0].kind == "category"
    assert column(tmp_path, ["10501", "12139", "94105"], heading="ZIP")[0].kind == "category"


def test_an_ignored_column_may_hold_anything(tmp_path):
    found, _ = column(tmp_path, [*map(str, range(100)), "oops"], mapping=Mapping(ignore=("size",)))
    assert (found.used, found.reason) == (False, "left out on request")


def test_in_a_table_to_be_scored_an_odd_cell_is_unknown_and_said(tmp_path):
    file = tmp_path / "c.csv"
    file.write_text("Id,Size\n" + "".join(f"a{n},{n}\n" for n in range(100)) + "b,many\n")
    source = read(file, connection=ENGINE, table="companies")
    assert source.table["Size"].isnull().sum().execute() == 1
    assert source.warnings == ("column 'Size': 1 of 101 cells are no number and count as unknown",)


@pytest.mark.parametrize("amounts", [["€5", "$7", "€9"], ["5 EUR", "7 USD", "9 EUR"]])
def test_amounts_in_several_currencies_are_refused_with_their_counts(tmp_path, amounts):
    file = tmp_path / "d.csv"
    file.write_text(
        "Outcome,Amount\n" + "".join(f"{o},{a}\n" for o, a in zip(["Won", "Lost", "Won"], amounts, strict=True))
    )
    with pytest.raises(InputError, match=r"'Amount' are in several currencies, found 'EUR \(2 rows\), USD \(1 rows\)'"):
        read(file, connection=ENGINE)


def test_a_currency_column_beside_the_amounts_counts_too(tmp_path):
    file = tmp_path / "d.csv"
    file.write_text("Outcome,Amount,Currency\nWon,5,EUR\nLost,7,USD\nWon,9,EUR\n")
    with pytest.raises(InputError, match=r"EUR \(2 rows\), USD \(1 rows\)"):
        read(file, connection=ENGINE)
