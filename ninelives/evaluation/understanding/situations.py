"""Situations built from their recipes with the real rules. The recipe is described in `corpus/players/README.md`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from contracts.campaign import CreateCampaign
from contracts.canon import Condition, Enemy, Spawn
from contracts.dm import Remembered
from contracts.effects import ItemEquipped, ItemGained
from contracts.envelope import Envelope, Slug, Value
from contracts.lore import LoreRetrieved, RetrieveLore
from contracts.state import AbilityState, Budget, CampaignState, Disposition, Encounter, QuestState, Scene
from ninelives.evaluation.campaigns import nekopolis
from services.campaign.domain.derive import scene_of
from services.campaign.domain.folding.equipment import item_equipped
from services.campaign.domain.folding.items import item_gained
from services.campaign.domain.folding.places import chart
from services.campaign.domain.folding.working import Folded, No, with_cat, with_state
from services.campaign.domain.invariants import violations
from services.campaign.domain.levels import starts_at
from services.campaign.domain.start import instance_of, start
from services.lore.domain.pack import Pack, ref
from services.lore.domain.retrieval import retrieve
from services.tools.domain.dice import Roller
from services.tools.domain.encounter import begin
from services.tools.domain.ruling import Ruling
from services.tools.domain.surroundings import Surroundings

PLAYERS = Path(__file__).parents[1] / "corpus" / "players"
SEED = "5eed" * 16
CAMPAIGN = "c_" + "p" * 26
TURN = "t_" + "p" * 26


class RecipeFault(ValueError):
    """A recipe that no campaign can have come to."""


class Part(Value):
    """A part of a recipe. It may hold nothing that nobody reads."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Readiness(Part):
    """The use made of an ability."""

    ready_in: int = 0
    charges: int | None = None


class Suffered(Part):
    """A condition of the pack, and the turns it still lasts."""

    id: Slug
    turns: int


class Hurt(Part):
    """A combatant and its hit points now."""

    id: Slug
    hp: int


class Fight(Part):
    """A running encounter with all enemies of a spawn."""

    spawn: Slug
    round: int
    enemies: tuple[Hurt, ...]


class Known(Part):
    """Things that were seen, opened, taken, used, beaten and met."""

    visited: tuple[Slug, ...]
    unlocked: tuple[Slug, ...]
    revealed: tuple[Slug, ...]
    taken: tuple[Slug, ...]
    used: tuple[Slug, ...]
    cleared: tuple[Slug, ...]
    met: dict[Slug, Disposition]


class EarlierTurn(Part):
    """An earlier turn."""

    action: str
    narrative: str


class Recipe(Part):
    """A situation as it is written down."""

    id: Slug
    title: str
    note: str = ""
    class_id: Slug
    level: Annotated[int, Field(ge=1, le=10)]
    place: Slug
    turn: int
    hp: int
    energy: int
    credits: int
    lives: int
    choices: int
    items: tuple[Slug, ...]
    equipped: tuple[Slug, ...]
    abilities: dict[Slug, Readiness]
    conditions: tuple[Suffered, ...]
    quests: dict[Slug, Slug | Literal["completed"]]
    encounter: Fight | None
    known: Known
    history: tuple[EarlierTurn, ...]


@dataclass(frozen=True)
class Setting:
    """A situation that can be read and played in. The scene is a turn in which nothing was done yet."""

    scene: Scene
    lore: LoreRetrieved
    history: tuple[Remembered, ...]


@cache
def recipes() -> dict[str, Recipe]:
    """All recipes of the corpus by id."""
    entries = json.loads((PLAYERS / "situations.json").read_text(encoding="utf-8"))
    return {recipe.id: recipe for recipe in map(Recipe.model_validate, entries)}


@cache
def setting(id: str) -> Setting:
    """The situation of this id. Raises KeyError when there is none, RecipeFault when its recipe is not sound."""
    return build(recipes()[id])


def build(recipe: Recipe) -> Setting:
    """Raises RecipeFault when the world has no such things, or the state breaks a rule of every campaign."""
    try:
        scene = _scene(recipe, nekopolis())
    except KeyError as error:
        raise RecipeFault(f"{recipe.id}: the world has no {error}") from error
    if broken := violations(scene.state):
        raise RecipeFault(f"{recipe.id}: {'; '.join(broken)}")
    first = recipe.turn - len(recipe.history) + 1
    history = tuple(
        Remembered(number=number, action=told.action, narrative=told.narrative)
        for number, told in enumerate(recipe.history, first)
    )
    return Setting(scene, look(scene), history)


