"""The page's own verification of a story, in Node: what the API signed it verifies, and nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from contracts.manifest import StoryManifest
from contracts.playerapi import KeySet, SignedManifest, Turn
from infra.local.home import REPOSITORY
from services.gateway.adapters.story_key import KmsStoryKey
from services.gateway.domain import jws
from services.gateway.domain.manifest import describe_turn
from tests.support.story_keys import new_key

SCRIPT = """
import { verifyStory } from "./web/js/manifest.js";
import { readFileSync } from "node:fs";
const cases = JSON.parse(readFileSync(0, "utf8"));
const done = await Promise.all(cases.map(({ turns, pages, keys }) => verifyStory(turns, pages, keys)));
console.log(JSON.stringify(done.map(({ words, wrong }) => ({ words, wrong }))));
"""


def turn(number: int, narrative: str) -> Turn:
    now = datetime.now(UTC)
    return Turn(
        id="t_" + "abc"[number] * 26,
        campaign_id="c_" + "a" * 26,
        status="resolved",
        action="I wait",
        number=number,
        accepted_at=now,
        resolved_at=now,
        narrative=narrative,
        told_by="understudy",
    )


def sign(turns: list[Turn], key: KmsStoryKey) -> SignedManifest:
    described = tuple(filter(None, map(describe_turn, turns)))
    story = StoryManifest(campaign_id=turns[0].campaign_id, turns=described).model_dump_json().encode()
    data = jws.signing_input(story, key.public.kid)
    return SignedManifest(jws=jws.compact(data, key.sign(data)))


def case(told: list[Turn], of: list[Turn], key: KmsStoryKey, trusted: KmsStoryKey) -> dict[str, Any]:
    return {
        "turns": [each.model_dump(mode="json") for each in told],
        "pages": [sign(of, key).model_dump(mode="json")],
        "keys": KeySet(keys=(trusted.public,)).model_dump(mode="json"),
    }


def test_the_page_verifies_what_was_signed_and_names_what_is_not_as_it_was() -> None:
    key, other = new_key(), new_key()
    true = [turn(1, "Rain  falls.\n\nIt is “wet”, says Ünder.  "), turn(2, "Fog.")]
    changed = [true[0].model_copy(update={"narrative": "Rain falls. It is “dry”, says Ünder."}), true[1]]
    cases = [case(told, true, by, key) for told, by in ((true, key), (changed, key), (true, other))]
    node = Path(sys.executable).parent / "node"

    done = subprocess.run(
        [node, "--input-type=module", "--eval", SCRIPT],
        input=json.dumps(cases), cwd=REPOSITORY, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    verified, differs, foreign = json.loads(done.stdout)

    assert verified == {"words": {"understudy": 3}, "wrong": []}
    assert differs == {"words": {"understudy": 1}, "wrong": ["turn 1, sentence 2, is not what was signed"]}
    assert foreign["words"] == {}
    assert foreign["wrong"][0] == "turn 1 has no manifest that is signed"
