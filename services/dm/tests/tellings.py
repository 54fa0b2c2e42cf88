"""Tellings: of each kind of fact, plain words that are true, and words that say the opposite or something else."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from contracts.dm import Beat, PlayedRound, ValidateAndRoute
from contracts.effects import Consequence, ExitUnlocked, FeatureUsed, LevelGained, LifeLost, Moved, Proposal
from contracts.state import Scene
from services.dm.tests.builders import QUEST, TURN, make_reply, make_round, outcome, rats, ref, refuse, scene, to_check

_HEADING = re.compile(r"\[(?P<name>[\w-]+)\] (?P<how>.+)")
_SCENES = {
    "fight": scene(encounter=rats(8, 8)),
    "one-down": scene(encounter=rats(0, 8)),
    "quest": scene(quests=(QUEST,)),
}
_EFFECTS: dict[str, Proposal] = {
    "moved": Moved(origin="fish-dock", to=ref("tin-market", "Tin Market")),
    "exit-unlocked": ExitUnlocked(exit="iron-gate"),
    "feature-used": FeatureUsed(feature="crane-panel"),
}
_FOLLOWED: dict[str, Consequence] = {
    "life-lost": LifeLost(cause="rust-rat-1", lives_left=7, credits_lost=5),
    "level-gained": LevelGained(level=4, hp_gained=5),
}
_LEARNT = ref("brine-cellar", "Brine Cellar")


@dataclass(frozen=True)
class Telling:
    """The events of a turn, and how they may be told and may not. `here`: the scene they are told in."""

    name: str
    rounds: tuple[PlayedRound, ...] = field(repr=False)
    here: Scene = field(repr=False)
    true: tuple[str, ...]
    inverted: tuple[str, ...]

    def request(self, *told: str | Beat, **reply: Any) -> ValidateAndRoute:
        """The turn with a story in free text, or in beats."""
        beats = tuple(each if isinstance(each, Beat) else Beat(kind="fact", text=each) for each in told)
        narrative = " ".join(beat.text for beat in beats)
        in_beats = beats if any(isinstance(each, Beat) for each in told) else ()
        return to_check(make_reply(narrative, beats=in_beats, **reply), rounds=self.rounds, scene=self.here)


def _read(name: str, how: list[str], lines: list[str]) -> Telling:
    facts, true, inverted = (tuple(line[2:] for line in lines if line[0] == mark) for mark in "=+-")
    here = next((_SCENES[word] for word in how if word in _SCENES), scene())
    return Telling(name, (_round(name, how, facts),), here, true, inverted)


def _round(name: str, how: list[str], facts: tuple[str, ...]) -> PlayedRound:
    if how[0] == "followed":
        return make_round(outcome("search")).model_copy(update={"consequences": (_FOLLOWED[name],)})
    if how[0] == "refused":
        return make_round(refuse(*facts))
    if how[0] == "undone":
        return make_round(outcome("take", facts), refused={f"{TURN}/0/0": "Your bag is full."})
    effects = tuple(_EFFECTS[word] for word in how if word in _EFFECTS)
    return make_round(outcome(how[0], facts, effects=effects, mentions=(_LEARNT,) if name == "learn" else ()))


def _tellings(text: str) -> tuple[Telling, ...]:
    found: list[Telling] = []
    for paragraph in text.split("\n\n"):
        first, *lines = paragraph.splitlines()
        if heading := _HEADING.fullmatch(first):
            found.append(_read(heading["name"], heading["how"].split(), lines))
    return tuple(found)


TELLINGS = _tellings(Path(__file__).with_suffix(".txt").read_text(encoding="utf-8"))
