"""What each test answers on each type of column, the same on every engine."""

from datetime import date, datetime

import pyarrow as pa
import pytest

from idealfit.profile.criteria import answer
from idealfit.profile.document import Test

AS_OF = date(2025, 6, 30)
YES, NO, UNKNOWN = True, False, None

WRITTEN_NUMBERS = (["39", "40", " 41.5 ", "many", "", "1e999", "inf", "nan", "1_0", None], pa.string())
NUMBERS = ([1.0, float("inf"), None, 0.1], pa.float64())
WHOLE = ([1, 2**60, None], pa.int64())
BOOLEANS = ([True, False, None], pa.bool_())
YES_WORDS = (["Yes", "true", "no", "maybe", " ", None], pa.string())
WORDS = (["Software", " software ", "Software Services", "SaaS", "", None], pa.string())
ACCENTS = (["MÜNCHEN", "münchen", "Munchen", "München-Süd"], pa.string())
LIST_CELLS = (["Salesforce; HubSpot", "salesforce", "SalesforceIQ", "a|SALESFORCE ,b", "", None], pa.string())
LISTS = ([["Salesforce", " hubspot "], ["x"], [], [None], [""], None], pa.list_(pa.string()))
TEXTS = (["We hire a Head of\nSales.", "overhead of sales", "C++, C", "größer als", "", None], pa.string())
DAYS = ([date(2025, 6, 30), date(2025, 7, 1), date(2025, 5, 31), date(2025, 5, 30), None], pa.date32())
WRITTEN_DAYS = (["2025-06-30", "2025-07-01", "2025-05-30T10:00:00Z", "30/06/2025", None], pa.string())
MOMENTS = ([datetime(2025, 6, 30, 23, 59), datetime(2025, 7, 1), datetime(2020, 1, 1), None], pa.timestamp("us"))
ZONED = (MOMENTS[0], pa.timestamp("us", "UTC"))

