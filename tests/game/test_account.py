"""`ninelives account`: one's data as a file, and the end of a player."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from infra.errors import UserError
from ninelives.cli import account as command
from ninelives.game import local
from ninelives.game.account import erase, save_export
from tests.game.test_client import player

ZIP = b"PK and more"
LINK = "https://archives.example/x.zip"
ID = "x_" + "a" * 26
EXPORT = {"export_id": ID, "state": "running", "begun_at": "2026-01-01T00:00:00Z"}
READY = EXPORT | {"state": "ready", "bytes": len(ZIP), "sha256": sha256(ZIP).hexdigest(), "link": LINK}
ERASURE = {
    "erasure_id": "e_" + "a" * 32, "state": "running", "steps_done": 1, "steps": 3, "campaigns": 2, "campaigns_done": 1,
    "started_at": "2026-01-01T00:00:00Z",
}  # fmt: skip
DONE = ERASURE | {"state": "done", "steps_done": 3, "campaigns_done": 2}


def bucket(content: bytes = ZIP, status: int = 200) -> httpx.MockTransport:
    """The bucket that the link leads to: without the token."""

    def answer(request: httpx.Request) -> httpx.Response:
        assert (str(request.url), "authorization" in request.headers) == (LINK, False)
        return httpx.Response(status, content=content)

    return httpx.MockTransport(answer)


def test_ones_data_is_asked_for_until_it_is_ready_and_saved(tmp_path: Path) -> None:
    answers = (httpx.Response(202, json=EXPORT), httpx.Response(200, json=EXPORT), httpx.Response(200, json=READY))
    client, api = player(*answers)

    save_export(client, tmp_path / "me.zip", bucket(), lambda _: None)

    assert (tmp_path / "me.zip").read_bytes() == ZIP
    asked = [(each.method, each.url.path) for each in api.asked]
    assert asked == [("POST", "/v1/account/export"), *[("GET", f"/v1/account/export/{ID}")] * 2]


@pytest.mark.parametrize(
    ("answer", "store", "why"),
    [
        (EXPORT | {"state": "failed"}, bucket(), "could not be packed"),
        (READY, bucket(b"other"), "not what was packed"),
        (READY, bucket(status=403), "could not be fetched"),
    ],
)
def test_what_is_not_there_or_not_whole_is_not_saved(
    tmp_path: Path, answer: dict[str, object], store: httpx.MockTransport, why: str
) -> None:
    client, _ = player(httpx.Response(202, json=answer))

    with pytest.raises(UserError, match=why):
        save_export(client, tmp_path / "me.zip", store, lambda _: None)

    assert list(tmp_path.iterdir()) == []


def test_a_player_is_erased_and_hears_how_far_it_is() -> None:
    client, api = player(httpx.Response(202, json=ERASURE), httpx.Response(200, json=DONE))
    told: list[int] = []

    assert erase(client, lambda each: told.append(each.steps_done), lambda _: None).state == "done"

    assert told == [1]
    assert (api.asked[0].method, json.loads(api.asked[0].content)) == ("DELETE", {"confirm": "erase"})
    assert api.asked[1].url.path == f"/v1/erasures/{ERASURE['erasure_id']}"


@pytest.mark.parametrize("typed", ["yes\n", "\nno\n"])
def test_nobody_is_erased_without_the_word(typed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    client, api = player()
    monkeypatch.setattr(local, "local_player", lambda name: client)

    done = CliRunner().invoke(command.account_app, ["erase"], input=typed)

    assert (done.exit_code, api.asked) == (1, [])
    assert "Nothing was erased." in str(done.exception)


def test_whoever_types_the_word_is_erased(monkeypatch: pytest.MonkeyPatch) -> None:
    client, api = player(httpx.Response(202, json=DONE))
    monkeypatch.setattr(local, "local_player", lambda name: client)

    done = CliRunner().invoke(command.account_app, ["erase", "--player", "ada"], input="erase\n")

    assert (done.exit_code, len(api.asked)) == (0, 1)
    assert "ada is erased" in done.output
