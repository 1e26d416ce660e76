"""The one door to a query engine: an in-memory DuckDB by default, whatever ibis connects to by URL.

No other module opens an engine. The connection is handed on as an argument.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import ibis
from ibis.backends.sql import compilers
from ibis.common.exceptions import IbisError

from idealfit.errors import EngineError, IdealfitError, InputError, Mistake

if TYPE_CHECKING:
    from collections.abc import Iterator

    import ibis.expr.types as ir
    from sqlglot.expressions import Expr

SHOWN_STATEMENT = 400
"""How many characters of a refused statement an error shows; 5,000 columns make statements of a megabyte."""

_SETTINGS = (
    "SET TimeZone = 'UTC'",  # a timestamp means the same day on every machine
    "SET preserve_insertion_order = true",  # row numbers in errors are those of the file
    # DuckDB makes a join of `IN` with many values, and a join keeps no order of rows, whatever it is told.
    "SET disabled_optimizers = 'in_clause'",
    "SET enable_progress_bar = false",  # progress is shown by the command line alone
    "SET autoinstall_known_extensions = false",  # nothing is fetched from the network
)


def connect(url: str | None = None) -> ibis.BaseBackend:
    """Return a connection to a query engine: a fresh in-memory DuckDB, or the one `url` names.

    DuckDB gives the rows of a table in their order in every statement, so that two can be laid side by side.
    `url` is any URL that ibis understands (``duckdb://crm.duckdb``, ``postgres://user@host/db``, ``sqlite://crm.db``).
    Raises `InputError` where the URL names no engine, `EngineError` where the engine refuses.

    >>> connect().name
    'duckdb'
    """
    with refusals_explained(f"connecting to {without_password(url or 'DuckDB')}"):
        connection = ibis.duckdb.connect() if url is None else _by_url(url)
    if connection.name == "duckdb":
        for setting in _SETTINGS:
            connection.raw_sql(setting)
    return connection


def rows(connection: ibis.BaseBackend, statement: str, about: str) -> list[tuple[Any, ...]]:
    """Return all rows of a SQL statement as tuples; `about` says in an error what was being done.

    Raises `EngineError` with the statement where the engine refuses it.

    >>> rows(connect(), "SELECT 1, 'a'", "asking for one row")
    [(1, 'a')]
    """
    with refusals_explained(about, statement):
        return list(connection.raw_sql(statement).fetchall())


@contextmanager
def refusals_explained(about: str, statement: str = "") -> Iterator[None]:
    """Turn whatever an engine raises inside the block into one `EngineError` that shows the statement.

    >>> with refusals_explained("counting deals", "SELECT nothing"):
    ...     raise IbisError("no such column")
    Traceback (most recent call last):
        ...
    idealfit.errors.EngineError: counting deals: the query engine refused: no such column. Statement: SELECT nothing
    """
    try:
        yield
    except IdealfitError:
        raise
    except Exception as error:
        if not _comes_from_an_engine(error):
            raise
        reason = " ".join(str(error).split())[:SHOWN_STATEMENT].rstrip(".")
        shown = " ".join(statement.split())
        shown = shown if len(shown) <= SHOWN_STATEMENT else shown[:SHOWN_STATEMENT] + " ..."
        raise EngineError(
            Mistake(
                f"the query engine refused: {reason}",
                where=about,
                next_step=f"Statement: {shown}" if shown else "",
            )
        ) from error


def syntax_tree(table: ir.Table, dialect: str) -> Expr:
    """Return the statement that gives `table` in a dialect that sqlglot names, as a tree; nothing is connected to.

    >>> syntax_tree(ibis.table({"a": "int64"}, name="t"), "databricks").sql("databricks")
    'SELECT * FROM `t`'
    """
    tree: Expr = getattr(compilers, dialect).compiler.to_sqlglot(table)
    return tree


def identifier(name: str) -> str:
    """Return a column or table name quoted for SQL, whatever characters it holds.

    >>> print(identifier('Robert"); DROP TABLE deals'))
    "Robert""); DROP TABLE deals"
    """
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Return a text quoted for SQL.

    >>> print(literal("O'Brien"))
    'O''Brien'
    """
    return "'" + text.replace("'", "''") + "'"


def without_password(url: str) -> str:
    """Return an address that may be shown and written down: the password as three stars.

    >>> without_password("postgres://crm:s3cret@db.example/sales?sslmode=require&password=s3cret")
    'postgres://crm:***@db.example/sales?sslmode=require&password=***'
    """
    if "://" not in url:
        return url
    return re.sub(r"(?i)([?&](?:password|token)=)[^&]*", r"\1***", re.sub(r"(://[^/@:]*):[^/]+@", r"\1:***@", url))


def _by_url(url: str) -> ibis.BaseBackend:
    try:
        return ibis.connect(url)
    except (ValueError, ImportError, NotImplementedError) as error:
        reason = without_password(str(error).strip().splitlines()[0])
        raise InputError(
            Mistake(
                f"no query engine can be reached by this address ({reason.rstrip('.')})",
                found=without_password(url),
                allowed="a file, or an ibis URL such as postgres://user@host/database or duckdb://crm.duckdb",
                next_step="Check the spelling, and whether the extra for that engine is installed.",
            )
        ) from error


def _comes_from_an_engine(error: Exception) -> bool:
    """Return whether a database driver raised it: DB-API 2.0 drivers derive everything from a class named Error."""
    return isinstance(error, (IbisError, OSError)) or any(base.__name__ == "Error" for base in type(error).__mro__)
