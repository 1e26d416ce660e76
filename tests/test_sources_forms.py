"""The same CRM in every form that is read: the same history, to the last fact, and the same scores."""

from __future__ import annotations

import sqlite3

import duckdb
import numpy as np
import pandas as pd
import pytest

import idealfit
from crm_files import as_text, crm_files
from idealfit.engine import connect
from idealfit.learn.assembly import history
from idealfit.profile.document import Criterion, Narrative, Profile, Slot, Test
from idealfit.sources.mapping import Mapping
from idealfit.sources.outcomes import outcomes
from idealfit.sources.reading import read

GAP = Slot(text="?", source="open question")
PROFILE = Profile(
    name="By hand",
    verdict="learned",
    narrative=Narrative(company=GAP, situation=GAP, trigger=GAP, alternative=GAP, urgency=GAP),
    criteria=(
        Criterion(attribute="Employees", layer="firmographic", test=Test(between=(50, 250)), points=3),
        Criterion(attribute="Tools", layer="technographic", test=Test(has="Salesforce"), points=2),
        Criterion(attribute="Hiring", layer="behavioural", test=Test(is_="yes"), points=1),
    ),
)


@pytest.fixture(scope="module")
def crm(tmp_path_factory):
    """Return a folder with the same four tables in every form."""
    folder = tmp_path_factory.mktemp("forms")
    world = crm_files(folder, 200)
    tables = {name: as_text(getattr(world, name)) for name in ("deals", "accounts", "customers")}
    tables["companies"] = pd.read_csv(folder / "companies.csv", parse_dates=["Founded"])
    with pd.ExcelWriter(folder / "crm.xlsx") as book:
        for name, table in tables.items():
            table.to_excel(book, sheet_name=name, index=False)
    with duckdb.connect(str(folder / "crm.duckdb")) as connection:
        for name, table in tables.items():
            connection.register("given", table)
            connection.execute(f"CREATE TABLE {name} AS SELECT * FROM given")
    connection = sqlite3.connect(folder / "crm.sqlite")
    for name, table in tables.items():
        table.replace({True: "yes", False: "no"}).to_sql(name, connection, index=False)  # SQLite has no booleans
    connection.close()
    for name, table in tables.items():
        table.to_json(folder / f"{name}.jsonl", orient="records", lines=True, date_format="iso")
        table.to_parquet(folder / f"{name}.parquet")
        table.to_csv(folder / f"{name}.tsv", sep="\t", index=False)
    return folder


FORMS = ("{}.csv", "{}.tsv", "{}.jsonl", "{}.parquet", "crm.xlsx::{}", "crm.duckdb::{}", "crm.sqlite::{}",
         "duckdb://{{}}/crm.duckdb::{}", "sqlite://{{}}/crm.sqlite::{}")  # fmt: skip


def place(folder, form, name):
    where = form.format(name)
    return where.format(folder) if "://" in where else f"{folder}/{where}"


def past_of(folder, form):
    deals, accounts, customers = (
        read(place(folder, form, name), connection=connect(), table=name) for name in ("deals", "accounts", "customers")
    )
    return history(deals, accounts=accounts, customers=customers, outcome_of=outcomes(deals, Mapping()))


@pytest.mark.parametrize("form", FORMS[1:])
def test_every_form_gives_the_same_history_and_the_same_scores(crm, form):
    expected, found = past_of(crm, FORMS[0]), past_of(crm, form)
    pd.testing.assert_frame_equal(found.facts, expected.facts)
    pd.testing.assert_frame_equal(found.roles, expected.roles)
    assert found.fingerprint == expected.fingerprint
    for part in ("won", "opened", "closed", "amount", "ids"):
        np.testing.assert_array_equal(getattr(found, part), getattr(expected, part))
    scores = [idealfit.score(PROFILE, place(crm, each, "companies")) for each in (FORMS[0], form)]
    assert scores[0]["fit"].nunique() > 4
    pd.testing.assert_frame_equal(scores[1], scores[0])
