"""A table to play at without a cloud: the world pack, the rules and the fold, one turn at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache

from contracts.campaign import CreateCampaign, Settled
from contracts.chronicle import Memory
from contracts.dm import PlayedRound, Remembered
from contracts.effects import Consequence
from contracts.envelope import Envelope
from contracts.lore import DescribeWorld, LoreRetrieved, RetrieveLore
from contracts.state import CampaignState, Scene
from contracts.tools import Outcome, ToolCall
from services.campaign.domain.beginning import begin
from services.campaign.domain.fold import fold_all
from services.campaign.domain.start import commitment, start
from services.lore.adapters.pack_files import load_pack
from services.lore.domain.pack import Pack
from services.lore.domain.retrieval import retrieve
from services.lore.domain.world_summary import describe
from services.lore.wiring import WORLDS
from services.tools.domain.execute import execute
from services.tools.domain.world import play

CAMPAIGN = "c_" + "e" * 26
NAME = "Tester"


@cache
def pack(world: str) -> Pack:
    """A shipped world. Raises PackInvalid when there is none of this id."""
    return load_pack(WORLDS / world)


def nekopolis() -> Pack:
    """The world that is played when nothing else is said."""
    return pack("nekopolis")


def begun(class_id: str, seed: str) -> CampaignState:
    """A campaign that has just started. Raises StopIteration for a class there is not."""
    world = describe(nekopolis(), DescribeWorld())
    cat = next(each for each in world.classes if each.id == class_id)
    request = CreateCampaign(
        envelope=Envelope(idempotency_key="start", correlation_id="start", campaign_id=CAMPAIGN),
        owner="eval",
        name=NAME,
        cat=cat,
        items=tuple(item for item in world.items if item.id in cat.items),
        world=world.manifest,
        start=world.start,
        haven=world.haven,
    )
    return start(request, commitment(bytes.fromhex(seed)))


@dataclass(frozen=True)
class Turn:
    """A turn as far as it has been played. Every step gives a new one."""

    before: CampaignState
    scene: Scene
    seed: str
    id: str
    """The first part of every key of this turn, those of its dice included."""
    seen: Scene = field(repr=False)
    """The scene as it was when somebody last looked around: what the lore is about."""
    rounds: tuple[PlayedRound, ...] = ()
    played: int = 0
    """Rounds played. A life that was lost as the turn began is told as a round before the first."""
    settled: tuple[Settled, ...] = field(default=(), repr=False)
    history: tuple[Remembered, ...] = field(default=(), repr=False)
    memories: tuple[Memory, ...] = field(default=(), repr=False)
    spent: int = 0
    """By the turns before this one, in micro-dollars."""

    @property
    def number(self) -> int:
        return self.before.turn + 1

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        return tuple(one.outcome for one in self.settled)

    @property
    def after(self) -> CampaignState:
        """The state if the turn were committed now."""
        state = self.scene.state
        return state.model_copy(update={"turn": self.before.turn + 1, "version": self.before.version + 1})

    def envelope(self, step: str) -> Envelope:
        turn = self.id
        return Envelope(
            idempotency_key=f"{turn}/{step}", correlation_id=turn, campaign_id=self.before.campaign_id, turn_id=turn
        )

    def lore(self, action: str) -> LoreRetrieved:
        """What can be seen and said of the scene as it was when somebody last looked around."""
        request = RetrieveLore(envelope=self.envelope("lore"), action=action, scene=self.seen)
        return retrieve(pack(self.before.world), request)

    def play(self, calls: Iterable[ToolCall]) -> Turn:
        """One round: the rules answer each call on the same scene, the fold applies them, the world answers.

        As in the workflow, one looks around after what one did oneself, and again after being moved by the world.
        """
        number, canon = self.played, self.lore("").canon
        outcomes = [execute(f"{self.id}/{number}/{i}", c, self.scene, canon, self.seed) for i, c in enumerate(calls)]
        settled, scene = fold_all(self.scene, outcomes)
        moved = replace(self, scene=scene, seen=scene) if outcomes else self
        answer = play(f"{self.id}/world/{number}", scene, moved.lore("").canon, self.seed)
        after, scene = fold_all(scene, answer)
        carried_off = scene.state.place.id != moved.scene.state.place.id
        return replace(
            moved,
            scene=scene,
            seen=scene if carried_off else moved.seen,
            rounds=(*self.rounds, _played(settled + after)),
            played=number + 1,
            settled=self.settled + settled + after,
        )


def opened(state: CampaignState, seed: str, id: str | None = None) -> Turn:
    """The next turn of this campaign, with nothing done yet. Without an id it gets one of its number."""
    scene, opening = begin(state)
    return Turn(
        before=state, scene=scene, seed=seed, id=id or _turn_id(state.turn + 1), seen=scene, rounds=_lost(opening)
    )


def _turn_id(number: int) -> str:
    """Turn ids are 26 letters; the number is written in them, so that no two turns roll the same dice."""
    return "t_" + str(number).translate(str.maketrans("0123456789", "abcdefghij")).rjust(26, "a")


def _lost(opening: tuple[Consequence, ...]) -> tuple[PlayedRound, ...]:
    lost = tuple(each for each in opening if each.kind == "life-lost")
    return (PlayedRound(consequences=lost),) if lost else ()


def _played(settled: tuple[Settled, ...]) -> PlayedRound:
    return PlayedRound(
        outcomes=tuple(one.outcome for one in settled),
        consequences=tuple(each for one in settled for each in one.consequences),
        refused={one.outcome.key: one.refused.reason for one in settled if one.refused},
    )
