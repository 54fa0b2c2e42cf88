"""A knowledge base on loopback that speaks the wire protocol of Bedrock's Retrieve and says what it is told to.

    with RetrieveServer(find(("s3://lore/npc-pib.txt", 0.9))) as server:
        ... AWS_ENDPOINT_URL_BEDROCK_AGENT_RUNTIME=server.url ...
        assert server.asked == [...]

Each request uses up the next answer; behind the last, everything is throttled.
"""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler
from typing import Any

from tests.support.loopback import LoopbackServer

Json = dict[str, Any]


def find(*pieces: tuple[str, float]) -> Json:
    """A response with these pieces: a file in S3, or the id of a custom document, and its score."""
    return {"retrievalResults": [_piece(where, score) for where, score in pieces]}


def _piece(where: str, score: float) -> Json:
    location = (
        {"type": "S3", "s3Location": {"uri": where}}
        if where.startswith("s3://")
        else {"type": "CUSTOM", "customDocumentLocation": {"id": where}}
    )
    return {"content": {"type": "TEXT", "text": "not ours"}, "location": location, "score": score}


class RetrieveServer(LoopbackServer):
    """Listens while it is entered. `asked` has the path and body of every request."""

    def __init__(self, *answers: Json) -> None:
        self.asked: list[tuple[str, Json]] = []
        left, asked = list(answers), self.asked

        class Door(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                asked.append((self.path, json.loads(self.rfile.read(int(self.headers["content-length"])))))
                body = json.dumps(left.pop(0) if left else {"message": "Rate exceeded"})
                self.send_response(200 if "retrievalResults" in body else 429)
                if "retrievalResults" not in body:
                    self.send_header("x-amzn-errortype", "ThrottlingException")
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, format: str, *args: Any) -> None:
                pass

        super().__init__(Door)
