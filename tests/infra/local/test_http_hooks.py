"""The local cloud's HTTP server, and the shortest way through it, which calls of AWS take."""

from __future__ import annotations

import asyncio
import http.client
import json
import socket
from typing import Any

import pytest
import uvicorn
from wsproto import ConnectionType, WSConnection
from wsproto.events import Request

from infra.local.hooks.api_calls import _passing_calls
from infra.local.hooks.http_server import WholeConnection
from tests.support.waiting import PATIENCE

TARGET = {"x-amz-target": "DynamoDB_20120810.ListTables", "host": "127.0.0.1:4599"}


def test_many_requests_go_over_one_connection(cloud) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", cloud.home.port, timeout=30)
    sockets = set()
    for method in ("GET", "HEAD", "GET"):
        connection.request(method, "/_ninelives/cloud")
        reply = connection.getresponse()
        sockets.add(connection.sock)
        assert (reply.status, bool(reply.read())) == (200, method == "GET")
    connection.close()

    assert len(sockets) == 1


def test_a_body_that_waits_for_leave_gets_it(cloud) -> None:
    body = json.dumps({"TableName": "none"}).encode()
    head = [
        "POST / HTTP/1.1",
        f"Host: 127.0.0.1:{cloud.home.port}",
        "X-Amz-Target: DynamoDB_20120810.DescribeTable",
        "Authorization: AWS4-HMAC-SHA256 Credential=000000000000/20260101/us-east-1/dynamodb/aws4_request",
        "Expect: 100-continue",
        f"Content-Length: {len(body)}",
    ]
    with socket.create_connection(("127.0.0.1", cloud.home.port), timeout=30) as line:
        line.sendall("\r\n".join([*head, "", ""]).encode())
        leave = line.recv(1000)
        line.sendall(body)
        answer = line.recv(10_000)

    assert leave == b"HTTP/1.1 100 Continue\r\n\r\n"
    assert answer.startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize(
    ("method", "path", "headers", "is_passed"),
    [
        ("POST", "/", TARGET, True),
        ("POST", "/", {**TARGET, "host": "localhost:4599"}, True),
        ("GET", "/", TARGET, False),
        ("POST", "/_aws/execute-api/a/b", TARGET, False),
        ("POST", "/", {"host": "127.0.0.1:4599"}, False),
        ("POST", "/", {**TARGET, "host": "bucket.localhost:4599"}, False),
    ],
    ids=["a call", "by name", "no call has this method", "an address of its own", "no operation", "a name of its own"],
)
def test_only_calls_of_aws_pass_the_other_addresses(method: str, path: str, headers: Any, is_passed: bool) -> None:
    asked = []

    async def special(*request: Any) -> str:
        asked.append(request)
        return "answered"

    answer = asyncio.run(_passing_calls(special)(method, path, headers, b"", {}))

    assert (answer, len(asked)) == ((None, 0) if is_passed else ("answered", 1))


def test_a_client_that_leaves_while_it_is_let_in_has_come_and_gone() -> None:
    door, heard = socket.create_server(("127.0.0.1", 0)), []
    client = socket.create_connection(door.getsockname(), timeout=PATIENCE)
    client.sendall(WSConnection(ConnectionType.CLIENT).send(Request(host="cloud", target="/")))

    async def application(_scope: Any, receive: Any, send: Any) -> None:
        await receive()
        client.close()
        while server.server_state.connections:
            await asyncio.sleep(0)
        await send({"type": "websocket.accept"})
        heard.append((await receive())["type"])
        server.should_exit = True

    server = uvicorn.Server(uvicorn.Config(application, ws=WholeConnection, lifespan="off", log_config=None))
    asyncio.run(asyncio.wait_for(server.serve([door]), PATIENCE))

    assert heard == ["websocket.disconnect"]
