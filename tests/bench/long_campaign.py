"""A long campaign in the shipped world, by the real rules and the real fold, with nothing in between."""

from __future__ import annotations

from random import Random

from contracts.state import CampaignState
from services.campaign.domain.derive import open_scene
from services.lore.domain.pack import Pack
from services.lore.domain.slice import cut
from services.tools.domain.surroundings import Surroundings
from tests.rules.random_player import wander
from tests.rules.small_campaign import Game, new_campaign

LUCKY = 7
"""A seed with which the cat outlives the longest walk."""


class Walk:
    """One campaign that goes on and on."""

    def __init__(self, pack: Pack, seed: int = LUCKY) -> None:
        self._pack = pack
        self._random = Random(seed)
        first = new_campaign(
            pack.classes[seed % len(pack.classes)],
            pack.manifest,
            pack.place[pack.manifest.start],
            pack.haven,
            pack.items,
        )
        self._game = Game(state=first, seed=f"{seed:064x}", lore=lambda state: cut(pack, state))

    @property
    def state(self) -> CampaignState:
        return self._game.state

    def on(self, turn: int) -> CampaignState:
        """Play until this many turns are played."""
        while self.state.turn < turn:
            assert self.state.status == "active", f"the walk ended at turn {self.state.turn}: choose another seed"
            scene = open_scene(self.state)
            here = Surroundings(scene, cut(self._pack, scene.state))
            self._game.turn([wander(here, self._random)])
        return self.state
