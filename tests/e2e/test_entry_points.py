"""The commands a person types, on a cloud that runs and on one that does not."""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from infra.local.home import REPOSITORY
from tests.support.cloud import Cloud

pytestmark = pytest.mark.cloud


def ninelives(*arguments: str, typed: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command with what a person types, until it ends."""
    return subprocess.run(
        [sys.executable, "-m", "ninelives.cli", *arguments],
        cwd=REPOSITORY,
        env={**os.environ, "COLUMNS": "120", **environment},
        input=typed,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_the_token_of_a_name_opens_the_api_to_one_and_the_same_player(cloud: Cloud):
    name = f"typist-{uuid4().hex[:8]}"

    tokens = [ninelives("token", name).stdout.strip() for _ in range(2)]

    me, again = (httpx.get(f"{cloud.stack['api_url']}/v1/campaigns", headers=bearer(token)) for token in tokens)
    assert (me.status_code, again.status_code) == (200, 200)
    assert subject(tokens[0]) == subject(tokens[1])


def test_the_demo_plays_by_itself_and_ends_with_a_table(cloud: Cloud):
    done = ninelives("demo", "--turns", "3", "--player", f"demo-{uuid4().hex[:8]}")

    assert done.returncode == 0, done.stdout + done.stderr
    rows = [line.split() for line in done.stdout.splitlines() if " resolved " in line]
    assert [row[0] for row in rows] == ["1", "2", "3"]
    assert all(float(number) >= 0 for row in rows for number in row[3:])
    assert "0 gaps" in done.stdout


def test_a_person_plays_three_turns_and_leaves(cloud: Cloud):
    player = f"typist-{uuid4().hex[:8]}"
    typed = "1\n2\nMittens\nI look around\n1\nI search this place\n/sheet\n/trace\n/quit\n"

    done = ninelives("play", "--player", player, typed=typed)

    assert done.returncode == 0, done.stdout + done.stderr
    assert re.findall(r"─ Turn (\d+) ─", done.stdout) == ["1", "2", "3"], done.stdout
    assert "Mittens" in done.stdout
    assert "PersistCampaign" in done.stdout
    assert "The city will wait." in done.stdout


def test_the_same_person_finds_the_campaign_again(cloud: Cloud):
    player = f"typist-{uuid4().hex[:8]}"
    ninelives("play", "--player", player, typed="1\n2\nMittens\nI look around\n/quit\n")

    done = ninelives("play", "--player", player, typed="1\nI look around\n/quit\n")

    assert done.returncode == 0, done.stdout + done.stderr
    assert re.findall(r"─ Turn (\d+) ─", done.stdout) == ["2"], done.stdout


def test_a_person_who_just_closes_the_terminal_leaves_in_peace(cloud: Cloud):
    done = ninelives("play", "--player", f"typist-{uuid4().hex[:8]}")

    assert done.returncode == 0
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize("command", [("token", "me"), ("play",), ("demo", "--turns", "1"), ("status",)])
def test_a_cloud_that_is_down_is_one_clear_line(tmp_path: Path, command: tuple[str, ...]):
    done = ninelives(*command, NINELIVES_HOME=str(tmp_path / "nobody"))

    assert done.returncode == 1
    [line] = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    assert "make up" in line


def bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def subject(token: str) -> str:
    """The subject of a token; whether to believe it is the API's business."""
    payload = token.split(".")[1]
    return str(json.loads(base64.urlsafe_b64decode(payload + "=="))["sub"])
