"""Sentences of the game master without a model: what they say of the scene is so, in every situation and state."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

from contracts.canon import Condition, Dice, Use
from contracts.dm import InvokeDungeonMaster
from contracts.effects import EncounterStarted, LifeLost, Moved
from contracts.lore import Thing, Ware
from contracts.state import AbilityState, ItemInstance, QuestState, Scene
from ninelives.evaluation.local_turn import TurnStart, play_turn
from ninelives.evaluation.understanding.situations import SEED, recipes, setting
from services.campaign.domain.derive import scene_of
from services.dm.domain.english.sentences import split_sentences
from services.dm.domain.reading import Answer, Deed, Impossible, Meaning, Roleplay, Scope, objection, read
from services.dm.domain.suggestions import suggest
from services.dm.domain.understudy.master import reply
from services.dm.domain.understudy.narrator.goods import turns
from services.dm.domain.understudy.narrator.grammar import _frame_of, bare, the
from services.dm.domain.understudy.narrator.narrate import tell as narrate
from services.dm.domain.understudy.narrator.phrasebook import PHRASES
from services.dm.tests.builders import (
    COAT,
    KNIFE,
    STATIC,
    briefing,
    character,
    make_request,
    make_round,
    outcome,
    rats,
    ref,
    scene,
)
from services.dm.tests.test_answers import request_in
from tests.support.size import pick_size

SITUATIONS = pick_size(tuple(recipes())[::3], soaking=tuple(recipes()))
RESTED = Condition(id="rested", name="Rested", turns=3)
HIDDEN = Condition(id="hidden", name="Hidden", turns=3, exposed=-1)


def tell(action: str, **changes: Any) -> str:
    return reply(make_request(action, **changes)).narrative or ""


def says(told: str, *sections: str) -> bool:
    """Whether a sentence of these sections is in it, whatever names it was filled with."""
    plain = told.casefold()
    return any(_frame_of(template).search(plain) for section in sections for template in PHRASES[section])


def request_as(situation: str, **cat: Any) -> InvokeDungeonMaster:
    """The situation, with another cat in it."""
    here = setting(situation)
    state = here.scene.state
    changed = state.model_copy(update={"character": state.character.model_copy(update=cat)})
    return request_in(here, scene=scene_of(changed, here.scene.budget))


def answer(request: InvokeDungeonMaster, *meanings: Meaning) -> str:
    return narrate(request, meanings)


# Abilities.


def list_states(known: AbilityState, most_energy: int) -> Iterator[tuple[AbilityState, int]]:
    """An ability in each state, with the energy there is."""
    spent = (None,) if known.charges is None else (0, known.charges)
    for ready_in, charges, energy in product((0, 1, 2), spent, (0, most_energy)):
        yield known.model_copy(update={"ready_in": ready_in, "charges": charges}), energy


def find_hindrance(known: AbilityState, energy: int) -> str:
    """The words that must be told of an ability that cannot be used yet; nothing of one that can."""
    if known.charges == 0:
        return "sle(?:ep|pt)"
    if known.ready_in:
        return rf"\b{turns(known.ready_in)}\b"
    return "energy" if known.ability.cost > energy else ""


@pytest.mark.parametrize("situation", recipes())
def test_what_is_told_of_an_ability_is_its_state(situation: str) -> None:
    cat = setting(situation).scene.state.character
    for own in cat.abilities:
        for known, energy in list_states(own, cat.max_energy):
            request = request_as(situation, abilities=(known,), energy=energy)
            told = next(s for s in split_sentences(answer(request, Answer("abilities"))) if own.ability.name in s)
            hindrance = find_hindrance(known, energy)

            assert ("ready now" in told) == (not hindrance), (known, told)
            assert re.search(hindrance, told), (known, told)


@pytest.mark.parametrize("situation", recipes())
def test_an_ability_is_refused_for_what_hinders_it(situation: str) -> None:
    cat = setting(situation).scene.state.character
    for own in cat.abilities:
        for known, energy in list_states(own, cat.max_energy):
            request = request_as(situation, abilities=(known,), energy=energy)
            deed = Deed("use_ability", {"ability": own.ability.id})
            reason = objection(deed, Scope(request.scene, request.briefing))
            if not reason:
                continue
            refused = Impossible(reason, own.ability.name, deed=deed)
            told = answer(request, refused)
            hindrance = find_hindrance(known, energy)

            assert not hindrance or re.search(hindrance, told), (known, told)
            assert not hindrance or not says(told, "refusals/needs-fight", "refusals/no-target"), (known, told)
            assert not (request.scene.state.encounter and says(told, "refusals/needs-fight")), (known, told)


def test_the_rank_of_an_ability_is_in_its_dice() -> None:
    burst = STATIC.model_copy(update={"strike": Dice(count=1, sides=8)})
    request = make_request(scene=scene(cat=character(abilities=(AbilityState(ability=burst, rank=3),))))

    assert "strikes for 1d8+2" in answer(request, Answer("ability", burst.id))


# The shelf and the purse.


@pytest.mark.parametrize("situation", recipes())
def test_what_is_told_of_a_price_is_the_wares_and_the_purses(situation: str) -> None:
    seen = setting(situation).lore.briefing
    for ware, left, more in product(seen.wares, (0, 2), (-1, 0)):
        purse = ware.price + more
        shelf = tuple(each.model_copy(update={"left": left}) if each is ware else each for each in seen.wares)
        request = request_as(situation, credits=purse)
        told = answer(request.model_copy(update={"briefing": seen.model_copy(update={"wares": shelf})}), _price(ware))

        assert f"{ware.price} credits" in told
        assert ("sold out" in told) == (not left)
        assert says(told, "price-can") == (bool(left) and not more)
        assert says(told, "price-cannot") == (bool(left) and bool(more))


def _price(ware: Ware) -> Answer:
    return Answer("price", ware.id)


@pytest.mark.parametrize("situation", recipes())
def test_a_shop_is_told_with_all_that_is_left_or_how_much_more_there_is(situation: str) -> None:
    seen = setting(situation).lore.briefing
    for shown in range(1, len(seen.wares) + 1):
        shelf = tuple(each.model_copy(update={"left": int(at < shown)}) for at, each in enumerate(seen.wares))
        request = request_as(situation).model_copy(update={"briefing": seen.model_copy(update={"wares": shelf})})
        told = answer(request, Answer("wares"))
        named = sum(f"{each.name} for {each.price} credits" in told for each in shelf if each.left)
        unnamed = shown - named

        assert not unnamed or says(told, "wares-one-more" if unnamed == 1 else "wares-more")
        assert unnamed < 2 or re.search(rf"\b{unnamed}\b (?:things|more)", told)


@pytest.mark.parametrize("situation", recipes())
def test_where_nothing_is_within_the_purse_nobody_is_told_to_choose(situation: str) -> None:
    told = answer(request_as(situation, credits=0), Answer("wares"))

    assert not says(told, "wares-purse")


def test_a_shop_whose_keeper_may_hate_the_cat_is_not_said_to_be_open() -> None:
    dock = briefing()
    hostile = dock.model_copy(update={"npcs": (dock.npcs[0].model_copy(update={"disposition": -3}),)})

    for subject in ("look", "wares", "price"):
        told = answer(make_request(briefing=hostile), Answer(subject, "smoked-eel"))
        assert not says(told, "here-shop", "price-can", "wares-purse"), told


def test_what_is_sold_out_is_no_thing_that_nobody_deals_in() -> None:
    dock = briefing(wares=(Ware(id="smoked-eel", name="Smoked Eel", price=6, left=0),))

    assert "sold out" in tell("buy smoked eel", briefing=dock)


@pytest.mark.parametrize("item", [KNIFE.model_copy(update={"kind": "key"}), KNIFE.model_copy(update={"charges": 0})])
def test_what_no_shop_buys_is_not_valued(item: ItemInstance) -> None:
    request = make_request("what do they pay for my knife?", scene=scene(cat=character(inventory=(item,))))

    assert not re.search(r"\d", answer(request, Answer("price", item.id)).split(".")[0])
    assert says(answer(request, Impossible("not-sold", item.name, deed=_sell(item))), "refusals/unsellable")


def _sell(item: ItemInstance) -> Deed:
    return Deed("sell", {"item": item.id})


# Ways.


@pytest.mark.parametrize("situation", recipes())
def test_what_is_told_of_a_way_is_its_lock_and_where_it_leads(situation: str) -> None:
    request = request_as(situation)
    been = {place.id for place in request.scene.state.places}
    for way in request.briefing.exits:
        told = next(split_sentences(answer(request, Answer("way", way.id))))

        assert bare(way.to.name) in told or bare(way.to.name)[1:] in told
        assert ("and it is locked" in told) == way.locked
        assert ("where you have not been" in told) == (way.to.id not in been)


@pytest.mark.parametrize("situation", recipes())
def test_every_way_on_is_named_with_its_lock_where_the_ways_are_named(situation: str) -> None:
    request = request_as(situation)
    told = answer(request, Answer("map"))
    for way in request.briefing.exits:
        assert bare(way.to.name) in told
        assert (f"{bare(way.to.name)} (locked)" in told) == way.locked


@pytest.mark.parametrize("situation", recipes())
def test_a_road_that_begins_with_a_lock_is_told_with_it(situation: str) -> None:
    request = request_as(situation)
    shut = tuple(way.model_copy(update={"locked": True}) for way in request.briefing.exits)
    barred = request.model_copy(update={"briefing": request.briefing.model_copy(update={"exits": shut})})
    for place in request.scene.state.places:
        told = answer(barred, Answer("way", place.id))
        assert not says(told, "road", "road-one"), told


def test_who_asks_for_a_place_next_door_is_not_told_that_it_is_not() -> None:
    told = answer(make_request(), Impossible("not-here", "Tin Market"))

    assert not says(told, "refusals/not-next")


# What is here, and what is carried.

DONE_TO_THINGS = ("use {}", "take {}", "take off {}", "unlock {}", "attack {}", "sell {}", "talk to {}")
KINDS = ("person", "foe", "fallen", "spawn", "feature", "find", "item", "ware", "way")
ABSENT = ("refusals/not-here", "refusals/not-here-named", "refusals/not-here-bare")


@pytest.mark.slow
@pytest.mark.parametrize("situation", SITUATIONS)
def test_nothing_that_is_here_is_said_not_to_be(situation: str) -> None:
    here = setting(situation)
    for thing, verb in product(Scope(here.scene, here.lore.briefing).of(*KINDS), DONE_TO_THINGS):
        action = verb.format(thing.name)
        for step in read(action, here.scene, here.lore.briefing, here.history):
            if isinstance(step.meaning, Impossible) and step.meaning.looked_for.casefold() in thing.name.casefold():
                told = next(split_sentences(answer(request_in(here, action=action), step.meaning)))
                assert not (says(told, *ABSENT) and the(thing.name).casefold() in told.casefold()), (action, told)


@pytest.mark.parametrize("situation", recipes())
def test_what_is_worn_and_carried_is_told_as_worn_and_carried(situation: str) -> None:
    request = request_as(situation)
    cat = request.scene.state.character
    told = answer(request, Answer("worn"))
    for item in cat.inventory:
        worn = item.id in cat.equipment.values()
        again = answer(request, Impossible("already", item.name))

        assert (f"{the(item.name)} on the" in told or f"{the(item.name)} round the" in told) == worn
        assert says(again, "refusals/worn-already") == worn
        assert says(again, "refusals/carried-already") == (not worn)


def test_two_of_a_kind_are_told_as_two() -> None:
    two = (COAT, COAT.model_copy(update={"id": "coat-9"}))
    told = answer(make_request(scene=scene(cat=character(inventory=two, equipment={}))), Answer("inventory"))

    assert "Rain Coat (2)" in told


@pytest.mark.parametrize("hp", [4, 16])
def test_a_thing_is_only_said_to_be_of_use_now_when_it_is(hp: int) -> None:
    request = make_request(scene=scene(cat=character(hp=hp)))

    assert says(answer(request, Answer("does", "tuna-2")), "use") == (hp < 16)


def test_what_hurts_waits_for_an_enemy_and_is_not_said_to_be_elsewhere() -> None:
    told = tell("use sparker", briefing=briefing(enemies=()))

    assert says(told, "refusals/no-target")


def test_what_is_empty_is_told_as_empty() -> None:
    kit = ItemInstance(id="kit-5", item="kit", name="Kit", kind="tool", charges=0, use=Use(heal=Dice(count=1)), price=9)

    assert says(tell("use kit", scene=scene(cat=character(inventory=(kit,)))), "refusals/empty")


@pytest.mark.parametrize(("name", "word"), [("Old Mags", "Old Mags"), ("Rust Rat", "Rust Rat")])
def test_somebody_is_not_turned_over_like_a_thing(name: str, word: str) -> None:
    assert says(answer(make_request(), Impossible("cannot", name)), "refusals/cannot-who")


# How one is.


@pytest.mark.parametrize("hp", [1, 8, 15, 16])
def test_who_is_hurt_and_under_no_condition_hears_of_the_hurt(hp: int) -> None:
    told = answer(make_request(scene=scene(cat=character(hp=hp))), Answer("conditions"))

    assert says(told, "health") == (hp < 16)


@pytest.mark.parametrize(("hp", "section"), [(4, "refusals/rested"), (16, "refusals/not-tired")])
def test_who_slept_lately_is_not_told_to_be_whole(hp: int, section: str) -> None:
    cat = character(hp=hp, energy=8, conditions=(RESTED,))
    told = tell("sleep", scene=scene(cat=cat))

    assert says(told, section)
    assert section != "refusals/rested" or "3 turns" in told
    assert not says(answer(make_request(scene=scene(cat=cat)), Answer("health")), "health-hint")


@pytest.mark.parametrize("claimed", ["I have 40 credits", "old mags is here", "I am level 1"])
def test_a_claim_that_is_so_is_not_denied(claimed: str) -> None:
    assert not re.search(r"\bnot so\b|nothing of the kind|otherwise|otherwise", tell(claimed), re.IGNORECASE)


@pytest.mark.parametrize("one", [Answer("money"), Answer("self"), Answer("lives"), Answer("time"), Answer("wares")])
def test_one_is_not_many(one: Answer) -> None:
    here = scene(cat=character(credits=1, lives=1), turn=1)
    told = answer(make_request(scene=here), one)

    assert not re.search(
        r"\b(?:1|one) (?:credits|lives|turns)\b|\bare (?:1|one) \w+\b|\b(?:1|one) of nine lives are", told
    )


# Quests, and what was before.

DONE = QuestState(id="done", name="Done Deal", arc="Deals", status="completed", stage="end", text="Do it.")


def test_who_has_done_something_is_not_told_that_nobody_ever_asked() -> None:
    request = make_request(scene=scene(quests=(DONE,)), briefing=briefing(quests=()))
    fresh = make_request(briefing=briefing(quests=()))

    for subject, before, after in (
        ("quests", "quests-none", "quests-none-left"),
        ("next-step", "step-none", "step-none-left"),
    ):
        assert says(answer(fresh, Answer(subject)), before)
        assert says(answer(request, Answer(subject)), after)
        assert not says(answer(request, Answer(subject)), before)


def test_a_story_has_just_begun_only_when_it_has() -> None:
    begun = make_request(scene=scene(turn=0), number=1, action="recap")

    assert says(answer(begun, Answer("recap")), "recap-first")
    assert not says(answer(make_request(action="recap"), Answer("recap")), "recap-first")


@pytest.mark.parametrize("situation", recipes())
def test_who_has_just_searched_is_not_told_to_search(situation: str) -> None:
    told = play_turn(TurnStart(setting(situation).scene.state, SEED), "search", reply)

    assert [each.call.name for each in told.outcomes][:1] != ["search"] or not says(
        told.telling.narrative, "pointer-search"
    )


# What the rules made of it.


def test_who_dies_on_arrival_came_to_where_the_way_leads() -> None:
    went = outcome("move_to", ("You come to Tin Market.",)).model_copy(
        update={"effects": (Moved(origin="fish-dock", to=ref("tin-market", "Tin Market")),)}
    )
    died = make_round(went).model_copy(update={"consequences": (LifeLost(cause="rat", lives_left=8, credits_lost=0),)})
    home = briefing(place=ref("warm-boiler", "Warm Boiler"), district="Warm Boiler")
    woken = scene(place=ref("warm-boiler", "Warm Boiler"))
    told = reply(make_request("go to the tin market", scene=woken, briefing=home, rounds=(died,))).narrative or ""

    assert "Tin Market" in told.split("lose a life")[0]
    assert "Warm Boiler" not in told.split("lose a life")[0]


@pytest.mark.parametrize(("total", "used"), [(14, False), (8, False), (11, False)])
def test_a_throw_that_failed_is_told_as_failed_whatever_it_shows(total: int, used: bool) -> None:
    tried = make_round(outcome("try_feature", (f"You try Crane Panel with wits: {total} against 12.",)))
    told = reply(make_request("try the crane panel with wits", rounds=(tried,))).narrative or ""

    assert not says(told, "tried", "tried-barely")
    assert says(told, "tried-nearly") == (total == 11)


def test_a_blow_that_does_no_harm_is_told_as_harmless() -> None:
    struck = "You strike at Rust Rat with your claws: 15 against armour 11, a hit."
    blow = make_round(outcome("attack", (struck, "Rust Rat takes 0 slash damage, for it resists that.")))
    told = reply(make_request("attack the rat", scene=scene(encounter=rats(8)), rounds=(blow,))).narrative or ""

    assert says(told, "hit-in-vain")
    assert not says(told, "hit", "hit-barely", "hit-hard", "resisted")


def test_two_enemies_that_begin_a_fight_are_told_as_two() -> None:
    begun = outcome("ambush", ("A fight with Rust Rat begins.",), call_id="world-0").model_copy(
        update={"effects": (EncounterStarted(encounter=rats(8, 8)),)}
    )
    told = reply(make_request("wait", scene=scene(encounter=rats(8, 8)), rounds=(make_round(begun),))).narrative or ""

    assert "the Rust Rat and another of its kind" in told


def test_things_that_were_gained_are_counted_once() -> None:
    won = outcome(
        "victory", ("The fight is won.", "You now carry Tin.", "You now carry Tin.", "You now carry 2 × Bolt.")
    )
    told = reply(make_request("attack", rounds=(make_round(won),))).narrative or ""

    assert told.count("the Tin (2)") == 1
    assert told.count("the Bolt (2)") == 1


def test_nobody_watches_who_is_hidden() -> None:
    hidden = make_request("dance", scene=scene(cat=character(conditions=(HIDDEN,))))

    assert not says(answer(hidden, Roleplay("emote")), "watched")


def test_no_words_fall_on_nothing_where_enemies_wait() -> None:
    assert not says(answer(make_request(briefing=briefing(npcs=())), Roleplay("speech")), "to-the-air")


def test_nothing_is_to_be_taken_or_bought_by_who_can_carry_no_more() -> None:
    full: Scene = scene(cat=character(capacity=5))
    dock = briefing(finds=(Thing(id="bent-hook", name="Bent Hook"), Thing(id="change", name="loose credits", count=3)))
    words = [each for number in range(12) for each in suggest(full, dock, number)]

    assert "Take loose credits" in words
    assert not any(each.startswith("Buy") or each == "Take Bent Hook" for each in words)


# The sentences themselves.

OF_PEOPLE = (
    *("says", "thanked", "parted", "unheard", "no-answer", "watched", "greeted", "chatted"),
    *("warms", "likes-more", "won-over", "people", "pointer-person", "pointer-stranger"),
)
ANY_TIME = ("calm", "fighting", "hurt", "emote", "murmur", "orders", "wait", "declined", "to-the-air", "nothing-done")
OF_THINGS = re.compile(
    r"\{(?:item|thing|find|own|feature)\}(?:,? which)? (?:is|has|costs|was|wants|goes|leads|lies|does)\b"
)
OF_ABILITIES = ("needs-fight", "not-ready", "spent", "no-energy", "not-next")


@pytest.mark.parametrize("section", OF_PEOPLE)
def test_people_have_no_bodies_that_nobody_gave_them(section: str) -> None:
    """Some are buildings, and some are forklifts."""
    for line in PHRASES[section]:
        others = re.sub(r"\byou(?:rs?)?\b[^.,;:]*", "", line, flags=re.IGNORECASE)
        assert not re.search(r"\b(?:ears?|paws?|whiskers?|tails?|eyes?|head|sits?|stands?)\b", others), line


@pytest.mark.parametrize("section", PHRASES)
def test_no_sentence_knows_the_time_of_day(section: str) -> None:
    for line in PHRASES[section]:
        assert (
            not re.search(r"\b(?:night|evening|morning|noon|midnight|daylight|today|tonight)\b", line)
            or "a thing that has all night" in line
        )


@pytest.mark.parametrize("section", ANY_TIME)
def test_what_is_told_at_any_time_counts_on_nothing(section: str) -> None:
    claims = (
        r"\b(?:nobody is looking|the nine lives|no ledge|if you had a|blood|office here|ceiling|fed you|a while goes)\b"
    )
    for line in PHRASES[section]:
        assert not re.search(claims, line, re.IGNORECASE)


@pytest.mark.parametrize("section", [name for name in PHRASES if not name.endswith(OF_ABILITIES)])
def test_a_thing_may_have_a_plural_for_its_name(section: str) -> None:
    for line in PHRASES[section]:
        assert not OF_THINGS.search(line), line
