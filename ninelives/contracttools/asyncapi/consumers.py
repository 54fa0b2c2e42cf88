"""Who hears what, read from the source of the handlers: nothing here can fall behind what is deployed."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from contracts.envelope import Event

SERVICES = Path(__file__).resolve().parents[3] / "services"


@dataclass(frozen=True)
class Consumer:
    """A queue's handler. `kinds` holds the names of event classes, `others_of` the producer whose other kinds come,
    too; without either it hears every event."""

    service: str
    handler: str
    purpose: str
    kinds: tuple[str, ...]
    others_of: str | None = None

    def hears(self, kind: type[Event]) -> bool:
        """Whether events of this kind come to it."""
        if not self.kinds and self.others_of is None:
            return True
        return kind.__name__ in self.kinds or kind.producer == self.others_of


def consumers(services: Path = SERVICES) -> tuple[Consumer, ...]:
    """Every handler made by `@consumer`, in the order of its path."""
    return tuple(
        found
        for path in sorted(services.glob("*/handlers/*.py"))
        for found in _consumers(path.parts[-3], path.stem, ast.parse(path.read_text(encoding="utf-8")))
    )


def _consumers(service: str, handler: str, module: ast.Module) -> Iterator[Consumer]:
    purpose = (ast.get_docstring(module) or "").removeprefix("Lambda entry point: ").split("\n")[0].rstrip(".")
    for function in (node for node in module.body if isinstance(node, ast.FunctionDef)):
        for call in (each for each in function.decorator_list if isinstance(each, ast.Call)):
            if isinstance(call.func, ast.Name) and call.func.id == "consumer":
                kinds = tuple(name for each in call.args for name in _names(each, module))
                options = {each.arg: ast.literal_eval(each.value) for each in call.keywords}
                yield Consumer(service, handler, purpose, kinds, options.get("others_of"))


def _names(argument: ast.expr, module: ast.Module) -> Iterator[str]:
    """The class that an argument names, or those in the collection it unpacks: `*SHOWN`, imported from our source."""
    if not isinstance(argument, ast.Starred):
        yield ast.unparse(argument)
        return
    collection = ast.unparse(argument.value)
    imports = (node for node in module.body if isinstance(node, ast.ImportFrom))
    [source] = [node.module or "" for node in imports if collection in {alias.name for alias in node.names}]
    defining = ast.parse(SERVICES.parent.joinpath(*source.split(".")).with_suffix(".py").read_text(encoding="utf-8"))
    for node in defining.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and collection in map(ast.unparse, _targets(node)):
            value = node.value
            elements = value.keys if isinstance(value, ast.Dict) else value.elts if isinstance(value, ast.Tuple) else []
            yield from (ast.unparse(each) for each in elements if each is not None)


def _targets(node: ast.Assign | ast.AnnAssign) -> list[ast.expr]:
    return node.targets if isinstance(node, ast.Assign) else [node.target]
