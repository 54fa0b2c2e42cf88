"""A Python worker, forked from a process that has the libraries in memory. Imported there; runs in the fork.

What was loaded ahead is out of the fork's sight until the function imports it: an import finds it without running it
again, and what a function does not import is not there.
"""

from __future__ import annotations

import os
import runpy
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from multiprocessing.connection import Connection
from types import ModuleType
from typing import Any

AHEAD = ("aws_lambda_powertools", "botocore", "certifi", "dateutil", "jmespath", "pydantic", "pydantic_core",
         "typing_extensions", "urllib3")  # fmt: skip
"""Packages that our functions import. They are the same for every function: each asset brings the pinned ones."""
PRELOADED = (
    "aws_lambda_powertools.logging",
    "aws_lambda_powertools.metrics",
    "botocore.client",
    "botocore.httpsession",
    "botocore.parsers",
    "pydantic.main",
    "pydantic.networks",
    "pydantic.root_model",
)
"""Modules of them that are imported; they bring the rest along."""


class LoadedAhead:
    """A finder and loader of modules that are in memory already."""

    def __init__(self, modules: dict[str, ModuleType]) -> None:
        self._modules = modules
        self._loaders: dict[str, Any] = {name: each.__spec__.loader for name, each in modules.items() if each.__spec__}

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        module = self._modules.get(name)
        known = module and module.__spec__
        if module is None or known is None:
            return None
        spec = ModuleSpec(name, self, origin=known.origin, is_package=hasattr(module, "__path__"))  # type: ignore[arg-type]
        spec.submodule_search_locations = known.submodule_search_locations
        return spec

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return self._modules[spec.name]

    def exec_module(self, module: ModuleType) -> None:
        """It was run when it was loaded."""

    def get_resource_reader(self, name: str) -> Any:
        """For files beside a module, such as the certificates."""
        return self._loaders[name].get_resource_reader(name)


def run(
    script: str, directory: str, environment: dict[str, str], path: Sequence[str], streams: Sequence[Connection]
) -> None:
    """Be the process that `python script` would be, in this directory and environment, with these standard streams."""
    for number, stream in enumerate(streams):
        os.dup2(stream.fileno(), number)
        stream.close()
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        opened = open(number, "w" if number else "r", encoding="utf-8", buffering=1, closefd=False)  # noqa: SIM115
        setattr(sys, name, opened)
        setattr(sys, f"__{name}__", opened)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(directory)
    sys.argv[:] = [script]
    sys.path[:] = [os.path.dirname(script), *path]
    _hide()
    runpy.run_path(script, run_name="__main__")


def _hide() -> None:
    ahead = {name: module for name, module in sys.modules.items() if name.partition(".")[0] in (*AHEAD, "infra")}
    for name in ahead:
        del sys.modules[name]
    ours = {name: module for name, module in ahead.items() if not name.startswith("infra")}
    sys.meta_path.insert(0, LoadedAhead(ours))
