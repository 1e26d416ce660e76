"""A profile as SQL: the same text every time, read by each dialect's parser, safe whatever a profile holds."""

import re

import duckdb
import ibis
import pytest
import sqlglot
from jinja2 import Environment

from every_kind import AS_OF, GOLDEN, PROFILE, TABLE, written
from idealfit import pipeline
from idealfit.errors import InputError
from idealfit.profile.document import Criterion, Test
from idealfit.score.dbt_model import Incremental, as_dbt_model
from idealfit.score.statement import ABOUT, DIALECTS, column_of, expected_columns, statement

COLUMNS = ibis.memtable(TABLE).schema()


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_statement_is_the_golden_one(dialect):
    golden = GOLDEN.joinpath(f"{dialect}.sql").read_text(encoding="utf-8")
    assert str(written(dialect)) == golden, "if meant: python tests/every_kind.py"


@pytest.mark.parametrize("dialect", DIALECTS)
def test_its_dialect_reads_it_and_every_step(dialect):
    found = written(dialect)
    for part in found.parts:
        (tree,) = sqlglot.parse(found.up_to(part.name), dialect=DIALECTS[dialect].name)
        assert tree is not None
        assert len(tree.ctes) == [p.name for p in found.parts].index(part.name)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_comment_cannot_be_left_nor_a_line_be_broken(dialect):
    words = "a */ DROP TABLE x; --\n DROP TABLE y"
    line = Criterion(attribute="industry", layer="firmographic", test=Test(is_=words), points=1)
    profile = PROFILE.model_copy(update={"criteria": (line,), "disqualify": ()})
    text = str(statement(profile, COLUMNS, dialect, about=[words]))
    assert len(sqlglot.parse(text, dialect=DIALECTS[dialect].name)) == 1
    comments = re.findall(r"/\*(.*?)\*/", text) + re.findall(r"(?m)^-- (.*)$", text)
    assert sum("DROP TABLE y" in comment for comment in comments) == 2


def test_a_rubric_of_many_tests_asks_for_the_vectors_that_occur():
    found = statement(PROFILE, COLUMNS, "duckdb")
    assert 'FROM "answers"' in next(part.sql for part in found.parts if part.name == "vectors")
    few = PROFILE.model_copy(update={"disqualify": ()})
    assert "CROSS JOIN" in next(part.sql for part in statement(few, COLUMNS, "duckdb").parts if part.name == "vectors")
    assert "FROM RANGE(2187)" in str(statement(few, COLUMNS, "spark"))


def test_each_step_says_what_it_is():
    text = str(written("duckdb"))
    for part in written("duckdb").parts:
        assert f"-- {part.name}: {ABOUT[part.name]}\n" in text


def test_plain_names_are_not_quoted_where_quotes_would_make_them_other_names():
    columns = ibis.schema({"id": "string", "order": "float64", "Employees": "float64", "city hall": "string"})
    lines = [("order", Test(at_least=1)), ("Employees", Test(at_least=1)), ("city hall", Test(is_="x"))]
    criteria = tuple(Criterion(attribute=a, layer="firmographic", test=t, points=1) for a, t in lines)
    profile = PROFILE.model_copy(update={"criteria": criteria, "disqualify": ()})
    tests = statement(profile, columns, "snowflake", table="db.schema.firms").parts[0].sql
    assert {'firms."order"', "firms.Employees", 'firms."city hall"'} <= set(
        re.findall(r'firms\.(?:"[^"]*"|\w+)', tests)
    )
    assert "FROM db.schema.firms AS firms" in tests


def test_columns_are_expected_as_the_tests_read_them():
    assert expected_columns(PROFILE) == {
        "employees": "float64",
        "industry": "string",
        "technologies": "string",
        "about": "string",
        "raised_on": "date",
        "city": "string",
        "country": "string",
        "is_customer": "boolean",
    }