def look(scene: Scene) -> LoreRetrieved:
    """The lore of a scene as the world tells it: to the rules and to the game master."""
    envelope = Envelope(
        idempotency_key="lore", correlation_id="lore", campaign_id=scene.state.campaign_id, turn_id=TURN
    )
    return retrieve(nekopolis(), RetrieveLore(envelope=envelope, action="", scene=scene))


def _scene(recipe: Recipe, pack: Pack) -> Scene:
    scene = _pack_bag(recipe, pack, scene_of(_begin(recipe.class_id, pack), Budget()))
    scene = _grow(recipe, scene)
    scene = _reveal(recipe, pack, scene)
    scene = with_state(scene, quests=tuple(_quest(pack, id, stage) for id, stage in recipe.quests.items()))
    scene = with_cat(scene, conditions=tuple(_condition(pack, each) for each in recipe.conditions))
    scene = scene_of(scene.state, scene.budget)
    if recipe.encounter:
        scene = with_state(scene, encounter=_encounter(recipe, recipe.encounter, pack, scene))
    return scene_of(scene.state, scene.budget)


def _begin(class_id: str, pack: Pack) -> CampaignState:
    """A new campaign of this class, its bag empty."""
    cat = {each.id: each for each in pack.classes}[class_id]
    request = CreateCampaign(
        envelope=Envelope(idempotency_key="start", correlation_id="start", campaign_id=CAMPAIGN),
        owner="eval",
        name="Tester",
        cat=cat.model_copy(update={"items": ()}),
        world=pack.manifest,
        start=pack.place[pack.manifest.start],
        haven=pack.haven,
    )
    return start(request, sha256(bytes.fromhex(SEED)).hexdigest())


def _pack_bag(recipe: Recipe, pack: Pack, scene: Scene) -> Scene:
    for item in recipe.items:
        gained = ItemGained(item=instance_of(pack.item[item]), source=recipe.class_id)
        scene = _expect_scene(recipe, item_gained(gained, scene))
    for item in recipe.equipped:
        instance = next((each for each in scene.state.character.inventory if each.item == item), None)
        if instance is None or instance.slot is None:
            raise RecipeFault(f"{recipe.id}: {item} cannot be worn")
        if instance.slot in scene.state.character.equipment:
            raise RecipeFault(f"{recipe.id}: two things are worn as {instance.slot}")
        scene = _expect_scene(recipe, item_equipped(ItemEquipped(instance=instance.id, slot=instance.slot), scene))
    return scene


def _expect_scene(recipe: Recipe, folded: Folded) -> Scene:
    if isinstance(folded, No):
        raise RecipeFault(f"{recipe.id}: {folded.reason}")
    return folded


