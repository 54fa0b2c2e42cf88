"""Understanding is measured with the real rules, its judge is neither lenient nor harsh, and it does not get worse."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner

from contracts.dm import DungeonMasterReplied, ValidateAndRoute
from contracts.envelope import Envelope
from ninelives.cli.app import app
from ninelives.evaluation.understanding import outside
from ninelives.evaluation.understanding.judge import judge
from ninelives.evaluation.understanding.measuring import Measured, PublishedRates, drops, measure, read_published
from ninelives.evaluation.understanding.playing import Playthrough, play
from ninelives.evaluation.understanding.situations import RecipeFault, build, recipes, setting
from ninelives.evaluation.understanding.wants import LabelledWant, PlayerInput, inputs
from services.campaign.domain.invariants import violations
from services.dm.domain.reading import Answer, Ask, Deed, Foreign, Meaning, Refusal, Roleplay, Step, read
from tests.support.size import SOAKING, pick_size

pytestmark = pytest.mark.slow

TAKE = Deed("take", {"find": "alley-umbrella"})
COINS = Deed("take", {"find": "puddle-credits"})
HIT_FIRST = Deed("attack", {"target": "dust-bunny-1", "weapon": None})
HIT_SECOND = Deed("attack", {"target": "dust-bunny-2", "weapon": None})


def play_meanings(*meanings: Meaning, at: str = "alley-quiet") -> Playthrough:
    """These meanings played in a situation, whatever was typed."""
    steps = tuple(Step(number, "", meaning) for number, meaning in enumerate(meanings))
    return play("made up", setting(at), lambda *_, **__: steps)


def judge_meanings(want: Mapping[str, object], *meanings: Meaning, at: str = "alley-quiet") -> str:
    return judge(LabelledWant.model_validate(want), play_meanings(*meanings, at=at))


def do(*deeds: Deed, then: tuple[Deed, ...] = (), **more: object) -> dict[str, object]:
    told = [{"tool": deed.tool, "args": {k: v for k, v in deed.arguments.items() if v}} for deed in deeds]
    later = [{"tool": deed.tool, "args": {k: v for k, v in deed.arguments.items() if v}} for deed in then]
    return {"do": told, "then": later, **more}


@pytest.mark.parametrize("id", recipes())
def test_every_recipe_is_a_campaign_that_can_be(id: str) -> None:
    recipe, built = recipes()[id], setting(id)

    cat = built.scene.state.character
    worn = [thing.item for thing in cat.inventory if thing.id in cat.equipment.values()]
    assert violations(built.scene.state) == ()
    assert sorted(worn) == sorted(recipe.equipped)
    assert Counter({thing: 0 for thing in recipe.items}) + Counter(recipe.items) == sum(
        (Counter({thing.item: thing.quantity}) for thing in cat.inventory), Counter()
    )
    assert built.lore.briefing.place.id == recipe.place
    assert len(built.history) == len(recipe.history)


@pytest.mark.parametrize(
    "fault",
    [
        {"hp": 99},
        {"items": ("riot-lid",) * 30},
        {"equipped": ("pocket-sardines",)},
        {"place": "nowhere"},
        {"abilities": {"spark-hiss": {}}},
        {"choices": 3},
        {"quests": {"breakfast-is-late": "no-such-stage"}},
        {"encounter": {"spawn": "sump-eel", "round": 1, "enemies": []}},
    ],
    ids=lambda fault: next(iter(fault)),
)
def test_a_recipe_that_no_campaign_can_come_to_is_refused(fault: dict[str, object]) -> None:
    recipe = recipes()["alley-quiet"]

    with pytest.raises(RecipeFault):
        build(type(recipe).model_validate({**recipe.model_dump(), **fault}))


def test_every_input_is_of_a_situation_and_labelled_in_the_vocabulary() -> None:
    assert {entry.situation for entry in inputs()} == set(recipes())
    assert len({(entry.situation, entry.text) for entry in inputs()}) == len(inputs())


@pytest.mark.parametrize(
    ("want", "meanings", "outcome"),
    [
        (do(TAKE), (TAKE,), "understood"),
        (do(TAKE), (COINS,), "wrong"),
        (do(TAKE), (TAKE, COINS), "wrong"),
        (do(TAKE), (TAKE, TAKE), "understood"),
        (do(TAKE, COINS), (COINS, TAKE), "graceful"),
        (do(TAKE, COINS, order="free"), (COINS, TAKE), "understood"),
        (do(TAKE, COINS), (TAKE,), "graceful"),
        (do(TAKE, then=(COINS,)), (TAKE, COINS), "understood"),
        (do(TAKE, then=(COINS,)), (TAKE,), "graceful"),
        (do(TAKE, then=(COINS,)), (TAKE, Roleplay("later")), "understood"),
        (do(TAKE), (Roleplay("murmur"),), "dead"),
        (do(TAKE), (Roleplay("emote"),), "dead"),
        (do(TAKE), (Refusal("not-here", "brolly"),), "graceful"),
        (do(TAKE), (Refusal("not-here"),), "dead"),
        (do(TAKE), (Ask((TAKE, COINS)),), "graceful"),
        ({"answer": "inventory"}, (Answer("inventory"),), "understood"),
        ({"answer": "inventory"}, (Answer("money"),), "graceful"),
        ({"answer": "inventory"}, (Answer("inventory"), TAKE), "wrong"),
        ({"answer": "does:pocket-sardines"}, (Answer("does", "pocket-sardines-3"),), "understood"),
        ({"answer": "does:pocket-sardines"}, (Answer("does", "brass-claws-1"),), "graceful"),
        ({"answer": "does:pocket-sardines"}, (Answer("does"),), "graceful"),
        ({"answer": "way:drip-canal"}, (Answer("way", "alley-towpath"),), "understood"),
        ({"ask": []}, (Ask((TAKE, COINS)),), "understood"),
        ({"ask": ["take:alley-umbrella"]}, (Ask((TAKE, COINS)),), "understood"),
        ({"ask": ["take:chute-tin"]}, (Ask((TAKE, COINS)),), "graceful"),
        ({"refuse": "not-here"}, (Refusal("not-here", "ghost"),), "understood"),
        ({"refuse": "not-here"}, (Refusal("cannot", "ghost"),), "graceful"),
        ({"refuse": "not-here", "names": "ghost|wisp"}, (Refusal("not-here", "a Wisp"),), "understood"),
        ({"refuse": "not-here", "names": "ghost|wisp"}, (Refusal("not-here", "gull"),), "graceful"),
        ({"roleplay": True}, (Roleplay("emote"),), "understood"),
        ({"roleplay": True}, (Roleplay("murmur"),), "dead"),
        ({"roleplay": True}, (TAKE,), "wrong"),
        ({"language": "fr"}, (Foreign("fr"),), "understood"),
        ({"language": "fr"}, (Foreign("de"),), "dead"),
        ({"any": [do(TAKE), {"answer": "look"}]}, (Answer("look"),), "understood"),
        ({"any": [do(TAKE), do(COINS)]}, (TAKE, COINS), "wrong"),
        ({"any": [do(TAKE), {"roleplay": True}], "never": ["take"]}, (TAKE,), "wrong"),
        ({"roleplay": True, "never": ["*"]}, (Deed("buy", {"item": "cream-pot"}),), "wrong"),
        ({"all": [{"answer": "look"}, do(TAKE)]}, (Answer("look"), TAKE), "understood"),
        ({"all": [{"answer": "look"}, do(TAKE)]}, (TAKE, Answer("look")), "graceful"),
        ({"all": [{"answer": "look"}, do(TAKE)]}, (Answer("look"),), "graceful"),
    ],
)
def test_a_reading_is_judged_by_what_was_wanted(
    want: Mapping[str, object], meanings: tuple[Meaning, ...], outcome: str
) -> None:
    assert judge_meanings(want, *meanings) == outcome


def test_another_enemy_of_the_kind_is_another_enemy() -> None:
    assert judge_meanings(do(HIT_FIRST), HIT_SECOND, at="alley-bunnies") == "wrong"
    assert (
        judge_meanings({"answer": "examine:dust-bunny"}, Answer("examine", "dust-bunny-2"), at="alley-bunnies")
        == "understood"
    )


def test_an_argument_may_be_left_free_or_have_several_values() -> None:
    free = {"do": [{"tool": "attack"}]}
    either = {"do": [{"tool": "attack", "args": {"target": ["dust-bunny-2"], "weapon": ["brass-claws", None]}}]}

    assert judge_meanings(free, HIT_FIRST, at="alley-bunnies") == "understood"
    assert judge_meanings(either, HIT_SECOND, at="alley-bunnies") == "understood"
    assert judge_meanings(either, HIT_FIRST, at="alley-bunnies") == "wrong"


def test_a_deed_that_the_rules_refuse_is_as_good_as_a_refusal_offered_beside_it() -> None:
    buy = Deed("buy", {"item": "box-cutter"})

    assert judge_meanings({"any": [do(buy), {"refuse": "no-money"}]}, buy, at="market-broke") == "understood"
    assert judge_meanings({"refuse": "no-money"}, buy, at="market-broke") == "graceful"


def test_the_very_deed_that_is_wanted_holds_when_the_rules_refuse_it() -> None:
    sell = Deed("sell", {"item": "pocket-beam-1"})
    wanted = {"do": [{"tool": "sell", "args": {"item": "pocket-beam"}}]}

    assert judge_meanings(wanted, sell, at="market-morning") == "understood"
    assert judge_meanings(wanted, Refusal("not-now", "Pocket Beam", deed=sell), at="market-morning") == "understood"


def test_a_refusal_that_the_rules_do_not_share_is_not_the_deed() -> None:
    assert judge_meanings(do(TAKE), Refusal("cannot", "umbrella", deed=TAKE)) == "graceful"


def test_a_talk_about_nothing_with_the_right_one_is_graceful() -> None:
    wanted = {"talk": {"npc": "ferrule", "topic": "breakfast"}}

    assert judge_meanings(wanted, Deed("talk", {"npc": "ferrule", "topic": None}), at="first-minute") == "graceful"
    assert (
        judge_meanings(wanted, Deed("talk", {"npc": "ferrule", "topic": "breakfast"}), at="first-minute")
        == "understood"
    )
    assert judge_meanings(wanted, Deed("talk", {"npc": "ferrule", "topic": "nekopolis"}), at="first-minute") == "wrong"


def test_what_follows_a_refused_deed_is_left() -> None:
    dear = Deed("buy", {"item": "box-cutter"})
    cheap = Deed("move_to", {"place": "sprinkler-alley"})

    assert [each.fate for each in play_meanings(dear, cheap, Answer("look"), at="market-broke").acted] == [
        "refused",
        "left",
        "said",
    ]


@pytest.mark.parametrize(
    ("acceptable", "meanings", "outcome"),
    [
        (["take:alley-umbrella"], (TAKE,), "understood"),
        (["take"], (COINS,), "understood"),
        (["take:puddle-credits+take:alley-umbrella"], (COINS, TAKE), "understood"),
        (["take:alley-umbrella"], (COINS,), "wrong"),
        (["answer"], (Answer("look"),), "understood"),
        (["answer"], (TAKE,), "wrong"),
        (["grace"], (Roleplay("emote"),), "graceful"),
        (["answer"], (Roleplay("emote"),), "dead"),
        (["grace"], (Roleplay("murmur"),), "dead"),
    ],
)
def test_a_strangers_labels_are_judged_in_their_own_grammar(
    acceptable: list[str], meanings: tuple[Meaning, ...], outcome: str
) -> None:
    entry = outside.OutsideInput(id="x", situation="alley-quiet", action="made up", acceptable=tuple(acceptable))

    assert outside.outcome(entry, play_meanings(*meanings)) == outcome


def test_a_strangers_set_is_counted(tmp_path: Path) -> None:
    built = setting("alley-quiet")
    envelope = Envelope(idempotency_key="x", correlation_id="x", campaign_id=built.scene.state.campaign_id)
    request = ValidateAndRoute(
        envelope=envelope,
        reply=DungeonMasterReplied(envelope=envelope, told_by="model", narrative="x"),
        action="look around",
        scene=built.scene,
        briefing=built.lore.briefing,
    )
    situations, lines = tmp_path / "situations.json", tmp_path / "inputs.jsonl"
    situations.write_text(json.dumps({"alley": request.model_dump(mode="json")}))
    lines.write_text(json.dumps({"id": "1", "situation": "alley", "action": "take it", "acceptable": ["answer"]}))

    counts = outside.count(lines, situations, lambda *_: (Step(0, "", Answer("look")),))

    assert counts == {"understood": 1}


@cache
def measure_all() -> Measured:
    """All that the reader was not built from; of the rest a tenth, or soaking, all."""
    return measure((each for number, each in enumerate(inputs()) if each.is_test or SOAKING or not number % 10), read)


def worse(rates: PublishedRates) -> list[str]:
    return [drop for drop in drops(measure_all(), rates) if drop.startswith(pick_size("test", soaking=("dev", "test")))]


def test_no_less_is_understood_than_published_and_no_more_goes_wrong() -> None:
    assert worse(read_published()) == []


def test_a_drop_of_one_input_is_a_drop() -> None:
    rates = read_published()
    test = rates.test.model_copy(update={"understood": rates.test.understood + 1, "wrong": rates.test.wrong - 1})

    assert worse(PublishedRates(date=rates.date, dev=rates.dev, test=test)) != []


def test_only_dev_is_told_in_words() -> None:
    kept: list[PlayerInput] = [each.input for each in measure_all().missed]

    assert not any(entry.is_test for entry in kept)


def test_the_command_fails_on_a_drop_and_shows_a_situation_of_dev_only(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = CliRunner().invoke(app, ["dm", "understand", "--situation", "first-minute", "--json"])

    assert shown.exit_code == 0
    figures = json.loads(shown.stdout)
    assert figures["test"]["inputs"] == 0
    assert figures["dev"]["inputs"] == sum(e.situation == "first-minute" and not e.is_test for e in inputs())

    better = read_published().model_copy(update={"dev": read_published().dev.model_copy(update={"understood": 10_000})})
    monkeypatch.setattr("ninelives.evaluation.understanding.measuring.measure", lambda *_: measure_all())
    monkeypatch.setattr("ninelives.evaluation.understanding.measuring.read_published", lambda: better)

    assert CliRunner().invoke(app, ["dm", "understand", "--json"]).exit_code == 1
