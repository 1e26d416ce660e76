"""A history that stands in Postgres is read by its address."""

from __future__ import annotations

import pandas as pd
import psycopg

import idealfit


def test_a_table_is_read_by_the_servers_address(postgres_database):
    with psycopg.connect(postgres_database) as connection:
        connection.execute(
            "CREATE TABLE deals (deal text, outcome text, industry text, amount numeric(12, 2), opened date)"
        )
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO deals VALUES (%s, %s, %s, %s, %s)",
                [
                    (f"d{i}", ("won", "lost")[i % 2], ("dental", None)[i % 3 == 0], i * 10.5, "2024-03-01")
                    for i in range(40)
                ],
            )
    (seen,) = idealfit.inspect(f"{postgres_database}::deals")
    kinds = {column.name: column.kind for column in seen.columns}
    assert kinds["amount"] == "number"
    assert kinds["opened"] == "date"
    assert isinstance(seen.table.to_pandas(), pd.DataFrame)
