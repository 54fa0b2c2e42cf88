"""Plays turns with everything counted: `python -m ninelives.analytics.cost.rehearsal --out FILE --turns N`.

A process of its own, because services read their settings and make their clients once per process.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from infra.workflows.interpreter import MACHINE
from ninelives.analytics.cost.assembly import Assembly, read, synthesise
from ninelives.analytics.cost.assumptions import Assumptions
from ninelives.analytics.cost.calls import observe_calls
from ninelives.analytics.cost.counted_cloud import CountedCloud
from ninelives.analytics.cost.tables import kept_bytes, simulated_tables
from ninelives.analytics.cost.tape import GB, log_gb

WARM_UP = 3
PLAIN = ("I yawn", "I look around", "I listen to the rain", "I think about dinner", "I curl my tail")
"""Actions that need no rules: the game master tells the story at once."""
ACCESS_LINE = "x" * 330
"""As long as a line of the API's access log."""
SETTINGS = {
    "AWS_ACCESS_KEY_ID": "rehearsal",
    "AWS_SECRET_ACCESS_KEY": "rehearsal",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_EC2_METADATA_DISABLED": "true",
}
Json = dict[str, Any]


class Rehearsal:
    """One player of a counted cloud."""

    def __init__(self, cloud: CountedCloud, player: str = "player") -> None:
        self.cloud = cloud
        self._player = player
        self._keys = 0
        world = self.ask("GET", "/v1/world")
        body = {"character": {"name": "Pixel", "class_id": world["classes"][0]["id"]}}
        self.campaign = str(self.ask("POST", "/v1/campaigns", body)["id"])
        cloud.deliver()

    def act(self, action: str) -> Json:
        """Play one turn to its end, and let everything that follows from it happen."""
        turn = self.tell(action)
        self.cloud.deliver()
        return turn

    def tell(self, action: str) -> Json:
        """Play one turn to its end; what follows from it waits for `deliver`."""
        self.cloud.computed = 0.0
        turn = self.ask("POST", f"/v1/campaigns/{self.campaign}/turns", {"action": action})
        assert turn["status"] == "resolved", turn
        return turn

    def ask(self, method: str, path: str, body: Any = None) -> Json:
        self._keys += 1
        event = {
            "version": "2.0",
            "routeKey": f"{method} {path}",
            "rawPath": path,
            "headers": {
                "content-type": "application/json",
                "idempotency-key": f"key-{self._keys}",
                "prefer": "wait=20",
            },
            "requestContext": {
                "http": {"method": method, "path": path},
                "stage": "$default",
                "authorizer": {"jwt": {"claims": {"sub": self._player, "token_use": "access"}}},
            },
            "body": json.dumps(body) if body is not None else None,
            "isBase64Encoded": False,
        }
        answer, _ = self.cloud.invoke("gateway/api", event)
        tally = self.cloud.tally
        tally.add("gateway", "api-request", 1)
        tally.add("gateway", "egress-gb", len(json.dumps(answer).encode()) / GB)
        tally.add("gateway", "log-gb", log_gb(ACCESS_LINE))
        tally.add("gateway", "trace", self.cloud.assumptions.traced_share)
        assert answer["statusCode"] < 300, answer
        said: Json = json.loads(answer["body"])
        return said


def play(rehearsal: Rehearsal, turns: int, plain: bool) -> Iterator[Json]:
    """Play turns and yield what each took: with suggested actions, or with actions that need no rules."""
    options: list[str] = list(PLAIN)
    for number in range(turns):
        turn = rehearsal.act(options[number % len(options)])
        if not plain:
            options = turn["suggested_actions"] or list(PLAIN)
        yield _took(rehearsal.cloud, turn)
        if turn["campaign"]["state"]["status"] == "ended":
            return


def _took(cloud: CountedCloud, turn: Json) -> Json:
    return {
        "number": turn["number"],
        "steps": len(cloud.steps),
        "tools": sum(step.function == "tools/execute_tool" for step in cloud.steps),
        "transitions": cloud.transitions,
        "modelled_ms": cloud.express_ms,
        "computed_ms": cloud.computed,
        "largest_payload": max(step.sent for step in cloud.steps),
        "all_payloads": sum(step.sent + step.answered for step in cloud.steps),
        "open_turn_reply": cloud.steps[0].answered,
        "state_item": cloud.latest["campaign: campaign"],
        "turn_item": cloud.latest["campaign: turn"],
    }


@contextlib.contextmanager
def open_counted_cloud(assembly: Assembly, assumptions: Assumptions) -> Iterator[CountedCloud]:
    """A counted cloud with empty tables; the settings of the functions are those of the templates."""
    cloud = CountedCloud(assembly, assumptions)
    with counting(assembly, cloud):
        yield cloud


@contextlib.contextmanager
def counting(assembly: Assembly, cloud: CountedCloud) -> Iterator[None]:
    """Empty tables and settings for this cloud."""
    os.environ.update(SETTINGS)
    for function in assembly.functions().values():
        os.environ.update(function.environment)
    os.environ["STATE_MACHINE_ARN"] = MACHINE
    os.environ["LIMITS"] = re.sub(r"=\d+", "=999999", os.environ.get("LIMITS", ""))  # counted, and never reached
    with observe_calls(cloud), simulated_tables(assembly), contextlib.redirect_stdout(cloud.tape):
        yield


def rehearse(assembly: Assembly, turns: int, plain: bool, assumptions: Assumptions) -> Json:
    """Play and report: the tally of all turns, and what each took."""
    with open_counted_cloud(assembly, assumptions) as cloud:
        rehearsal = Rehearsal(cloud)
        list(play(rehearsal, WARM_UP, plain))
        cloud.begin_counting()
        before = kept_bytes(assembly)
        took = list(play(rehearsal, turns, plain))
        kept = {service: size - before[service] for service, size in kept_bytes(assembly).items()}
        return {
            "turns": len(took),
            "tally": cloud.tally.rows(),
            "kept_bytes": kept,
            "calls": dict(cloud.work.invocations),
            "computed_ms": {name: sum(each) / len(each) for name, each in cloud.computed_ms.items()},
            "metrics": sorted(map(list, cloud.tape.metrics)),
            "prompts": [asdict(prompt) for prompt in cloud.prompts],
            "took": took,
        }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--turns", type=int, default=30)
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--assembly", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        assembly = read(given.assembly) if given.assembly else synthesise(Path(scratch))
        report = rehearse(assembly, given.turns, given.plain, Assumptions())
    given.out.write_text(json.dumps(report))


if __name__ == "__main__":
    main()
