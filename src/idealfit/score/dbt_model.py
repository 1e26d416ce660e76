"""A statement for a warehouse as a dbt model: a table, or one that scores only what has changed since the last run."""

from __future__ import annotations

import re
from dataclasses import dataclass

from idealfit.errors import InputError, Mistake

PLAIN_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True)
class Incremental:
    """What a model needs that scores only changed rows: the `column` that says when a row changed, and the `profile`.

    The column is written as the warehouse wants it; `profile` is the fingerprint: with another one, all rows are
    scored again.
    """

    column: str
    profile: str


def as_dbt_model(whole: str, table: str, changed: Incremental | None = None) -> str:
    """Return a statement over `table` as a dbt model over the model of that name; Jinja's own signs stand in quotes.

    With `changed`, it is an incremental model: it keeps with each row up to which change it was scored, and by which
    profile, and scores the rows from that change on, those without a time, and all of them by another profile.
    Raises `InputError` where `table` is no name of a model.

    >>> print(as_dbt_model("SELECT '{{ x }}' FROM companies AS companies", "companies"))
    {{ config(materialized='table') }}
    <BLANKLINE>
    SELECT '{{ "{{" }} x {{ "}}" }}' FROM {{ ref('companies') }} AS companies
    """
    if not PLAIN_NAME.fullmatch(table):
        raise InputError(Mistake("this is not the name of a dbt model", "--table", table, "letters, digits and _"))
    quoted = re.sub(r"\{[{%#]|[}%#]\}", lambda found: '{{ "' + found[0] + '" }}', whole)
    source = f"{{{{ ref('{table}') }}}} AS {table}"
    read = f"FROM {source}" if changed is None else f"FROM {source}{_only_changed(table, changed)}"
    model = re.sub(rf"\bFROM {table} AS {table}\b", lambda _: read, quoted, count=1)
    if changed is None:
        return "{{ config(materialized='table') }}\n\n" + model
    before, _, joined = model.rpartition("\nFROM ")
    kept = f""",
  (SELECT MAX({changed.column}) FROM {source}) AS scored_up_to,
  '{changed.profile}' AS scored_by"""
    config = "{{ config(materialized='incremental', unique_key='id', on_schema_change='fail') }}\n\n"
    return f"{config}{before}{kept}\nFROM {joined}"


def _only_changed(table: str, changed: Incremental) -> str:
    """Return the condition of an incremental run. Rows of the newest time are scored again: others may have come."""
    ours = f"FROM {{{{ this }}}} WHERE scored_by = '{changed.profile}'"
    return f"""
  {{% if is_incremental() %}}
  WHERE {changed.column} >= (SELECT MAX(scored_up_to) {ours})
    OR {changed.column} IS NULL
    OR (SELECT COUNT(*) {ours}) = 0
  {{% endif %}}"""
