"""Whole stories by legal play: the small pack to its end, and a long walk through the world that is shipped."""

from random import Random

import pytest

from contracts.state import CampaignState
from services.campaign.domain.derive import open_scene
from services.campaign.domain.fold import fold_all
from services.campaign.domain.invariants import violations
from services.campaign.domain.state_hash import state_hash
from services.campaign.domain.turn import play_out
from services.lore.domain.slice import cut
from services.lore.wiring import world
from services.tools.domain.dice import derive
from services.tools.domain.surroundings import Surroundings
from services.tools.tests.rules_driver import effects
from tests.rules.random_player import wander
from tests.rules.small_campaign import Game, Intents, new_campaign

STORY_TURNS, WALK_TURNS = 150, 200


def next_deed(state: CampaignState) -> Intents:
    """The deed that brings the story of the small pack on."""
    quests = {quest.id: quest for quest in state.quests}
    if state.encounter:
        return [("attack", {"target": next(enemy.id for enemy in state.encounter.enemies if enemy.hp)})]
    if state.character.hp < 9 and not any(condition.id == "rested" for condition in state.character.conditions):
        return [("rest", {})] if state.place.id == "shed" else [("move_to", {"place": "shed"})]
    if state.place.id == "shed":
        return [("move_to", {"place": "pier"})]
    if "quiet-pier" not in quests:
        return [("accept_quest", {"quest": "quiet-pier"})]
    if quests["quiet-pier"].status == "active":
        fought = quests["quiet-pier"].stage != "gulls"
        return [("talk", {"npc": "mate"})] if fought else [("attack", {"target": "pier-gulls"})]
    if "up-and-away" not in quests:
        return [("accept_quest", {"quest": "up-and-away"})]
    if "loft-way" not in state.revealed:
        return [("talk", {"npc": "mate", "topic": "loft"})]
    return (
        [("try_feature", {"feature": "hatch", "approach": "claws"})]
        if state.place.id == "loft"
        else [("move_to", {"place": "loft"})]
    )


def tell(seed: int) -> Game:
    """The story of the small pack, played with the dice of this seed."""
    game = Game(seed=f"{seed:064x}")
    while game.state.status == "active" and game.state.turn < STORY_TURNS:
        scene = open_scene(game.state)
        game.turn(next_deed(scene.state))
    return game


@pytest.mark.parametrize("seed", range(12))
def test_the_story_can_be_played_to_its_end_and_is_paid_once(seed):
    game = tell(seed)
    outcomes = [one.outcome for one in game.settled if one.applied]

    assert (game.state.status, game.state.ending) == ("ended", "open-sea")
    assert game.list_refused() == []
    assert game.state.defeated["gull"] >= 2
    completed = [effect.quest for outcome in outcomes for effect in effects(outcome, "quest-completed")]
    assert completed == ["quiet-pier", "up-and-away"]
    paid = [e for outcome in outcomes for e in effects(outcome, "experience-gained") if e.source == "quiet-pier"]
    assert [effect.amount for effect in paid] == [10, 50]


def test_every_roll_of_a_story_can_be_verified_and_no_key_is_used_twice():
    game = tell(3)
    rolls = [roll for one in game.settled for roll in one.outcome.rolls]
    seed = bytes.fromhex(game.seed)

    assert len(rolls) > 10
    assert len({roll.key for roll in rolls}) == len(rolls)
    assert all(roll.faces == derive(seed, roll.key, roll.count, roll.sides) for roll in rolls)


def test_the_same_seed_tells_the_same_story():
    assert state_hash(tell(5).state) == state_hash(tell(5).state) != state_hash(tell(6).state)


def test_a_turn_folded_twice_pays_once():
    game = tell(1)
    first = game.first
    assert first is not None
    twice = [outcome for outcome in game.turns[0] for _ in range(2)]

    assert play_out(first, twice).state == play_out(first, game.turns[0]).state


def test_two_attacks_at_once_are_one_attack():
    game = Game()
    scene = game.turn([("attack", {"target": "pier-gulls"}), ("attack", {"target": "pier-gulls"})])

    first, second = game.settled[:2]
    assert (first.applied, second.applied) == (True, False)
    assert second.refused.code == "action-spent"
    assert scene.state.encounter


def test_nine_lives_can_be_spent_and_not_one_more():
    game = Game()
    weak = game.state.character.model_copy(update={"lives": 1, "hp": 1, "max_hp": 1})
    game.state = game.state.model_copy(update={"character": weak})
    while game.state.status == "active" and game.state.turn < 60:
        fighting = game.state.encounter is not None
        game.turn([("defend", {})] if fighting else [("attack", {"target": "pier-gulls"})])

    assert (game.state.status, game.state.ending, game.state.character.lives) == ("ended", "nine-lives-spent", 0)
    settled, _ = fold_all(open_scene(game.state), game.turns[0])
    assert not any(one.applied for one in settled)


def test_long_walks_through_the_shipped_world_have_nothing_that_is_proposed_and_then_refused():
    pack = world()
    for number, cat in enumerate(pack.classes):
        game = Game(
            state=new_campaign(cat, pack.manifest, pack.place[pack.manifest.start], pack.haven, pack.items),
            seed=f"{number:064x}",
            lore=lambda state: cut(pack, state),
        )
        random = Random(number)
        while game.state.status == "active" and game.state.turn < WALK_TURNS:
            scene = open_scene(game.state)
            game.turn([wander(Surroundings(scene, cut(pack, scene.state)), random)])
            assert violations(game.state) == ()

        codes = {one.outcome.refusal.code for one in game.settled if one.outcome.refusal}
        assert game.list_refused() == []
        assert "canon-incomplete" not in codes
        assert game.replay() == game.state
