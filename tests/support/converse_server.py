"""A model service on loopback that speaks Bedrock's Converse wire protocol and does as it is told.

    with ConverseServer(throttle(), tells("The rain stops.")) as server:
        ... AWS_ENDPOINT_URL_BEDROCK_RUNTIME=server.url ...
        assert len(server.requests) == 2

Each request uses up the next behaviour; when none is left the default answers. A behaviour is a function of the
request's body, so a test can also let it depend on what was asked. Asked for a stream, it sends the same response as
events, in small pieces.
"""

from __future__ import annotations

import json
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Literal, Self
from urllib.parse import unquote

from tests.support.event_stream import frame, frames

Json = dict[str, Any]
CHUNK = 97
"""Bytes of a stream that are sent at once: less than an event."""
LONGEST_PAUSE = 30


@dataclass(frozen=True)
class Answer:
    """An answer as it goes over the wire. `manner`: whole; only `half` of the promised bytes; `drop` the line without a
    word; `silence` until the server closes. A stream ends so after `events` of its events, or with the exception
    `raised`; with `resumes` it pauses there instead, until that is set."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    manner: Literal["whole", "half", "drop", "silence"] = "whole"
    events: int | None = None
    raised: str = ""
    resumes: threading.Event | None = None


Behaviour = Callable[[Json], Answer]


@dataclass(frozen=True)
class Asked:
    """A request as it came in: the model id of its path, its body, and who it says it is from."""

    model: str
    path: str
    body: Json
    raw: bytes
    authorization: str | None = None


def converse(*content: Json, stop: str = "end_turn", usage: Json | None = None) -> Behaviour:
    """A regular response with these content blocks."""
    body = {
        "output": {"message": {"role": "assistant", "content": list(content)}},
        "stopReason": stop,
        "usage": usage or {"inputTokens": 200, "outputTokens": 40, "totalTokens": 240},
        "metrics": {"latencyMs": 1},
    }
    return sends(json.dumps(body).encode())


def text(words: str, stop: str = "end_turn") -> Behaviour:
    """Plain text, no tool."""
    return converse({"text": words}, stop=stop)


def tool_use(name: str, arguments: Any, use_id: str = "tooluse_1") -> Json:
    """A content block that calls a tool."""
    return {"toolUse": {"toolUseId": use_id, "name": name, "input": arguments}}


def calls(*uses: Json, usage: Json | None = None) -> Behaviour:
    """A reply that calls tools."""
    return converse(*uses, stop="tool_use", usage=usage)


def tells(narrative: str, *suggested: str) -> Behaviour:
    """A reply that tells the story through its tool, in free text."""
    return calls(tool_use("tell_story", {"narrative": narrative, "suggested_actions": list(suggested)}))


def beat(told: str, kind: str = "fact", facts: tuple[str, ...] = (), who: str | None = None) -> Json:
    """A piece of a story, as the schema wants it."""
    return {"kind": kind, "facts": list(facts), "who": who, "about": None, "text": told}


def tells_beats(*beats: Json, suggested: tuple[str, ...] = ("Look around",)) -> Behaviour:
    """A reply that tells the story through its tool, in beats."""
    return calls(tool_use("tell_story", {"beats": list(beats), "suggested_actions": list(suggested)}))


def fails(status: int, name: str, message: str = "no") -> Behaviour:
    """An error as AWS services write it."""
    return sends(json.dumps({"message": message}).encode(), status=status, headers={"x-amzn-ErrorType": name})


def throttle() -> Behaviour:
    """Asks for fewer requests."""
    return fails(429, "ThrottlingException", "Too many requests, please wait before trying again.")


def filter_content() -> Behaviour:
    """The content filter stepped in."""
    return converse({"text": "I cannot help with that."}, stop="content_filtered")


def sends(body: bytes, status: int = 200, headers: dict[str, str] | None = None) -> Behaviour:
    """Exactly these bytes."""
    return lambda request: Answer(body=body, status=status, headers=headers or {})


def breaks_off(body: bytes = b'{"output":{"message":{"role":"assistant","content":[{"text":"Onc') -> Behaviour:
    """Promises more than it sends, and hangs up."""
    return lambda request: Answer(body=body, manner="half")


def hangs_up() -> Behaviour:
    """Closes the connection without an answer."""
    return lambda request: Answer(manner="drop")


def never_answers() -> Behaviour:
    """Keeps the line open and says nothing until the server closes."""
    return lambda request: Answer(manner="silence")


def hangs_up_once(released: threading.Event) -> Behaviour:
    """Keeps the line open and says nothing until somebody ends it, or for as long as a pause may last."""

    def silent(request: Json) -> Answer:
        assert released.wait(LONGEST_PAUSE), "nobody ended the silence"
        return Answer(manner="drop")

    return silent


def breaks_off_after(events: int, behaviour: Behaviour) -> Behaviour:
    """A stream whose line is dropped after so many of its events."""
    return lambda request: replace(behaviour(request), events=events, manner="drop")


def stalls_after(events: int, behaviour: Behaviour) -> Behaviour:
    """A stream that says nothing more after so many of its events."""
    return lambda request: replace(behaviour(request), events=events, manner="silence")


def raises_after(events: int, name: str, behaviour: Behaviour) -> Behaviour:
    """A stream that ends in an exception after so many of its events."""
    return lambda request: replace(behaviour(request), events=events, raised=name)


def pauses_after(events: int, resumes: threading.Event, behaviour: Behaviour) -> Behaviour:
    """A stream that goes on after so many of its events when somebody lets it."""
    return lambda request: replace(behaviour(request), events=events, resumes=resumes)


def _can_stream(answer: Answer) -> bool:
    """Whether an answer is a whole response: any other goes over the line as it is, whatever was asked for."""
    is_response = answer.body.startswith(b"{") and answer.body.endswith(b"}")
    return answer.status == 200 and is_response and (answer.manner == "whole" or answer.events is not None)


def _parts(answer: Answer) -> Iterator[bytes]:
    """The events in chunks that care nothing for where one ends: up to a pause, then the rest."""
    events = list(frames(json.loads(answer.body)))
    sent = events[: answer.events]
    if answer.raised:
        sent.append(frame(answer.raised, {"message": "no"}, "exception"))
    yield _chunk(sent)
    if answer.resumes:
        assert answer.resumes.wait(LONGEST_PAUSE), "nobody let the stream go on"
        yield _chunk(events[answer.events :])
    if answer.manner == "whole":
        yield b"0\r\n\r\n"


def _chunk(events: list[bytes]) -> bytes:
    whole = b"".join(events)
    chunks = [whole[at : at + CHUNK] for at in range(0, len(whole), CHUNK)]
    return b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks)


class _Http(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that gave up waiting is what some behaviours are for; anything else is worth a trace."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class ConverseServer:
    """The server, in a thread of its own, on a free loopback port."""

    def __init__(self, *behaviours: Behaviour, default: Behaviour | None = None) -> None:
        self.requests: list[Asked] = []
        self._script = deque(behaviours)
        self._default = default or tells_beats(beat("The rain goes on.", "colour"))
        self._closing = threading.Event()
        self._turn = threading.Lock()
        self._http = _Http(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    def then(self, *behaviours: Behaviour) -> None:
        """Add to the script."""
        with self._turn:
            self._script.extend(behaviours)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def _next(self, asked: Asked) -> Answer:
        with self._turn:
            self.requests.append(asked)
            behaviour = self._script.popleft() if self._script else self._default
        return behaviour(asked.body)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True  # or each answer waits 40 ms for an acknowledgement

            def do_POST(self) -> None:
                raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                path = unquote(self.path)
                model, _, operation = path.removeprefix("/model/").rpartition("/")
                who = self.headers.get("Authorization")
                answer = server._next(Asked(model, path, json.loads(raw or b"{}"), raw, who))
                if operation == "converse-stream" and _can_stream(answer):
                    self._stream(answer)
                else:
                    self._send(answer)

            def _stream(self, answer: Answer) -> None:
                self.close_connection = answer.manner != "whole"
                self.send_response(200)
                self.send_header("Content-Type", "application/vnd.amazon.eventstream")
                self.send_header("Transfer-Encoding", "chunked")
                self.end_headers()
                self.wfile.writelines(_parts(answer))
                if answer.manner == "silence":
                    server._closing.wait()

            def _send(self, answer: Answer) -> None:
                self.close_connection = answer.manner != "whole"
                if answer.manner == "silence":
                    server._closing.wait()
                if answer.manner in ("silence", "drop"):
                    return
                self.send_response(answer.status)
                for name, value in {"Content-Type": "application/json", **answer.headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer.body) * (2 if answer.manner == "half" else 1)))
                self.end_headers()
                self.wfile.write(answer.body)

            def log_message(self, format: str, *args: Any) -> None:
                """Tests read `requests`; nobody reads a server's chatter."""

        return Handler
