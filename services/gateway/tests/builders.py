"""Small real values of the contracts to play with."""

from __future__ import annotations

from datetime import UTC, datetime

from contracts import campaign, dm, gateway, lore, tools
from contracts.canon import Ability, CatClass, EntityRef, Exit, Item, Manifest, Opening, Place
from contracts.envelope import Envelope
from contracts.state import CampaignState, Character, Combatant, Derived, Encounter, Scene

NOW = datetime(2026, 11, 22, tzinfo=UTC)
CAMPAIGN_ID = "c_" + "a" * 26
TURN_ID = "t_" + "b" * 26
SEED = "0f" * 32
ENVELOPE = Envelope(idempotency_key=TURN_ID, correlation_id=TURN_ID, campaign_id=CAMPAIGN_ID, turn_id=TURN_ID)
ALLEY = EntityRef(id="alley", name="Drip Alley")
HAVEN = EntityRef(id="haven", name="The Warm Vent")
STATS = {"claws": 1, "paws": 2, "whiskers": 1, "wits": 0, "purr": 1}
CAT = Character(
    name="Ash", class_id="prowler", class_name="Prowler", stats=STATS, hp=10, max_hp=10, hp_per_level=4, energy=4,
    max_energy=4, armour=11, credits=20,
)  # fmt: skip
STATE = CampaignState(
    campaign_id=CAMPAIGN_ID, version=3, turn=2, world="nekopolis", world_version="1.0", seed_commitment="ab" * 32,
    character=CAT, place=ALLEY, haven=HAVEN,
)  # fmt: skip
SCENE = Scene(state=STATE, derived=Derived(stats=STATS, armour=11, load=0))
ENCOUNTER = Encounter(
    id="fight-1", spawn="rats", place="alley", initiative=12,
    enemies=(Combatant(id="rust-rat-1", enemy="rust-rat", name="Rust Rat", hp=4, max_hp=4, initiative=8),),
)  # fmt: skip
PLACE = Place(
    id="alley", name="Drip Alley", district="Low Row", description="It drips.",
    exits=(Exit(id="grate", to="haven", name="a grate"),),
)  # fmt: skip


def turn() -> gateway.PlayTurn:
    return gateway.PlayTurn(envelope=ENVELOPE, owner="player-1", action="I sniff the crate")


def open_turn(envelope: Envelope) -> campaign.TurnOpened:
    past = campaign.RecentTurn(number=2, action="I wait", narrative="You wait.")
    return campaign.TurnOpened(envelope=envelope, number=3, base_version=3, scene=SCENE, history=(past,), seed=SEED)


def lore_of(envelope: Envelope, scene: Scene) -> lore.LoreRetrieved:
    here = scene.state.place
    return lore.LoreRetrieved(
        envelope=envelope,
        canon=lore.CanonSlice(place=PLACE, haven=HAVEN),
        briefing=lore.Briefing(place=here, district="Low Row", description="It drips.", safe=False),
        passages=(lore.Passage(id="rain", title="Rain", text="It always rains.", score=1.5),),
        common="Nekopolis never sleeps.",
        names=("Drip Alley",),
        guarded=("The Nameless",),
    )


def route_reply(request: dm.ValidateAndRoute, route: str) -> dm.ReplyRouted:
    calls = (tools.ToolCall(call_id="x", name="search"), tools.ToolCall(call_id="y", name="hide"))
    clean = route in ("execute", "respond")
    finding = dm.Finding(code="unknown-name", subject="Rex", detail="Rex is not in this world.")
    report = dm.GroundingReport(
        checked=request.report.checked,
        findings=request.report.findings + (() if clean else (finding,)),
        repairs=request.report.repairs + (route == "repair"),
    )
    return dm.ReplyRouted(
        envelope=request.envelope,
        route=route,  # type: ignore[arg-type]
        calls=calls if route == "execute" else (),
        narrative=request.reply.narrative if route == "respond" else None,
        suggested_actions=("Look around",) if route == "respond" else (),
        violation=None if clean else "Rex is not in this world.",
        report=report,
    )


def outcome(envelope: Envelope, call: tools.ToolCall) -> tools.Outcome:
    return tools.Outcome(key=envelope.idempotency_key, call=call, verdict="done", facts=(f"{call.name} was done.",))


def settle(request: campaign.SettleEffects) -> campaign.EffectsSettled:
    folded = tuple(campaign.Settled(outcome=o, applied=True) for o in request.outcomes)
    return campaign.EffectsSettled(envelope=request.envelope, scene=request.scene, settled=folded)


