"""The terminal's client repeats what the network lost, tells refusals as they are, and causes no second turn."""

from __future__ import annotations

import json

import httpx
import pytest

from ninelives.game.client import Player, RequestRefused, Unreachable

CAMPAIGN, TURN = "c_" + "a" * 26, "t_" + "b" * 26


def turn(status: str, **more) -> dict:
    return {
        "id": TURN,
        "campaign_id": CAMPAIGN,
        "status": status,
        "action": "look",
        "accepted_at": "2026-01-01T00:00:00Z",
        **more,
    }


class Api:
    """Answers with what it was given, one after the other; an exception is a broken connection."""

    def __init__(self, *answers: httpx.Response | Exception) -> None:
        self.answers = list(answers)
        self.asked: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def player(*answers) -> tuple[Player, Api]:
    api = Api(*answers)
    return Player("http://api/", lambda: "jwt", httpx.MockTransport(api), pause=lambda _: None), api


def test_a_dropped_connection_is_tried_again_with_the_same_key():
    client, api = player(httpx.ReadError("dropped"), httpx.Response(503), httpx.Response(200, json=turn("resolved")))

    assert client.act(CAMPAIGN, "look").status == "resolved"

    assert len({request.headers["idempotency-key"] for request in api.asked}) == 1
    assert len({request.content for request in api.asked}) == 1


def test_two_actions_have_two_keys():
    client, api = player(*[httpx.Response(200, json=turn("resolved"))] * 2)

    client.act(CAMPAIGN, "look")
    client.act(CAMPAIGN, "look")

    assert len({request.headers["idempotency-key"] for request in api.asked}) == 2


def test_a_turn_that_takes_longer_is_asked_for_until_it_ends():
    client, api = player(
        httpx.Response(202, json=turn("accepted")),
        httpx.Response(200, json=turn("running")),
        httpx.Response(200, json=turn("failed")),
    )

    assert client.act(CAMPAIGN, "look").status == "failed"
    assert [request.method for request in api.asked] == ["POST", "GET", "GET"]
    assert all("wait=" in request.headers["prefer"] for request in api.asked)


def test_a_story_is_heard_while_it_is_told():
    client, api = player(
        httpx.Response(202, json=turn("accepted")),
        httpx.Response(200, json=turn("running", told="Rain.")),
        httpx.Response(200, json=turn("running", told="Rain. A roof.")),
        httpx.Response(200, json=turn("resolved", narrative="Rain. A roof. A cat.")),
    )
    heard: list[str] = []

    assert client.act(CAMPAIGN, "look", told=heard.append).narrative == "Rain. A roof. A cat."
    assert heard == ["Rain.", "Rain. A roof."]
    assert {request.headers["prefer"] for request in api.asked} == {"wait=1"}


def test_a_no_is_an_exception_with_the_problem():
    problem = {"type": "/problems/turn-in-progress", "title": "Busy", "status": 409, "detail": "One at a time."}
    client, _ = player(httpx.Response(409, json=problem))

    with pytest.raises(RequestRefused, match="One at a time") as refused:
        client.act(CAMPAIGN, "look")
    assert refused.value.problem.type == "/problems/turn-in-progress"


@pytest.mark.parametrize("body", [b"", b"<html>", json.dumps({"message": "Forbidden"}).encode()])
def test_an_error_that_is_no_problem_document_is_told_all_the_same(body):
    client, _ = player(httpx.Response(403, content=body))

    with pytest.raises(RequestRefused, match="403"):
        client.campaigns()


def test_nobody_at_the_address_is_said_in_one_line():
    client, api = player(*[httpx.ConnectError("refused")] * 9)

    with pytest.raises(Unreachable, match="make up"):
        client.world()
    assert len(api.asked) == 4


def renewing(*answers) -> tuple[Player, Api]:
    """A player whose token gets a new number whenever it is renewed."""
    api, issued = Api(*answers), []

    def current() -> str:
        return f"jwt-{len(issued)}"

    renew = lambda: issued.append(1)  # noqa: E731
    return Player("http://api/", current, httpx.MockTransport(api), pause=lambda _: None, renew=renew), api


def test_an_expired_token_is_renewed_and_the_same_request_sent_again():
    client, api = renewing(
        httpx.Response(401, json={"message": "Unauthorized"}), httpx.Response(200, json=turn("resolved"))
    )

    assert client.act(CAMPAIGN, "look").status == "resolved"

    assert [request.headers["authorization"] for request in api.asked] == ["Bearer jwt-0", "Bearer jwt-1"]
    assert len({request.headers["idempotency-key"] for request in api.asked}) == 1


def test_a_token_that_is_refused_after_its_renewal_is_a_no():
    client, api = renewing(*[httpx.Response(401, json={"message": "Unauthorized"})] * 9)

    with pytest.raises(RequestRefused, match="401"):
        client.act(CAMPAIGN, "look")
    assert len(api.asked) == 2


def test_a_session_survives_its_token_however_often_that_expires():
    expired, page = httpx.Response(401), httpx.Response(200, json={"items": [], "next_cursor": None})
    client, api = renewing(expired, page, expired, page)

    client.campaigns()
    client.campaigns()

    assert [request.headers["authorization"][-1] for request in api.asked] == ["0", "1", "1", "2"]


def test_nothing_that_somebody_typed_commands_the_terminal():
    written = "\x9b31mRED\u202e\x1b[2J\r\u200b"
    told = turn("resolved", action=written, narrative=f"{written}\nThe cat waits.", suggested_actions=[written])
    client, _ = player(httpx.Response(200, json=told), httpx.Response(409, json=problem(written)))

    played = client.turn(CAMPAIGN, TURN)
    with pytest.raises(RequestRefused) as refused:
        client.turn(CAMPAIGN, TURN)

    shown = [played.action, played.narrative, *played.suggested_actions, refused.value.problem.detail]
    assert all(line.isprintable() for text in shown for line in text.split("\n")), shown
    assert played.narrative.endswith("\nThe cat waits.")


def problem(detail):
    return {"type": "/problems/x", "title": "No", "status": 409, "detail": detail}
