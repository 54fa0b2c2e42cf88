"""A function's request to AWS leaves in one write."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest
from botocore.awsrequest import AWSHTTPConnectionPool, AWSHTTPSConnectionPool
from botocore.session import get_session

from stagekit.whole_requests import send_whole_requests

ANSWER = b"HTTP/1.1 200 OK\r\ncontent-type: application/x-amz-json-1.0\r\ncontent-length: 2\r\n\r\n{}"


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """A client of a server that answers each piece which ends a request, and the pieces that were written."""
    for pool in (AWSHTTPConnectionPool, AWSHTTPSConnectionPool):
        monkeypatch.setattr(pool, "ConnectionCls", pool.ConnectionCls)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "nobody")
    send_whole_requests()
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_answer, args=(server,), daemon=True).start()
        address = f"http://127.0.0.1:{server.getsockname()[1]}"
        yield get_session().create_client("dynamodb", region_name="us-east-1", endpoint_url=address)


def _answer(server: socket.socket) -> None:
    line = server.accept()[0]
    while line.recv(1 << 20):
        line.sendall(ANSWER)


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    pieces: list[bytes] = []
    send = socket.socket.sendall

    def sendall(self: socket.socket, data: bytes, *flags: int) -> None:
        if data != ANSWER:
            pieces.append(bytes(data))
        send(self, data, *flags)

    monkeypatch.setattr(socket.socket, "sendall", sendall)
    return pieces


def test_head_and_body_of_a_call_are_one_write(client, written) -> None:
    for number in ("1", "2"):
        client.put_item(TableName="cats", Item={"lives": {"N": number}})

    assert [piece.partition(b"\r\n\r\n")[2] for piece in written] == [
        b'{"TableName": "cats", "Item": {"lives": {"N": "1"}}}',
        b'{"TableName": "cats", "Item": {"lives": {"N": "2"}}}',
    ]
    assert all(piece.startswith(b"POST / HTTP/1.1\r\n") for piece in written)


def test_a_request_without_a_body_is_sent_all_the_same(client, written) -> None:
    session = client._endpoint.http_session
    request = client._endpoint.create_request(
        {"method": "GET", "url": client.meta.endpoint_url, "headers": {}, "body": b"", "context": {}, "url_path": "/"}
    )

    assert session.send(request).status_code == 200
    assert len(written) == 1


def test_a_body_that_is_asked_for_first_waits_for_the_answer(client, written) -> None:
    request = client._endpoint.create_request(
        {
            "method": "PUT",
            "url": client.meta.endpoint_url,
            "headers": {"Expect": b"100-continue"},
            "body": b"nine",
            "context": {},
            "url_path": "/",
        }
    )

    client._endpoint.http_session.send(request)

    assert written[0].endswith(b"\r\n\r\n")
