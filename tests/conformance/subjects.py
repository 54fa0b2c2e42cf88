"""Subjects of the conformance kit: the stages and consumers of a service, and what each promises by its declaration."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from pydantic import BaseModel

from contracts.envelope import Event

REPOSITORY = Path(__file__).resolve().parents[2]
Handler = Callable[[Any, Any], Any]


@dataclass(frozen=True)
class Stage:
    """A handler from a request to a reply."""

    name: str
    handler: Handler
    request: type[BaseModel]
    reply: type[BaseModel]


@dataclass(frozen=True)
class Consumer:
    """A handler of a queue's messages. `kinds`: the events that it reads, by name; empty when it hears all."""

    name: str
    handler: Handler
    kinds: dict[str, type[Event]]


Subject: TypeAlias = Stage | Consumer


def subject(name: str, handler: Handler) -> Subject | None:
    """The subject that `@stage(…)` or `@consumer(…)` made; None for another handler."""
    declared = inspect.getclosurevars(handler).nonlocals
    if "request_type" in declared:
        return Stage(name, handler, declared["request_type"], declared["reply_type"])
    reader = declared.get("reader") or inspect.getclosurevars(declared.get("one", subject)).nonlocals.get("reader")
    return Consumer(name, handler, dict(reader.by_name or {})) if reader else None


@cache
def subjects_of(service: str) -> tuple[Subject, ...]:
    """The stages and consumers of a service, by name."""
    folder = REPOSITORY / "services" / service
    names = sorted(path.stem for path in (folder / "handlers").glob("*.py") if path.stem != "__init__")
    modules = ((name, importlib.import_module(f"services.{service}.handlers.{name}")) for name in names)
    found = (subject(f"{service}/{name}", module.handler) for name, module in modules)
    return tuple(each for each in found if each)