def _grow(recipe: Recipe, scene: Scene) -> Scene:
    cat = scene.state.character
    if unknown := recipe.abilities.keys() - {known.ability.id for known in cat.abilities}:
        raise RecipeFault(f"{recipe.id}: a {recipe.class_id} has no {', '.join(sorted(unknown))}")
    spent = recipe.level - 1 - recipe.choices
    if spent < 0:
        raise RecipeFault(f"{recipe.id}: more choices are open than levels were gained")
    many = len(cat.abilities)
    abilities = tuple(
        _ability(known, recipe.abilities.get(known.ability.id), 1 + (spent + many - 1 - number) // many)
        for number, known in enumerate(cat.abilities)
    )
    return with_cat(
        scene,
        level=recipe.level,
        xp=starts_at(recipe.level),
        choices=recipe.choices,
        max_hp=cat.max_hp + cat.hp_per_level * (recipe.level - 1),
        hp=recipe.hp,
        energy=recipe.energy,
        credits=recipe.credits,
        lives=recipe.lives,
        abilities=abilities,
    )


def _ability(known: AbilityState, readiness: Readiness | None, rank: int) -> AbilityState:
    used = readiness or Readiness()
    charges = known.charges if used.charges is None else used.charges
    return known.model_copy(update={"ready_in": used.ready_in, "charges": charges, "rank": rank})


def _reveal(recipe: Recipe, pack: Pack, scene: Scene) -> Scene:
    known, place = recipe.known, pack.place[recipe.place]
    if place.id not in known.visited:
        raise RecipeFault(f"{recipe.id}: the cat stands where it never was")
    visited = [pack.place[id] for id in known.visited]
    for field, ids in (
        ("unlocked", [way.id for each in pack.places for way in each.exits]),
        ("taken", [find.id for each in pack.places for find in each.finds]),
        ("used", [feature.id for each in pack.places for feature in each.features]),
        ("revealed", [secret.id for secret in pack.secrets]),
        ("cleared", [spawn.id for each in pack.places for spawn in each.spawns]),
        ("met", [npc.id for npc in pack.npcs]),
    ):
        if unknown := set(getattr(known, field)) - set(ids):
            raise RecipeFault(f"{recipe.id}: {field}: the world has no {', '.join(sorted(unknown))}")
    places = scene.state.places if not recipe.turn else ()
    for each in visited if recipe.turn else ():
        ways = dict.fromkeys(way.to for way in each.exits if way.secret is None or way.secret in known.revealed)
        places = chart(places, ref(each), tuple(ref(pack.place[id]) for id in ways))
    return with_state(
        scene,
        version=recipe.turn + 1,
        turn=recipe.turn,
        place=ref(place),
        places=places,
        unlocked=known.unlocked,
        revealed=known.revealed,
        taken=known.taken,
        used=known.used,
        cleared=known.cleared,
        defeated=_count_defeated(recipe, pack),
        met=known.met,
    )


def _count_defeated(recipe: Recipe, pack: Pack) -> dict[str, int]:
    beaten: dict[str, int] = {}
    for id in recipe.known.cleared:
        spawn = _spawn(pack, id)
        beaten[spawn.enemy] = beaten.get(spawn.enemy, 0) + spawn.count
    if recipe.encounter and (down := sum(1 for each in recipe.encounter.enemies if not each.hp)):
        enemy = _spawn(pack, recipe.encounter.spawn).enemy
        beaten[enemy] = beaten.get(enemy, 0) + down
    return beaten


def _spawn(pack: Pack, id: str) -> Spawn:
    return {spawn.id: spawn for place in pack.places for spawn in place.spawns}[id]


def _quest(pack: Pack, id: str, stage: str) -> QuestState:
    quest = pack.quest[id]
    stages = {each.id: each for each in quest.stages}
    now = quest.stages[-1] if stage == "completed" else stages[stage]
    status: Literal["completed", "active"] = "completed" if stage == "completed" else "active"
    return QuestState(id=id, name=quest.name, arc=quest.arc, status=status, stage=now.id, text=now.text)


def _condition(pack: Pack, suffered: Suffered) -> Condition:
    found = next((each for each in _conditions(pack) if each.id == suffered.id), None)
    if found is None:
        raise KeyError(suffered.id)
    return found.model_copy(update={"turns": suffered.turns})


def _conditions(pack: Pack) -> Iterable[Condition]:
    """Every condition something in the pack may bring."""
    for place in pack.places:
        yield from (way.hazard.condition for way in place.exits if way.hazard)
        yield from (feature.mishap.condition for feature in place.features if feature.mishap)
    yield from (enemy.afflicts.condition for enemy in pack.enemies if enemy.afflicts)
    for item in pack.items:
        yield from (item.use.condition,) if item.use and item.use.condition else ()
    for ability in (each for cat in pack.classes for each in cat.abilities):
        yield from (ability.condition,) if ability.condition else ()


def _encounter(recipe: Recipe, fight: Fight, pack: Pack, scene: Scene) -> Encounter:
    """The fight as the rules would have begun it, then as far as it went."""
    spawn, enemy = _spawn_here(recipe, fight, pack)
    here = Surroundings(scene, look(scene).canon)
    begun = begin(here, spawn, enemy, "none", Roller(SEED, "encounter"), Ruling())
    hp = {each.id: each.hp for each in fight.enemies}
    if hp.keys() != {each.id for each in begun.enemies} or not any(hp.values()):
        raise RecipeFault(f"{recipe.id}: {spawn.id} are {', '.join(each.id for each in begun.enemies)}, some standing")
    enemies = tuple(each.model_copy(update={"hp": hp[each.id]}) for each in begun.enemies)
    return begun.model_copy(update={"round": fight.round, "enemies": enemies})


def _spawn_here(recipe: Recipe, fight: Fight, pack: Pack) -> tuple[Spawn, Enemy]:
    spawn = next((each for each in pack.place[recipe.place].spawns if each.id == fight.spawn), None)
    if spawn is None or spawn.id in recipe.known.cleared:
        raise RecipeFault(f"{recipe.id}: {fight.spawn} cannot be fought here")
    return spawn, pack.enemy[spawn.enemy]
