"""Run a function in a new process, so that one measurement does not affect the next."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from multiprocessing import get_context
from typing import ParamSpec, TypeVar

from bench.figures import Figure

P = ParamSpec("P")
T = TypeVar("T")


def alone(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call a function of a module in a new process and return what it returns."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(function, *args, **kwargs).result()


def run_bench(name: str, *, quick: bool) -> list[Figure]:
    """Run the module `bench.<name>` and return its figures; `quick` makes it measure less."""
    figures: list[Figure] = import_module(f"bench.{name}").run(quick=quick)
    return figures
