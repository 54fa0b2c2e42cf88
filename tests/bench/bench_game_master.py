"""The cost of asking a model for a turn, early and late in the same campaign: calls, tokens, money.

Nobody is asked. Tokens in are the Converse requests of the dm service at four characters each; tokens out, and how
often the fixed prefix is found cached, are assumptions of the bill. The script tries one intent per turn, so each turn
is two calls: one for the intent, one for the story of what came of it. The stories remembered are the understudy's,
which are shorter than a model's: what is sent is rather too low once there is a history.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from statistics import fmean
from typing import Any

from contracts.dm import InvokeDungeonMaster, PlayedRound
from contracts.lore import RetrieveLore
from contracts.state import Scene
from ninelives.analytics.cost.assumptions import Assumptions
from ninelives.analytics.cost.models import MODELS, tokens, usd_of_tokens
from ninelives.analytics.cost.prompts import PromptSize, prompt_size
from services.dm.adapters.openai import arguments_for, json_arguments_for
from services.dm.domain.prompt import compose
from services.dm.domain.small_profile import compose_small
from services.dm.wiring import catalogue
from services.lore.domain.retrieval import retrieve
from services.lore.wiring import world
from tests.bench.conftest import Report
from tests.turn.long_campaign import ACTION, LongCampaign

MILESTONES = (1, 30, 300)
AROUND = 10
"""A prompt depends on where the cat happens to be: the mean of this many turns tells that from growth."""
PER = 1000
Asked = Sequence[PromptSize]
PROFILES = {
    "full, tools": (compose, arguments_for),
    "full, json": (compose, json_arguments_for),
    "small, tools": (compose_small, arguments_for),
    "small, json": (compose_small, json_arguments_for),
}


class AskedCampaign(LongCampaign):
    """The long campaign, keeping what a model would be asked in its latest turn."""

    def next_turn(self) -> list[InvokeDungeonMaster]:
        """Play one turn; what its calls would ask."""
        self.play_until(self._game.state.turn + 2)
        return self._asked

    def _turn(self) -> None:
        self._asked = [self.request()]
        super()._turn()

    def _tell(self, scene: Scene, outcomes: Any) -> str:
        self._asked.append(self._for_the_story(scene, outcomes))
        return super()._tell(scene, outcomes)

    def _for_the_story(self, scene: Scene, outcomes: Any) -> InvokeDungeonMaster:
        """As the workflow asks again: lore of the scene as it is now, and the memories it had."""
        lore = retrieve(world(), RetrieveLore(envelope=self._envelope(), action=ACTION, scene=scene))
        now = {"scene": scene, "briefing": lore.briefing, "passages": lore.passages}
        return self._asked[0].model_copy(update={**now, "rounds": (PlayedRound(outcomes=outcomes),)})


def bench_game_master(report: Report) -> None:
    campaign, assumptions = AskedCampaign(), Assumptions()
    rows: list[dict[str, object]] = []
    profiles: list[dict[str, object]] = []
    for milestone in MILESTONES:
        campaign.play_until(milestone)
        turns = [list(campaign.next_turn()) for _ in range(AROUND)]
        sizes = [[prompt_size(request) for request in asked] for asked in turns]
        rows += [_row(name, milestone, sizes, assumptions) for name in MODELS]
        profiles += [_profile(name, milestone, turns, assumptions) for name in PROFILES]
    title = f"Asking a model: one turn, and the mean of {AROUND} from it on. Estimated; USD per {PER:,} such turns"
    report.table("game master", title, rows)
    title = f"Asking an OpenAI-compatible server: tokens of one call, the mean of {AROUND} turns. Estimated"
    report.table("profiles", title, profiles)


def _profile(
    name: str, milestone: int, turns: Sequence[Sequence[InvokeDungeonMaster]], assumptions: Assumptions
) -> dict[str, object]:
    """The tokens that a profile sends for the intents and for the story. A schema for JSON is not read by the model."""
    composed, written = PROFILES[name]

    def mean(which: int) -> int:
        sent = (written(composed(asked[which], catalogue(), None), "") for asked in turns)
        read = ({key: body[key] for key in ("messages", "tools") if key in body} for body in sent)
        return round(
            fmean(len(json.dumps(each, ensure_ascii=False)) for each in read) / assumptions.characters_per_token
        )

    return {"profile and format": name, "turn": milestone, "intents": mean(0), "story": mean(-1)}


def _row(name: str, milestone: int, turns: Sequence[Asked], assumptions: Assumptions) -> dict[str, object]:
    one, each = _usage(name, turns[0], assumptions), [_usage(name, asked, assumptions) for asked in turns]
    return {
        "model": name,
        "turn": milestone,
        "calls": len(turns[0]),
        **{what: round(one[what]) for what in ("in", "cached", "out")},
        "USD": f"{one['usd']:.2f}",
        "in, mean": round(fmean(used["in"] for used in each)),
        "USD, mean": f"{fmean(used['usd'] for used in each):.2f}",
    }


def _usage(name: str, asked: Asked, assumptions: Assumptions) -> dict[str, float]:
    """Tokens of one turn, and USD for a thousand like it. `in` is everything sent, `cached` the expected part of it."""
    model = MODELS[name]
    last = len(asked) - 1
    warm = [tokens(prompt, model, number == last, assumptions)[0] for number, prompt in enumerate(asked)]
    return {
        "in": sum(usage.input_tokens + usage.cache_read_tokens for usage in warm),
        "cached": sum(usage.cache_read_tokens for usage in warm) * assumptions.cached_share,
        "out": sum(usage.output_tokens for usage in warm),
        "usd": usd_of_tokens(asked, 1, model, assumptions) * PER,
    }
