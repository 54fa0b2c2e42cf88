"""The understudy as master of whole evenings in the shipped world: a player only types, and the rules decide."""

from __future__ import annotations

from functools import cache
from random import Random

import pytest

from contracts.envelope import Envelope
from contracts.lore import Briefing, RetrieveLore
from contracts.state import CampaignState, Scene
from contracts.tools import ToolCall
from services.campaign.domain.derive import open_scene
from services.campaign.domain.invariants import violations
from services.campaign.domain.sheet import sheet_of
from services.dm.domain.presence import gather_presence
from services.dm.domain.reading import Deed, read
from services.dm.wiring import catalogue
from services.lore.domain.retrieval import retrieve
from services.lore.wiring import world
from services.tools.domain.execute import execute
from tests.e2e.strategist import Strategist
from tests.rules.small_campaign import CAMPAIGN, new_campaign
from tests.rules.typed_campaign import TypedCampaign
from tests.support.size import pick_size

pytestmark = pytest.mark.slow

CLASSES = tuple(cat.id for cat in world().classes)
PLAYED = pick_size(CLASSES[:1], CLASSES[::2])
MOST_TURNS = 400
WALK_TURNS = 40
SAID_OF = {
    "Accept": "accept_quest",
    "Ask": "talk",
    "Attack": "attack",
    "Buy": "buy",
    "Defend": "defend",
    "Flee": "flee",
    "Give": "give",
    "Go": "move_to",
    "Level": "level_up",
    "Rest": "rest",
    "Search": "search",
    "Take": "take",
    "Talk": "talk",
    "Try": "try_feature",
    "Unlock": "unlock",
}
"""The intent that a first word promises; "Use" may be of an ability or of a thing."""
UNFORESEEABLE = {"bag-full"}
"""Refusals that no briefing foretells: how heavy a thing is before it was carried."""


def evening(class_id: str, seed: int) -> TypedCampaign:
    pack = world()
    cat = next(cat for cat in pack.classes if cat.id == class_id)
    first = new_campaign(cat, pack.manifest, pack.place[pack.manifest.start], pack.haven, pack.items)
    return TypedCampaign(first, f"{seed:064x}")


@cache
def story(class_id: str) -> TypedCampaign:
    """A strategist's evening, to its end."""
    told, player, suggested = evening(class_id, seed=11), Strategist(), ()
    while told.state.status == "active" and told.state.turn < MOST_TURNS:
        suggested = told.act(player.next_action(sheet_of(told.state), suggested)).telling.suggested_actions
    return told


@pytest.mark.parametrize("class_id", PLAYED)
def test_a_player_who_only_types_finishes_the_main_story(class_id: str) -> None:
    told = story(class_id)

    assert told.state.ending in {ending.id for ending in world().endings}, (told.state.turn, told.state.quests)


@pytest.mark.parametrize("class_id", PLAYED)
def test_nothing_that_is_proposed_as_legal_is_refused_when_it_is_settled(class_id: str) -> None:
    settled = [one for turn in story(class_id).turns for one in turn.settled]

    assert [one for one in settled if not one.applied and not one.outcome.refusal] == []
    assert violations(story(class_id).state) == ()


@pytest.mark.parametrize("class_id", PLAYED)
def test_every_suggestion_of_a_whole_story_is_taken_by_the_rules(class_id: str) -> None:
    for state, action in suggestions(story(class_id)):
        rules_take(action, state)


@pytest.mark.parametrize("seed", range(pick_size(2, 20)))
def test_every_suggestion_on_a_random_walk_is_taken_by_the_rules(seed: int) -> None:
    random = Random(seed)
    told = evening(random.choice(CLASSES), seed)
    suggested: tuple[str, ...] = ("Look around",)
    for _ in range(WALK_TURNS):
        suggested = told.act(random.choice(suggested)).telling.suggested_actions

    for state, action in suggestions(told):
        rules_take(action, state)


def test_whoever_always_takes_the_first_suggestion_does_not_walk_in_a_circle() -> None:
    told = evening("alley-brawler", seed=2)
    action = "Look around"
    for _ in range(100):
        action = told.act(action).telling.suggested_actions[0]

    assert len(told.state.places) >= 8
    assert [quest.id for quest in told.state.quests if quest.status == "completed"]


def suggestions(told: TypedCampaign) -> list[tuple[CampaignState, str]]:
    """Every suggestion with the state it was made for."""
    return [(turn.after, action) for turn in told.turns for action in turn.telling.suggested_actions]


def rules_take(action: str, before: CampaignState) -> None:
    """Assert that this suggestion, typed next, is read as the deed it says, and that the rules do not refuse it."""
    scene = open_scene(before)
    id = "t_" + "b" * 26
    envelope = Envelope(idempotency_key=id, correlation_id=id, campaign_id=CAMPAIGN, turn_id=id)
    lore = retrieve(world(), RetrieveLore(envelope=envelope, action=action, scene=scene))
    (step,) = read(action, scene, lore.briefing)
    if action.startswith("Wait"):
        assert step.meaning == Deed("defend", {})
        return
    meant = step.meaning
    assert isinstance(meant, Deed), (action, meant)
    assert meant.tool == SAID_OF.get(action.split()[0], meant.tool), action
    assert all(name in action for name in names_meant(meant, scene, lore.briefing)), (action, meant)
    call = ToolCall(call_id="u0", name=meant.tool, arguments={name: id for name, id in meant.arguments.items() if id})
    refusal = execute(f"{id}/0/0", call, scene, lore.canon, "00" * 32).refusal
    assert refusal is None or refusal.code in UNFORESEEABLE, (action, refusal)


def names_meant(meant: Deed, scene: Scene, briefing: Briefing) -> list[str]:
    """The names of what an intent's ids stand for, and its plain words. A way goes by where it leads."""
    if meant.tool == "move_to":
        return [way.to.name for way in briefing.exits if meant.arguments["place"] in (way.id, way.to.id)]
    present, tool = gather_presence(scene, briefing), catalogue().tool(meant.tool)
    assert tool
    known = ((present.of(tool, name) or {}, word) for name, word in meant.arguments.items() if word)
    return [names.get(word, word) for names, word in known]
