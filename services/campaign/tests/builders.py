"""Small real values that tests are built from: a world of two places, a cat, a rat."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from contracts.campaign import CreateCampaign, OpenTurn, PersistCampaign, Settled, Telling, VoidTurn
from contracts.canon import Ability, CatClass, Condition, EntityRef, Exit, Item, Manifest, Place
from contracts.dm import GroundingReport, Usage
from contracts.effects import Proposal
from contracts.envelope import Envelope
from contracts.state import Budget, CampaignState, Combatant, Encounter, ItemInstance, Scene
from contracts.tools import Outcome, Refusal, Roll, ToolCall
from services.campaign.domain.derive import scene_of
from services.campaign.domain.fold import fold
from services.campaign.domain.start import commitment, start

SEED = bytes(range(32))
NOON = datetime(2031, 5, 4, 12, 0, tzinfo=UTC)
OWNER = "player-one"
CAT_NAME = "Señor Whiskers"
ATTIC, ROOF = EntityRef(id="attic", name="The Attic"), EntityRef(id="roof", name="The Roof")

HISS = Ability(id="hiss", name="Hiss", description="Loud.", cost=2, cooldown=2, charges=2, target="enemy")
KNIFE = Item(id="knife", name="Knife", description="Sharp.", kind="weapon", slot="claws", modifiers={"claws": 1})
FISH = Item(id="fish", name="Fish", description="Dried.", kind="consumable", stack=5)
TORCH = Item(id="torch", name="Torch", description="Bright.", kind="tool", charges=2)


def campaign_id(number: int = 1) -> str:
    return "c_" + "abcdefghijklmnopqrstuvwxyz234567"[number] * 26


def turn_id(number: int = 1) -> str:
    return "t_" + "abcdefghijklmnopqrstuvwxyz234567"[number] * 26


def envelope(step: str = "open", turn: int | None = 1, campaign: int = 1) -> Envelope:
    turn_key = None if turn is None else turn_id(turn)
    return Envelope(
        idempotency_key=f"{turn_key or campaign_id(campaign)}/{step}",
        correlation_id=turn_key or "request-1",
        campaign_id=campaign_id(campaign),
        turn_id=turn_key,
    )


def create_request(campaign: int = 1, **changes: Any) -> CreateCampaign:
    cat = CatClass(
        id="alley-cat",
        name="Alley Cat",
        description="Born outside.",
        stats={"claws": 2, "paws": 1},
        hp=20,
        hp_per_level=4,
        energy=6,
        armour=12,
        credits=40,
        abilities=(HISS,),
        items=("knife", "fish", "fish", "torch"),
    )
    attic = Place(
        id="attic",
        name="The Attic",
        district="Old Town",
        description="Dusty.",
        safe=True,
        exits=(Exit(id="hatch", to="roof", name="a hatch"), Exit(id="chute", to="cellar", name="a chute", secret="x")),
    )
    request = CreateCampaign(
        envelope=envelope("create", turn=None, campaign=campaign),
        owner=OWNER,
        name=CAT_NAME,
        cat=cat,
        items=(KNIFE, FISH, TORCH),
        world=Manifest(
            id="tiny", name="Tiny", version="1.0.0", tone="dry", premise="Cats.", start="attic", haven="attic"
        ),
        start=attic,
        haven=ATTIC,
    )
    return request.model_copy(update=changes)


def new_state() -> CampaignState:
    return start(create_request(), commitment(SEED))


def a_scene(budget: Budget | None = None, **cat: Any) -> Scene:
    """A fresh campaign's scene, with these parts of the character replaced."""
    state = new_state()
    state = state.model_copy(update={"character": state.character.model_copy(update=cat)})
    return scene_of(state, budget or Budget())


def with_state(scene: Scene, **changes: Any) -> Scene:
    return scene_of(scene.state.model_copy(update=changes), scene.budget)


def a_rat(number: int = 1, hp: int = 6, **changes: Any) -> Combatant:
    rat = Combatant(id=f"rat-{number}", enemy="rat", name="Rat", hp=hp, max_hp=6, initiative=10)
    return rat.model_copy(update=changes)


def a_fight(*enemies: Combatant, place: str = "attic") -> Encounter:
    return Encounter(
        id="fight-1", spawn="rats-in-attic", place=place, initiative=12, enemies=enemies or (a_rat(1), a_rat(2))
    )


def fighting(*enemies: Combatant, budget: Budget | None = None, **cat: Any) -> Scene:
    return with_state(a_scene(budget, **cat), encounter=a_fight(*enemies))


def a_condition(id: str = "wet", turns: int = 3, **changes: Any) -> Condition:
    return Condition(id=id, name=id.title(), turns=turns, **changes)


def an_item(item: Item, quantity: int = 1, **changes: Any) -> ItemInstance:
    from services.campaign.domain.start import instance_of

    return instance_of(item).model_copy(update={"quantity": quantity, **changes})


def outcome(*effects: Proposal, key: str | None = None, rolls: Sequence[Roll] = (), tool: str = "attack") -> Outcome:
    return Outcome(
        key=key or f"{turn_id()}/0/0",
        call=ToolCall(call_id="call-1", name=tool),
        verdict="done",
        effects=effects,
        rolls=tuple(rolls),
    )


def refusal(code: str = "no-such-target", key: str | None = None) -> Outcome:
    return Outcome(
        key=key or f"{turn_id()}/0/0",
        call=ToolCall(call_id="call-1", name="attack"),
        verdict="refused",
        refusal=Refusal(code=code, rule="One can only strike what is here.", message="Nobody there."),
    )


def a_roll(total: int = 15, roller: str = "character") -> Roll:
    return Roll(
        key=f"{turn_id()}/0/0/0", purpose="attack", roller=roller, count=1, sides=20, faces=(total,), kept=(total,),
        total=total,
    )  # fmt: skip


def apply(scene: Scene, *effects: Proposal) -> tuple[Settled, Scene]:
    return fold(scene, outcome(*effects))


def a_telling(narrative: str = "You pounce.") -> Telling:
    return Telling(
        narrative=narrative,
        suggested_actions=("Purr",),
        told_by="understudy",
        usage=Usage(model="none", calls=2, input_tokens=11, output_tokens=7, cache_read_tokens=3, micro_dollars=5),
        report=GroundingReport(repairs=1),
    )


def persist_request(
    *outcomes: Outcome, turn: int = 1, base_version: int = 1, action: str = "I pounce!", narrative: str = "You pounce."
) -> PersistCampaign:
    return PersistCampaign(
        envelope=envelope("persist", turn),
        base_version=base_version,
        action=action,
        outcomes=outcomes,
        telling=a_telling(narrative),
    )


def open_request(turn: int = 1) -> OpenTurn:
    return OpenTurn(envelope=envelope("open", turn))


def void_request(turn: int = 1) -> VoidTurn:
    return VoidTurn(envelope=envelope("void", turn), reason="deadline")
