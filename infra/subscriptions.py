"""Events that each consumer hears, read from the source of its handler.

`@consumer(…)` in `services/<service>/handlers/<handler>.py` is the one place where a subscription is written: its rule
on the bus and the AsyncAPI document follow from it. Sources are read, not imported: the CDK app needs none of what a
service needs.

    @consumer()                              every event
    @consumer(TurnResolvedV1, TurnFailedV1)  these kinds
    @consumer(*SHOWN)                        the kinds in a tuple, list, union or the keys of a dictionary
    @consumer(TurnResolvedV1, others_of="ninelives.campaign")
                                             every event of this producer, of a kind that is known or not
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TypeAlias

from infra.assets.contents import REPOSITORY, services
from infra.errors import UserError

Definition: TypeAlias = ast.expr | ast.ClassDef
READABLE_PACKAGES = ("contracts", "services")
OTHER_OPTIONS = ("in_batches",)
"""Of `@consumer`: they say how events come, not which."""
COLLECTION_MAKERS = ("tuple", "list", "set", "frozenset", "get_args")


@dataclass(frozen=True)
class EventKind:
    """A class of events in the contracts, and the detail type and source of its events on the bus."""

    name: str
    detail_type: str
    producer: str


@dataclass(frozen=True)
class ConsumerSubscription:
    """The subscription of a handler: events of these kinds, or all of these producers; with neither, every event."""

    service: str
    handler: str
    purpose: str
    kinds: tuple[EventKind, ...]
    producers: tuple[str, ...]

    @cached_property
    def detail_types(self) -> tuple[str, ...]:
        """The detail types to ask for; empty for all of `producers`."""
        return () if self.producers else tuple(kind.detail_type for kind in self.kinds)

    def hears(self, producer: str, detail_type: str) -> bool:
        """Whether an event reaches the handler."""
        if self.producers:
            return producer in self.producers
        return not self.kinds or detail_type in self.detail_types


def subscription(service: str, handler: str, repository: Path = REPOSITORY) -> ConsumerSubscription:
    """The subscription of one handler. Raises UserError when it has none, or one that cannot be read."""
    module = _Module(repository, f"services.{service}.handlers.{handler}")
    call = module.consumer_call()
    if call is None:
        raise UserError(f"{module} has no `@consumer(…)`: an EventConsumer feeds a handler that has one.")
    kinds = tuple(dict.fromkeys(kind for each in call.args for kind in module.kinds(each)))
    producers = tuple(module.producer(option) for option in call.keywords if option.arg not in OTHER_OPTIONS)
    strangers = [kind.name for kind in kinds if producers and kind.producer not in producers]
    if strangers:
        raise UserError(f"{module} hears all of {', '.join(producers)}, and {strangers[0]} is not of it.")
    return ConsumerSubscription(service, handler, module.purpose(), kinds, producers)


def subscriptions(repository: Path = REPOSITORY) -> tuple[ConsumerSubscription, ...]:
    """The subscription of every handler that has one, by service and handler. Raises UserError."""
    return tuple(
        subscription(service, path.stem, repository)
        for service in services(repository)
        for path in sorted((repository / "services" / service / "handlers").glob("*.py"))
        if _Module(repository, f"services.{service}.handlers.{path.stem}").consumer_call()
    )


class _Module:
    """A module's source, and the names that it defines or imports from the contracts or its service."""

    def __init__(self, repository: Path, name: str) -> None:
        self._repository, self._name = repository, name
        self._file = _file(repository, name)
        if not self._file.is_file():
            raise UserError(f"There is no {self}.")
        self._tree = _parse(self._file)

    def __str__(self) -> str:
        return self._file.relative_to(self._repository).as_posix()

    def purpose(self) -> str:
        """The first line of the docstring, as part of a sentence."""
        text = ast.get_docstring(self._tree) or ""
        return text.removeprefix("Lambda entry point: ").split("\n")[0].rstrip(".")

    def consumer_call(self) -> ast.Call | None:
        """The `@consumer(…)` of the module's handler."""
        for function in (node for node in self._tree.body if isinstance(node, ast.FunctionDef)):
            for call in (each for each in function.decorator_list if isinstance(each, ast.Call)):
                if isinstance(call.func, ast.Name) and call.func.id == "consumer":
                    return call
        return None

    def kinds(self, expression: Definition) -> Iterator[EventKind]:
        """The kinds of events that an expression of this module names. Raises UserError."""
        match expression:
            case ast.Name(id=name):
                home, found = self._resolve(name)
                yield from home.kinds(found)
            case ast.ClassDef():
                yield self._kind(expression)
            case ast.Starred(value=inner):
                yield from self.kinds(inner)
            case ast.Call(func=ast.Name(id=maker), args=[inner]) if maker in COLLECTION_MAKERS:
                yield from self.kinds(inner)
            case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts) | ast.Dict(keys=parts):
                for part in parts:
                    yield from self.kinds(self._require(part, expression))
            case ast.BinOp(left=left, op=ast.BitOr(), right=right):
                yield from self.kinds(left)
                yield from self.kinds(right)
            case _:
                raise self._unreadable(expression)

    def producer(self, option: ast.keyword) -> str:
        """The producer that an option of `@consumer` names. Raises UserError for another option."""
        match option:
            case ast.keyword(arg="others_of", value=ast.Constant(value=str(name))):
                return name
            case _:
                said = ast.unparse(option)
                raise UserError(f"{self}:{option.value.lineno} has an option that is not known here: {said}")

    def _kind(self, definition: ast.ClassDef) -> EventKind:
        said = {name: value for name, value in _assignments(definition.body) if isinstance(value, ast.Constant)}
        detail_type, producer = (said.get(name) for name in ("detail_type", "producer"))
        if detail_type is None or producer is None:
            raise UserError(f"{self}: {definition.name} is no event: it has no detail_type and producer.")
        return EventKind(definition.name, str(detail_type.value), str(producer.value))

    def _resolve(self, name: str) -> tuple[_Module, Definition]:
        """The module where a name is defined, and its definition."""
        for node in self._tree.body:
            if isinstance(node, ast.ClassDef) and node.name == name:
                return self, node
            if isinstance(node, ast.ImportFrom) and node.module:
                for alias in node.names:
                    if (alias.asname or alias.name) == name and node.module.split(".")[0] in READABLE_PACKAGES:
                        return _Module(self._repository, node.module)._resolve(alias.name)
        for assigned, value in _assignments(self._tree.body):
            if assigned == name:
                return self, value
        for part in self._parts():
            if part.defines(name):
                return part._resolve(name)
        raise UserError(f"{self} does not say what {name} is: define it, or import it from contracts.")

    def defines(self, name: str) -> bool:
        """Whether a class or an assignment of the module has this name."""
        classes = (node.name for node in self._tree.body if isinstance(node, ast.ClassDef))
        return name in {*classes, *(assigned for assigned, _ in _assignments(self._tree.body))}

    def _parts(self) -> Iterator[_Module]:
        """The parts of a contract that is a package: what it imports all names of, for type checkers."""
        for node in ast.walk(self._tree):
            if isinstance(node, ast.ImportFrom) and node.module and [each.name for each in node.names] == ["*"]:
                yield _Module(self._repository, node.module)

    def _require(self, part: ast.expr | None, whole: Definition) -> ast.expr:
        if part is None:  # `{**others}`
            raise self._unreadable(whole)
        return part

    def _unreadable(self, expression: Definition) -> UserError:
        return UserError(f"{self}:{expression.lineno} names no kinds of events: {ast.unparse(expression)}")


def _assignments(body: list[ast.stmt]) -> Iterator[tuple[str, ast.expr]]:
    for node in body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                yield name, value
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                yield name, value


def _file(repository: Path, name: str) -> Path:
    module = repository.joinpath(*name.split("."))
    return module / "__init__.py" if module.is_dir() else module.with_suffix(".py")


@cache
def _parse(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))
