"""A corner of a small city to play in. Nothing here is of the real world pack."""

from __future__ import annotations

from typing import Any

from contracts.canon import Ability, Dice, EntityRef, Use
from contracts.dm import DungeonMasterReplied, InvokeDungeonMaster, PlayedRound, ValidateAndRoute
from contracts.envelope import Envelope
from contracts.lore import Briefing, Person, Thing, TopicRef, Ware, Way
from contracts.state import (
    AbilityState,
    Budget,
    CampaignState,
    Character,
    Combatant,
    Derived,
    Encounter,
    ItemInstance,
    KnownPlace,
    QuestState,
    Scene,
)
from contracts.tools import Outcome, Refusal, ToolCall

CAMPAIGN = "c_" + "a" * 26
TURN = "t_" + "b" * 26
STATS = {"claws": 2, "paws": 1, "whiskers": 3, "wits": 0, "purr": 1}

KNIFE = ItemInstance(id="knife-1", item="can-knife", name="Can Knife", kind="weapon", slot="claws", price=8)
TUNA = ItemInstance(
    id="tuna-2",
    item="tuna",
    name="Tin of Tuna",
    kind="consumable",
    quantity=2,
    stack=5,
    use=Use(heal=Dice(count=1)),
    price=4,
)
COAT = ItemInstance(id="coat-3", item="rain-coat", name="Rain Coat", kind="armour", slot="body", armour=1, price=12)
SPARKER = ItemInstance(
    id="sparker-4", item="sparker", name="Sparker", kind="consumable", use=Use(damage=Dice(count=1)), price=9
)
BLINK = Ability(id="blink-step", name="Blink Step", description="You are elsewhere.", cost=2, escapes=True)
STATIC = Ability(
    id="static-burst",
    name="Static Burst",
    description="Fur full of sparks.",
    cooldown=2,
    target="enemy",
    strike=Dice(count=1),
)


def ref(id: str, name: str) -> EntityRef:
    return EntityRef(id=id, name=name)


def character(**changes: Any) -> Character:
    cat = Character(
        name="Biscuit",
        class_id="alley-cat",
        class_name="Alley Cat",
        stats=STATS,
        hp=14,
        max_hp=16,
        hp_per_level=4,
        energy=6,
        max_energy=8,
        armour=11,
        credits=40,
        abilities=(AbilityState(ability=BLINK), AbilityState(ability=STATIC)),
        inventory=(KNIFE, TUNA, COAT, SPARKER),
        equipment={"body": "coat-3"},
    )
    return cat.model_copy(update=changes)


def rats(*hp: int) -> Encounter:
    return Encounter(
        id="rats-t4",
        spawn="rats",
        place="fish-dock",
        initiative=12,
        enemies=tuple(
            Combatant(id=f"rust-rat-{n}", enemy="rust-rat", name="Rust Rat", hp=left, max_hp=8, initiative=9)
            for n, left in enumerate(hp, start=1)
        ),
    )


def scene(*, cat: Character | None = None, encounter: Encounter | None = None, **changes: Any) -> Scene:
    budget = changes.pop("budget", Budget())
    state = CampaignState(
        campaign_id=CAMPAIGN,
        version=4,
        turn=3,
        world="tinpot",
        world_version="1.0.0",
        seed_commitment="0" * 64,
        character=cat or character(),
        place=ref("fish-dock", "Fish Dock"),
        haven=ref("warm-boiler", "Warm Boiler"),
        places=(KnownPlace(id="fish-dock", name="Fish Dock"), KnownPlace(id="warm-boiler", name="Warm Boiler")),
        encounter=encounter,
    ).model_copy(update=changes)
    return Scene(state=state, derived=Derived(stats=state.character.stats, armour=12, load=5), budget=budget)


QUEST = QuestState(
    id="cold-milk",
    name="Cold Milk",
    arc="Thirst",
    status="active",
    stage="find",
    text="Find out who waters the milk at the Tin Market.",
)