@pytest.mark.parametrize(
    ("table", "said"),
    [("", "names no table"), ("a b; c", "names no table"), ("answers", "a step of the statement has this name too")],
)
def test_a_table_that_cannot_be_read_is_refused(table, said):
    with pytest.raises(InputError, match=said):
        statement(PROFILE, COLUMNS, "postgres", table=table)


def test_a_dbt_model_reads_a_model_and_quotes_what_jinja_would_read():
    line = Criterion(attribute="industry", layer="firmographic", test=Test(is_="{{ evil }} {% x %}"), points=1)
    profile = PROFILE.model_copy(update={"criteria": (line,), "disqualify": ()})
    model = as_dbt_model(str(statement(profile, COLUMNS, "bigquery", table="stg")), "stg")
    assert model.count("{{ ref('stg') }} AS stg") == 1
    jinja = re.findall(r"\{\{ .*? \}\}|\{%.*?%\}", model)
    assert {"{{ config(materialized='table') }}", "{{ ref('stg') }}"} < set(jinja)
    assert all(found.startswith(("{{ config", "{{ ref", '{{ "')) for found in jinja)
    with pytest.raises(InputError, match="not the name of a dbt model"):
        as_dbt_model("", "a.b")


def rendered(model, *, again):
    """Return what dbt would run."""
    said = {"config": lambda **_: "", "ref": str, "this": "scored", "is_incremental": lambda: again}
    return Environment(autoescape=False).from_string(model).render(said)  # noqa: S701  no page


@pytest.mark.parametrize("dialect", DIALECTS)
def test_an_incremental_model_is_the_statement_with_one_condition_and_two_columns_more(dialect):
    whole = str(statement(PROFILE, COLUMNS, dialect, table="stg", as_of=AS_OF))
    model = as_dbt_model(whole, "stg", Incremental(column_of("stg", "Updated At", dialect), "abcd1234"))
    for again in (False, True):
        (tree,) = sqlglot.parse(rendered(model, again=again), dialect=DIALECTS[dialect].name)
        assert tree.named_selects[-2:] == ["scored_up_to", "scored_by"]
        assert bool(tree.ctes[0].this.args.get("where")) == again


def test_an_incremental_model_run_on_an_engine_keeps_what_scoring_all_would_give():
    connection = duckdb.connect()
    connection.register("rows", TABLE)
    connection.execute("CREATE TABLE stg AS SELECT *, 1 AS version FROM rows")
    whole = str(statement(PROFILE, COLUMNS, "duckdb", table="stg", as_of=AS_OF))

    def run(again, profile="abcd1234"):
        model = as_dbt_model(whole, "stg", Incremental(column_of("stg", "version", "duckdb"), profile))
        connection.execute(f"CREATE OR REPLACE TABLE new AS {rendered(model, again=again)}")
        if again:
            connection.execute("DELETE FROM scored WHERE id IN (SELECT id FROM new)")
        connection.execute("INSERT INTO scored FROM new" if again else "CREATE TABLE scored AS FROM new")
        return connection.sql("SELECT count(*) FROM new").fetchone()[0]

    assert run(again=False) == 120
    connection.execute("UPDATE stg SET industry = 'Software', version = 2 WHERE id IN ('3', '5')")
    connection.execute("UPDATE stg SET version = NULL WHERE id = '6'")
    assert run(again=True) == 120  # all have the newest version known, 1
    found = connection.sql("SELECT * EXCLUDE (scored_up_to, scored_by) FROM scored ORDER BY id").fetchall()
    assert found == connection.sql(f"SELECT * FROM ({whole}) ORDER BY id").fetchall()
    connection.execute("UPDATE stg SET industry = 'Retail', version = 3 WHERE id = '3'")
    assert run(again=True) == 3  # the new one, one of the newest version known, the one without
    assert run(again=True, profile="another!") == 120


def test_steps_of_scoring_say_what_their_numbered_columns_are():
    said = pipeline.score_steps(PROFILE, TABLE, as_of=AS_OF)[1].said
    assert said["answer_0"] == "employees between 40 and 249"
    assert said["cell_0"] == "employees, as a number"
