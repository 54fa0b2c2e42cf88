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
                kinds = tuple(ast.unparse(each) for each in call.args)
                options = {each.arg: ast.literal_eval(each.value) for each in call.keywords}
                yield Consumer(service, handler, purpose, kinds, options.get("others_of"))