def briefing(**changes: Any) -> Briefing:
    dock = Briefing(
        place=ref("fish-dock", "Fish Dock"),
        district="Low Harbour",
        description="Crates sweat brine under a dead crane. Gulls argue about property.",
        safe=False,
        exits=(
            Way(id="plank", name="Wet Plank", to=ref("tin-market", "Tin Market")),
            Way(id="boiler-door", name="Boiler Door", to=ref("warm-boiler", "Warm Boiler")),
            Way(id="iron-gate", name="Iron Gate", to=ref("cold-store", "Cold Store"), locked=True),
        ),
        npcs=(
            Person(
                id="old-mags",
                name="Old Mags",
                role="fishmonger",
                description="A tabby with one ear and two prices.",
                disposition=0,
                topics=(TopicRef(id="the-gate", name="Iron Gate"), TopicRef(id="the-rats", name="Rust Rats")),
            ),
        ),
        enemies=(Thing(id="rats", name="Rust Rat", description="Oxide and teeth.", count=2),),
        features=(
            Thing(id="crane-panel", name="Crane Panel", description="Dead lamps.", stats=("wits", "claws")),
            Thing(id="bait-shrine", name="Bait Shrine", description="Old hooks.", stats=("purr",)),
        ),
        finds=(Thing(id="bent-hook", name="Bent Hook"),),
        shop=ref("mags-stall", "Stall of Mags"),
        wares=(
            Ware(id="smoked-eel", name="Smoked Eel", price=6, left=3),
            Ware(id="net", name="Torn Net", price=90, left=1),
        ),
        quests=(Thing(id="gull-tax", name="Gull Tax", description="Somebody collects feathers."),),
    )
    return dock.model_copy(update=changes)


def envelope(step: str = "dm/0/model/0") -> Envelope:
    return Envelope(idempotency_key=f"{TURN}/{step}", correlation_id=TURN, campaign_id=CAMPAIGN, turn_id=TURN)


def make_request(action: str = "I look around", **changes: Any) -> InvokeDungeonMaster:
    request = InvokeDungeonMaster(
        envelope=envelope(),
        provider="understudy",
        action=action,
        number=4,
        scene=scene(),
        briefing=briefing(),
        common="Cats run this city; nobody runs the cats.",
    )
    return request.model_copy(update=changes)


def outcome(
    tool: str = "attack", facts: tuple[str, ...] = (), *, key: str = f"{TURN}/0/0", call_id: str = "u0", **changes: Any
) -> Outcome:
    call = ToolCall(call_id=call_id, name=tool, arguments=changes.pop("arguments", {}))
    return Outcome(key=key, call=call, verdict="done", facts=facts).model_copy(update=changes)


def refuse(message: str, *, legal: tuple[str, ...] = (), call_id: str = "u0", key: str = f"{TURN}/0/0") -> Outcome:
    refusal = Refusal(code="no", rule="A rule.", message=message, legal=legal)
    call = ToolCall(call_id=call_id, name="attack")
    return Outcome(key=key, call=call, verdict="refused", refusal=refusal, facts=(message,))


def make_round(*outcomes: Outcome, refused: dict[str, str] | None = None) -> PlayedRound:
    return PlayedRound(outcomes=outcomes, refused=refused or {})


def make_reply(narrative: str | None = None, calls: tuple[ToolCall, ...] = (), **changes: Any) -> DungeonMasterReplied:
    reply = DungeonMasterReplied(envelope=envelope(), told_by="model", calls=calls, narrative=narrative)
    return reply.model_copy(update=changes)


def call(name: str, call_id: str = "c1", **arguments: Any) -> ToolCall:
    return ToolCall(call_id=call_id, name=name, arguments=arguments)


def to_check(reply: DungeonMasterReplied, **changes: Any) -> ValidateAndRoute:
    request = ValidateAndRoute(
        envelope=envelope("validate/0/model/0"),
        reply=reply,
        action="I look around",
        scene=scene(),
        briefing=briefing(),
        names=("Fish Dock", "Tin Market", "Warm Boiler", "Cold Store", "Old Mags", "Rust Rat", "Harbour Union"),
        guarded=("The Ninth Tail", "Brine Cellar"),
    )
    return request.model_copy(update=changes)
