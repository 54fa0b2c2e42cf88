"""Deadline of a whole stream: a read timeout alone starts again with every byte."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import TypeVar

T = TypeVar("T")
_END = object()


class DeadlinePassed(Exception):
    """The stream had not ended when its time was up."""


def read_within(seconds: float, opened: Callable[[], Iterable[T]]) -> Iterator[T]:
    """The items of a stream, read in a thread of its own until it ends or `seconds` are over.

    Raises DeadlinePassed, or whatever opening and reading raised. The thread of a stream that was given up ends with
    the next thing it gets, at the latest with its read timeout.
    """
    deadline = time.monotonic() + seconds
    came: SimpleQueue[tuple[object, BaseException | None]] = SimpleQueue()
    given_up = Event()

    def read() -> None:
        try:
            for item in opened():
                came.put((item, None))
                if given_up.is_set():
                    return
            came.put((_END, None))
        except BaseException as error:
            came.put((_END, error))

    Thread(target=read, daemon=True).start()
    try:
        yield from _until(deadline, came)
    finally:
        given_up.set()


def _until(deadline: float, came: SimpleQueue[tuple[object, BaseException | None]]) -> Iterator[T]:
    while (left := deadline - time.monotonic()) > 0:
        try:
            item, error = came.get(timeout=left)
        except Empty:
            break
        if error:
            raise error
        if item is _END:
            return
        yield item  # type: ignore[misc]
    raise DeadlinePassed
