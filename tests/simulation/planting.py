"""Planting of bugs: a mutation replaces one text of a module, and what was imported from it runs the new code."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from types import FunctionType
from typing import Any

import pytest

from infra.workflows import interpreter

WORKFLOW = "infra/workflows/turn.asl.json"


@dataclass(frozen=True)
class Mutation:
    """A bug: what it does, and the text of a module (or of the workflow) that another one takes the place of.

    Of a module only what functions do is replaced; a constant that another module has imported stays as it is.
    """

    says: str
    where: str
    old: str
    new: str


def plant(bug: Mutation | None) -> AbstractContextManager[None]:
    """Run with the bug in the code."""
    if bug is None:
        return nullcontext()
    return _in_the_workflow(bug) if bug.where == WORKFLOW else _in_a_module(bug)


@contextmanager
def _in_the_workflow(bug: Mutation) -> Iterator[None]:
    definition = interpreter._definition(())
    assert bug.old in definition, bug
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(interpreter, "_definition", lambda tasks: definition.replace(bug.old, bug.new))
        yield


@contextmanager
def _in_a_module(bug: Mutation) -> Iterator[None]:
    module = importlib.import_module(bug.where)
    source = inspect.getsource(module)
    assert source.count(bug.old) == 1, f"{bug.says}: its place is in {bug.where} {source.count(bug.old)} times"
    mutated = dict(vars(module))
    exec(compile(source.replace(bug.old, bug.new), str(module.__file__), "exec"), mutated)
    with pytest.MonkeyPatch.context() as patch:
        swapped = sum(_swap(patch.setattr, real, mutated[name]) for name, real in list(vars(module).items()))
        if "handler" in mutated:
            patch.setattr(module, "handler", mutated["handler"])
            swapped += 1
        assert swapped, f"{bug.says}: no function is another"
        yield


def _swap(set_attribute: Callable[[Any, str, Any], None], real: Any, mutated: Any) -> int:
    """Give functions of the real module, or methods of its classes, the code of their namesakes. Returns how many."""
    real, mutated = (
        inspect.unwrap(real) if callable(real) else real,
        inspect.unwrap(mutated) if callable(mutated) else mutated,
    )
    if real is mutated:
        return 0
    if isinstance(real, FunctionType) and isinstance(mutated, FunctionType):
        before, after = real.__code__, mutated.__code__
        if before == after or before.co_freevars != after.co_freevars:
            return 0
        set_attribute(real, "__code__", after)
        return 1
    if isinstance(real, type) and isinstance(mutated, type):
        own = [(value, vars(mutated).get(name)) for name, value in list(vars(real).items())]
        plain = [(getattr(one, "fget", one), getattr(other, "fget", other)) for one, other in own]
        bare = [(getattr(one, "__func__", one), getattr(other, "__func__", other)) for one, other in plain]
        return sum(_swap(set_attribute, one, other) for one, other in bare if isinstance(one, FunctionType))
    return 0
