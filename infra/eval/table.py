"""A table to play at without a cloud: the world pack, the rules and the fold, one turn at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache

from contracts.campaign import CreateCampaign, Settled
from contracts.dm import PlayedRound
from contracts.envelope import Envelope
from contracts.lore import DescribeWorld, LoreRetrieved, RetrieveLore
from contracts.state import CampaignState, Scene
from contracts.tools import Outcome, ToolCall
from services.campaign.domain.beginning import begin
from services.campaign.domain.fold import fold_all
from services.campaign.domain.start import commitment, start
from services.lore.adapters.pack_files import load_pack
from services.lore.adapters.world import WORLDS
from services.lore.domain.pack import Pack
from services.lore.domain.prospectus import describe
from services.lore.domain.retrieval import retrieve
from services.tools.domain.execute import execute
from services.tools.domain.world import play

CAMPAIGN = "c_" + "e" * 26
NAME = "Tester"


@cache
def nekopolis() -> Pack:
    """The shipped world."""
    return load_pack(WORLDS / "nekopolis")


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
    rounds: tuple[PlayedRound, ...] = ()
    settled: tuple[Settled, ...] = field(default=(), repr=False)

    @property
    def number(self) -> int:
        return self.before.turn + 1

    @property
    def id(self) -> str:
        """Turn ids are 26 letters; the number is written in them, so that no two turns roll the same dice."""
        return "t_" + str(self.number).translate(str.maketrans("0123456789", "abcdefghij")).rjust(26, "a")

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
        """What can be seen and said of the scene as it is now."""
        request = RetrieveLore(envelope=self.envelope("lore"), action=action, scene=self.scene)
        return retrieve(nekopolis(), request)

    def play(self, calls: Iterable[ToolCall]) -> Turn:
        """One round: the rules answer each call on the same scene, the fold applies them, the world answers."""
        number = len(self.rounds)
        canon = self.lore("").canon
        outcomes = [execute(f"{self.id}/{number}/{i}", c, self.scene, canon, self.seed) for i, c in enumerate(calls)]
        settled, scene = fold_all(self.scene, outcomes)
        moved = replace(self, scene=scene)
        answer = play(f"{self.id}/world/{number}", scene, moved.lore("").canon, self.seed)
        after, scene = fold_all(scene, answer)
        return replace(
            self, scene=scene, rounds=(*self.rounds, _played(settled + after)), settled=self.settled + settled + after
        )


def opened(state: CampaignState, seed: str) -> Turn:
    """The next turn of this campaign, with nothing done yet."""
    scene, _ = begin(state)
    return Turn(before=state, scene=scene, seed=seed)


def _played(settled: tuple[Settled, ...]) -> PlayedRound:
    return PlayedRound(
        outcomes=tuple(one.outcome for one in settled),
        consequences=tuple(each for one in settled for each in one.consequences),
        refused={one.outcome.key: one.refused.reason for one in settled if one.refused},
    )
