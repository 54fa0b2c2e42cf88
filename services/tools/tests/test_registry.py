"""Requirements of every tool: a new one is checked by these as soon as it has its line in the registry."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.tools import ToolCall
from services.tools.domain import catalogue
from services.tools.domain.execute import execute
from services.tools.domain.registry import TOOLS
from services.tools.domain.world import play
from services.tools.tests.pack import canon_at
from services.tools.tests.promises import is_promised, numbers_known, numbers_told
from services.tools.tests.rules_driver import SEED, carrying, cat, fight, intend, scene, wearing
from services.tools.tests.strategies import NONSENSE, SCENES, SEEDS, arguments
from tests.support.size import pick_size

pytestmark = pytest.mark.slow

DOMAIN = Path(catalogue.__file__).parent
OWNER = wearing(cat(inventory=carrying("fishbone", "cream", "pearl", "vest"), choices=1), body="vest-4")

LEGAL = {
    "accept_quest": (scene(), {"quest": "quiet-pier"}),
    "attack": (scene(), {"target": "pier-gulls"}),
    "buy": (scene(), {"item": "cream"}),
    "defend": (scene(encounter=fight(7)), {}),
    "drop": (scene(character=OWNER), {"item": "pearl"}),
    "equip": (scene(character=OWNER), {"item": "fishbone"}),
    "flee": (scene(encounter=fight(7)), {}),
    "give": (scene(character=OWNER), {"item": "pearl", "npc": "mate"}),
    "hide": (scene(), {}),
    "level_up": (scene(character=OWNER), {"stat": None, "ability": "pounce"}),
    "move_to": (scene(), {"place": "shed"}),
    "persuade": (scene(), {"npc": "mate", "approach": "flatter"}),
    "rest": (scene("shed"), {}),
    "search": (scene(), {}),
    "sell": (scene(character=OWNER), {"item": "pearl"}),
    "take": (scene(), {"find": "coins"}),
    "talk": (scene(), {"npc": "mate", "topic": "tides"}),
    "try_feature": (scene(), {"feature": "crate", "approach": "paws"}),
    "unequip": (scene(character=OWNER), {"slot": "body"}),
    "unlock": (scene(), {"exit": "pier-cellar", "approach": None}),
    "use_ability": (scene(), {"ability": "pounce", "target": "pier-gulls"}),
    "use_item": (scene(character=OWNER), {"item": "cream", "target": None}),
}
"""For every tool a scene in which it is taken. A new tool needs its line here."""

WORDS_NOT_IDS = {("persuade", "approach")}
NAMED = [
    (tool, argument)
    for tool, (_, given) in LEGAL.items()
    for argument, value in given.items()
    if value and (tool, argument) not in WORDS_NOT_IDS and argument not in ("slot",) and value != "paws"
]

tools = pytest.mark.parametrize("tool", TOOLS.values(), ids=TOOLS)


@tools
def test_it_has_a_scene_in_which_it_is_taken(tool):
    at, given_ = LEGAL[tool.name]
    outcome = intend(tool.name, at, **given_)

    assert outcome.verdict == "done", outcome.refusal
    assert outcome.facts


@tools
def test_its_schema_is_strict_and_has_no_place_for_a_number(tool):
    schema = catalogue.entry(tool)["input_schema"]

    assert schema["additionalProperties"] is False
    assert schema["required"] == list(schema["properties"])
    for given_ in schema["properties"].values():
        kinds = given_["type"] if isinstance(given_["type"], list) else [given_["type"]]
        assert kinds[0] == "string" and set(kinds) <= {"string", "null"}


@pytest.mark.parametrize(("name", "argument"), NAMED)
@pytest.mark.parametrize("nonsense", NONSENSE)
def test_nonsense_is_refused_with_what_would_be_taken(name, argument, nonsense):
    at, given_ = LEGAL[name]
    refusal = intend(name, at, **{**given_, argument: nonsense}).refusal

    assert refusal is not None
    assert refusal.code.startswith("no-such-")
    assert refusal.rule and refusal.message and refusal.legal


@tools
@settings(max_examples=pick_size(10, 400))
@given(data=st.data())
def test_the_same_intent_gives_the_same_bytes_and_leaves_what_it_was_given_as_it_was(tool, data):
    at, given_, seed = data.draw(SCENES), data.draw(arguments(tool)), data.draw(SEEDS)
    call, canon = ToolCall(call_id="c", name=tool.name, arguments=given_), canon_at(at.state.place.id)
    before = [thing.model_dump_json() for thing in (call, at, canon)]

    first, second = (execute("t_x/0/0", call, at, canon, seed).model_dump_json() for _ in range(2))

    assert first == second
    assert [thing.model_dump_json() for thing in (call, at, canon)] == before


@tools
@settings(max_examples=pick_size(15, 1_000))
@given(data=st.data())
def test_nothing_comes_out_that_canon_does_not_promise(tool, data):
    at, given_, seed = data.draw(SCENES), data.draw(arguments(tool)), data.draw(SEEDS)
    canon = canon_at(at.state.place.id)
    outcome = execute("t_x/0/0", ToolCall(call_id="c", name=tool.name, arguments=given_), at, canon, seed)

    assert [effect for effect in outcome.effects if not is_promised(effect, at, canon)] == []
    assert numbers_told(outcome) <= numbers_known(outcome)
    if outcome.verdict == "refused":
        assert outcome.refusal and outcome.effects == outcome.rolls == ()
    spent = [effect.kind for effect in outcome.effects].count("action-spent")
    assert spent <= at.budget.action


@given(at=SCENES, seed=SEEDS)
def test_the_world_too_gives_only_what_canon_promises_and_the_same_every_time(at, seed):
    canon = canon_at(at.state.place.id)
    outcomes = play("t_x/world/0", at, canon, seed)

    assert outcomes == play("t_x/world/0", at, canon, seed)
    assert len(outcomes) <= 12
    for outcome in outcomes:
        assert [effect for effect in outcome.effects if not is_promised(effect, at, canon)] == []
        assert numbers_told(outcome) <= numbers_known(outcome)


@pytest.mark.parametrize("file", sorted(DOMAIN.rglob("*.py")), ids=lambda file: file.stem)
def test_no_clock_no_environment_and_no_chance_is_within_reach_of_the_rules(file):
    tree = ast.parse(file.read_text())
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    known = {"__future__", "abc", "collections", "dataclasses", "hmac", "itertools", "json", "re", "struct", "typing"}

    roots = {name.split(".")[0] for name in imported}
    assert roots <= known | {"contracts", "pydantic", "services"}
    assert all(name.startswith("services.tools.domain") for name in imported if name.startswith("services"))


def test_another_process_with_another_hash_seed_gives_the_same_bytes():
    program = (
        "from services.tools.tests.test_registry import LEGAL\n"
        "from services.tools.tests.rules_driver import intend\n"
        "print([intend(name, at, **given).model_dump_json() for name, (at, given) in LEGAL.items()])"
    )
    root = DOMAIN.parents[2]
    answers = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=root,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
            capture_output=True,
            check=True,
            timeout=60,
        ).stdout
        for seed in ("1", "2")
    }

    assert len(answers) == 1


@pytest.mark.parametrize(
    ("name", "given_", "code"),
    [
        ("teleport", {}, "unknown-tool"),
        ("enemy_turn", {"enemy": "gull-1"}, "unknown-tool"),
        ("attack", {}, "bad-arguments"),
        ("attack", {"target": 7}, "bad-arguments"),
        ("attack", {"target": ["gull-1"]}, "bad-arguments"),
        ("attack", {"target": "\ud800"}, "bad-arguments"),
        ("attack", {"target": ""}, "bad-arguments"),
        ("attack", {"target": "x" * 500}, "bad-arguments"),
        ("attack", {"target": "pier-gulls", "damage": 99}, "bad-arguments"),
        ("attack", {"target": "pier-gulls", "\ud800": 1}, "bad-arguments"),
        ("try_feature", {"feature": "crate", "approach": "brute force"}, "bad-arguments"),
        ("level_up", {"stat": 3}, "bad-arguments"),
        ("unequip", {"slot": "nose"}, "bad-arguments"),
    ],
)
def test_what_a_model_says_is_refused_and_never_raises(name, given_, code):
    outcome = intend(name, scene(), seed=SEED, **given_)

    assert (outcome.verdict, outcome.refusal.code) == ("refused", code)
    assert outcome.refusal.legal
    assert outcome.refusal.model_dump_json()


def test_a_refusal_mentions_what_it_names_and_nothing_invented():
    refused = intend("talk", npc="mate", topic="loft")
    invented = intend("attack", target="Moloch the 77th")

    assert {mention.id for mention in refused.mentions} == {"mate", "loft"}
    assert (invented.facts, invented.mentions) == (("There is no such target here.",), ())
