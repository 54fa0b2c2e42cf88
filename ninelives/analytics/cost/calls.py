"""Every call that boto3 makes in this process, seen before it leaves and after it is answered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any, Protocol

from botocore import handlers as built_in
from botocore.handlers import REGISTER_FIRST

ASKED = "ninelives.asked"


class Observer(Protocol):
    """Is told of every call."""

    def answer(self, operation: str, asked: Any) -> Any | None:
        """Answer a call in the place of AWS, or None to let it go on."""

    def note_request(self) -> None:
        """A request leaves; until `note_response`, the emulation computes."""

    def note_response(self) -> None: ...

    def note_answer(self, operation: str, asked: Any, answer: Any) -> None: ...


@contextmanager
def observe_calls(observer: Observer) -> Iterator[None]:
    """Clients made in this block tell `observer`. Sessions take their handlers from botocore's list when they begin."""

    def remember(params: Any, context: Any, **_: Any) -> None:
        context[ASKED] = params

    def before(model: Any, context: Any, **_: Any) -> Any:
        answer = observer.answer(model.name, context.get(ASKED))
        return None if answer is None else (SimpleNamespace(status_code=200), answer)

    def after(model: Any, parsed: Any, context: Any, **_: Any) -> None:
        observer.note_answer(model.name, context.get(ASKED), parsed)

    def leaving(**_: Any) -> None:
        observer.note_request()

    def back(**_: Any) -> None:
        observer.note_response()

    added: list[Any] = [
        ("before-parameter-build", remember),
        ("before-call", before),
        ("before-send", leaving, REGISTER_FIRST),
        ("response-received", back),
        ("after-call", after),
    ]
    built_in.BUILTIN_HANDLERS.extend(added)
    try:
        yield
    finally:
        for entry in added:
            built_in.BUILTIN_HANDLERS.remove(entry)
