"""The catalogue is what the code says, and short."""

import json
from pathlib import Path

from services.tools.domain.catalogue import catalogue, render
from services.tools.domain.registry import TOOLS

COMMITTED = Path(__file__).parents[3] / "contracts" / "catalogue.json"
CHARACTERS_PER_TOKEN = 4


def test_the_committed_catalogue_is_the_one_the_code_gives():
    assert COMMITTED.read_text(encoding="utf-8") == render(), "make schemas writes it"


def test_the_whole_catalogue_fits_its_token_budget():
    assert len(json.dumps(catalogue(), separators=(",", ":"))) / CHARACTERS_PER_TOKEN <= 2400


def test_a_description_is_one_short_line():
    for tool in catalogue():
        assert 10 <= len(tool["description"]) <= 90
        assert "\n" not in tool["description"]


def test_every_tool_is_in_it_once_and_in_order():
    names = [tool["name"] for tool in catalogue()]

    assert names == sorted(TOOLS)
    assert len(names) >= 16


def test_what_may_be_left_out_takes_null():
    attack = next(tool for tool in catalogue() if tool["name"] == "attack")

    assert attack["input_schema"] == {
        "type": "object",
        "properties": {
            "target": {"type": "string", "description": "Enemy or spawn id."},
            "weapon": {"type": ["string", "null"], "description": "Carried weapon; null: the one worn, or claws."},
        },
        "required": ["target", "weapon"],
        "additionalProperties": False,
    }