CASES = [
    (WRITTEN_NUMBERS, {"at_least": 40}, [NO, YES, YES, *[UNKNOWN] * 7]),
    (WRITTEN_NUMBERS, {"is": 40}, [NO, YES, NO, *[UNKNOWN] * 7]),
    (WRITTEN_NUMBERS, {"is_not": 40}, [YES, NO, YES, *[UNKNOWN] * 7]),
    (WRITTEN_NUMBERS, {"one_of": (40, "many")}, [NO, YES, NO, YES, UNKNOWN, NO, NO, NO, NO, UNKNOWN]),
    (NUMBERS, {"at_least": 0.1}, [YES, UNKNOWN, UNKNOWN, YES]),
    (NUMBERS, {"below": 0.1}, [NO, UNKNOWN, UNKNOWN, NO]),
    (NUMBERS, {"between": (0.1, 1)}, [NO, UNKNOWN, UNKNOWN, YES]),
    (NUMBERS, {"is": "1"}, [YES, UNKNOWN, UNKNOWN, NO]),
    (NUMBERS, {"is": "SaaS"}, [NO, UNKNOWN, UNKNOWN, NO]),
    (NUMBERS, {"one_of": ()}, [NO, UNKNOWN, UNKNOWN, NO]),
    (NUMBERS, {"has": "1"}, [YES, UNKNOWN, UNKNOWN, NO]),
    (NUMBERS, {"within_days": 30}, [UNKNOWN] * 4),
    (WHOLE, {"at_least": 1.5}, [NO, YES, UNKNOWN]),
    (WHOLE, {"is": "yes"}, [YES, NO, UNKNOWN]),
    (BOOLEANS, {"is": "yes"}, [YES, NO, UNKNOWN]),
    (BOOLEANS, {"is": False}, [NO, YES, UNKNOWN]),
    (BOOLEANS, {"is_not": "yes"}, [NO, YES, UNKNOWN]),
    (BOOLEANS, {"is": 1}, [YES, NO, UNKNOWN]),
    (BOOLEANS, {"is": "Software"}, [NO, NO, UNKNOWN]),
    (YES_WORDS, {"is": True}, [YES, YES, NO, NO, UNKNOWN, UNKNOWN]),
    (YES_WORDS, {"is": "no"}, [NO, NO, YES, NO, UNKNOWN, UNKNOWN]),
    (WORDS, {"is": "software"}, [YES, YES, NO, NO, UNKNOWN, UNKNOWN]),
    (WORDS, {"is_not": "Software"}, [NO, NO, YES, YES, UNKNOWN, UNKNOWN]),
    (WORDS, {"one_of": ("SAAS", "pe")}, [NO, NO, NO, YES, UNKNOWN, UNKNOWN]),
    (WORDS, {"none_of": ("SAAS", "pe")}, [YES, YES, YES, NO, UNKNOWN, UNKNOWN]),
    (WORDS, {"none_of": ()}, [YES, YES, YES, YES, UNKNOWN, UNKNOWN]),
    (WORDS, {"at_least": 1}, [UNKNOWN] * 6),
    (ACCENTS, {"is": "München"}, [YES, YES, NO, NO]),
    (ACCENTS, {"mentions": "münchen"}, [YES, YES, NO, YES]),
    (LIST_CELLS, {"has": "Salesforce"}, [YES, YES, NO, YES, UNKNOWN, UNKNOWN]),
    (LIST_CELLS, {"lacks": "Salesforce"}, [NO, NO, YES, NO, UNKNOWN, UNKNOWN]),
    (LIST_CELLS, {"has_any": ("B", "hubspot")}, [YES, NO, NO, YES, UNKNOWN, UNKNOWN]),
    (LIST_CELLS, {"has": "Sales.*"}, [NO, NO, NO, NO, UNKNOWN, UNKNOWN]),
    (LIST_CELLS, {"has": "a|Salesforce"}, [NO, NO, NO, NO, UNKNOWN, UNKNOWN]),
    (LIST_CELLS, {"has": ""}, [NO, NO, NO, NO, UNKNOWN, UNKNOWN]),
    (LISTS, {"has": "salesforce"}, [YES, NO, *[UNKNOWN] * 4]),
    (LISTS, {"lacks": "HubSpot"}, [NO, YES, *[UNKNOWN] * 4]),
    (LISTS, {"is": "X"}, [NO, YES, *[UNKNOWN] * 4]),
    (LISTS, {"mentions": "salesforce hubspot"}, [NO, NO, *[UNKNOWN] * 4]),
    (TEXTS, {"mentions": "head of sales"}, [YES, NO, NO, NO, UNKNOWN, UNKNOWN]),
    (TEXTS, {"mentions": "C++"}, [NO, NO, YES, NO, UNKNOWN, UNKNOWN]),
    (TEXTS, {"mentions": "gr"}, [NO, NO, NO, NO, UNKNOWN, UNKNOWN]),
    (TEXTS, {"mentions": "als"}, [NO, NO, NO, YES, UNKNOWN, UNKNOWN]),
    (TEXTS, {"mentions": "(.*"}, [NO, NO, NO, NO, UNKNOWN, UNKNOWN]),
    (TEXTS, {"mentions": "'; DROP TABLE companies; --"}, [NO, NO, NO, NO, UNKNOWN, UNKNOWN]),
    (TEXTS, {"mentions": " "}, [NO, NO, NO, NO, UNKNOWN, UNKNOWN]),
    (DAYS, {"within_days": 30}, [YES, UNKNOWN, YES, NO, UNKNOWN]),
    (DAYS, {"older_than_days": 30}, [NO, UNKNOWN, NO, YES, UNKNOWN]),
    (DAYS, {"within_days": 10**9}, [YES, UNKNOWN, YES, YES, UNKNOWN]),
    (DAYS, {"at_least": 3}, [UNKNOWN] * 5),
    (WRITTEN_DAYS, {"within_days": 30}, [YES, UNKNOWN, NO, UNKNOWN, UNKNOWN]),
    (WRITTEN_DAYS, {"older_than_days": 30}, [NO, UNKNOWN, YES, UNKNOWN, UNKNOWN]),
    (MOMENTS, {"within_days": 0}, [YES, UNKNOWN, NO, UNKNOWN]),
    (ZONED, {"within_days": 0}, [YES, UNKNOWN, NO, UNKNOWN]),
]


BY_COLUMN = {
    name: [(test, expected) for column, test, expected in CASES if column is cells]
    for name, cells in list(globals().items())
    if name.isupper() and any(column is cells for column, _, _ in CASES)
}


@pytest.mark.parametrize("name", BY_COLUMN)
def test_answers(engine, name):
    cells, kind = globals()[name]
    rows = {"row": range(len(cells)), "cell": pa.array(cells, type=kind)}
    connection, table = engine(pa.table(rows))
    asked = {f"a{i}": answer(table, "cell", Test(**test), AS_OF) for i, (test, _) in enumerate(BY_COLUMN[name])}
    answers = connection.to_pyarrow(table.select("row", **asked)).sort_by("row")
    for i, (test, expected) in enumerate(BY_COLUMN[name]):
        assert answers[f"a{i}"].to_pylist() == expected, test


def test_every_case_is_asked():
    assert sum(map(len, BY_COLUMN.values())) == len(CASES)


def test_a_number_that_is_not_a_number_is_unknown_though_it_sorts_above_all_others(engine):
    connection, table = engine(pa.table({"cell": pa.array([float("nan")], type=pa.float64())}))
    tests = {"a": Test(at_least=1), "b": Test(is_not=1), "c": Test(below=1)}
    answers = connection.to_pyarrow(table.select(**{n: answer(table, "cell", t, AS_OF) for n, t in tests.items()}))
    assert answers.to_pylist() == [{"a": None, "b": None, "c": None}]