def commit(request: campaign.PersistCampaign) -> campaign.TurnCommitted:
    return campaign.TurnCommitted(
        envelope=request.envelope, number=3, version=4, telling=request.telling, resolved_at=NOW,
        settled=tuple(campaign.Settled(outcome=o, applied=True) for o in request.outcomes),
        sheet=campaign.Sheet(state=STATE, derived=SCENE.derived),
    )  # fmt: skip


PROWLER = CatClass(
    id="prowler", name="Prowler", description="Quiet.", stats=STATS, hp=10, hp_per_level=4, energy=4, armour=11,
    credits=20, items=("lamp", "lamp"),
    abilities=(Ability(id="fade", name="Fade", description="Be elsewhere.", cooldown=2),),
)  # fmt: skip
WORLD = lore.WorldDescribed(
    manifest=Manifest(
        id="nekopolis",
        name="Nekopolis",
        version="1.0.0",
        tone="Wry.",
        premise="Rain.",
        start="alley",
        haven="haven",
        opening=Opening(text="You wake in the rain.", suggested_actions=("Look up",)),
    ),
    classes=(PROWLER,),
    places=(ALLEY,),
    start=PLACE,
    haven=HAVEN,
    items=(Item(id="lamp", name="Lamp", description="It glows.", kind="gear"),),
)


def sheet(campaign_id: str = CAMPAIGN_ID, version: int = 1, turn: int = 0, status: str = "active") -> campaign.Sheet:
    changes = {"campaign_id": campaign_id, "version": version, "turn": turn, "status": status}
    return campaign.Sheet(state=STATE.model_copy(update=changes), derived=SCENE.derived)


def dice(envelope: Envelope, owner: str, after_turn: int) -> campaign.DiceListed:
    """A turn of one roll after `after_turn`, and more to come."""
    roll = tools.Roll(
        key=f"{TURN_ID}/0/0/0", purpose="attack", count=1, sides=20, faces=(20,), kept=(20,), total=20, target=12,
        outcome="critical",
    )  # fmt: skip
    thrown = campaign.DiceOfTurn(number=after_turn + 1, turn_id=TURN_ID, rolls=(roll,))
    return campaign.DiceListed(
        envelope=envelope, owner=owner, commitment="ab" * 32, turns=(thrown,), next_after=after_turn + 1
    )


def standings(viewer: str) -> campaign.StandingsListed:
    """A board of two: the viewer's own campaign, and somebody else's."""
    first = campaign.Standing(
        rank=1, class_name="Prowler", level=3, lives=9, turn=12, status="active", campaign_id=CAMPAIGN_ID, name=viewer
    )
    second = campaign.Standing(rank=2, class_name="Prowler", level=1, lives=8, turn=3, status="ended", ending="home")
    return campaign.StandingsListed(items=(first, second))


def telling() -> campaign.Telling:
    return campaign.Telling(
        narrative="Rain.", suggested_actions=("Wait",), told_by="model", usage=dm.Usage(), report=dm.GroundingReport()
    )


def committed_as(envelope: Envelope, number: int, status: str = "active") -> campaign.TurnCommitted:
    """The campaign's answer when it has committed this turn as this number."""
    return campaign.TurnCommitted(
        envelope=envelope, number=number, version=number + 1, telling=telling(), resolved_at=NOW,
        sheet=sheet(envelope.campaign_id, number + 1, number, status),
    )  # fmt: skip


def with_headline(committed: campaign.TurnCommitted) -> campaign.TurnCommitted:
    """As the campaign answers when it says what the event of the turn tells."""
    totals = campaign.TurnTotals(
        tool_calls=1, refusals=1, rolls=2, model_calls=2, input_tokens=9, output_tokens=3, cached_tokens=0,
        micro_dollars=5, repairs=0,
    )  # fmt: skip
    event_id = f"campaign/{committed.envelope.campaign_id}/{committed.number + 1}"
    told = campaign.TurnHeadline(event_id=event_id, totals=totals, refusals=("no-such-target",))
    return committed.model_copy(update={"headline": told})


TRACE = (
    campaign.StageTrace(stage="OpenTurn", attempts=2, milliseconds=30),
    campaign.StageTrace(stage="InvokeDungeonMaster", attempts=1, milliseconds=400, error="ModelRefused"),
)
