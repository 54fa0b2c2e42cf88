"""Prose measures: how often the stories of one session say again what was said, and how long they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from contracts.campaign import RecentTurn
from ninelives.evaluation.campaigns import begin_campaign, nekopolis
from ninelives.evaluation.local_turn import LocalTurnResult, TurnStart, play_turn
from services.dm.domain.english.sentences import split_sentences
from services.dm.domain.english.tokens import words
from services.dm.domain.understudy.master import reply

RUN = 5
"""Words in a row that are taken for a repetition when they come again."""
OPENING = 3
"""Words by which a sentence is known again, whatever follows."""
REMEMBERED = 5
"""Turns of its own story that a turn is given, as the campaign gives them."""
_SPEECH = re.compile(r"“[^”]*”|\"[^\"]*\"")
_FIGURE = re.compile(r"\d+(?:d\d+(?:[+-]\d+)?)?")


@dataclass(frozen=True)
class Prose:
    """Figures of a session's stories. `repeated`: the share of five-word runs that an earlier story has. `frames`:
    in how many stories each sentence comes, and each opening of three words; names, figures and speech are masked,
    and the world's own sentences left out."""

    repeated: float
    frames: Counter[str] = field(repr=False)
    lengths: tuple[int, ...]

    @property
    def commonest(self) -> tuple[str, int]:
        return self.frames.most_common(1)[0]

    @property
    def mean_length(self) -> float:
        return sum(self.lengths) / len(self.lengths)


def measure(stories: Sequence[str], names: Sequence[str], world: frozenset[str] = frozenset()) -> Prose:
    """The figures of these stories. `names` are masked in a frame; `world`: its own sentences, which are no frames."""
    told: set[tuple[str, ...]] = set()
    again = runs = 0
    frames: Counter[str] = Counter()
    for story in stories:
        here = [*_runs(words(story))]
        again += sum(run in told for run in here)
        runs += len(here)
        told.update(here)
        own = (one for one in split_sentences(_SPEECH.sub(_silence, story)) if _plain(one) not in world)
        framed = {_frame(one, names) for one in own} - {""}
        frames.update(framed | {" ".join(frame.split()[:OPENING]) + " …" for frame in framed})
    return Prose(again / max(1, runs), frames, tuple(len(words(story)) for story in stories))


def play_session(class_id: str, actions: Sequence[str], seed: str) -> tuple[LocalTurnResult, ...]:
    """The turns of a session in the shipped world, the understudy as its master. Raises TurnFailed."""
    state = begin_campaign(class_id, seed)
    turns: list[LocalTurnResult] = []
    history: list[RecentTurn] = []
    for action in actions:
        turn = play_turn(TurnStart(state, seed, history=tuple(history[-REMEMBERED:])), action, reply)
        state = turn.after
        history.append(RecentTurn(number=state.turn, action=action, narrative=turn.telling.narrative))
        turns.append(turn)
    return tuple(turns)


def world_names() -> tuple[str, ...]:
    """Every name of the shipped world, the longest first."""
    return tuple(sorted({*_values(_dump_world(), "name")}, key=len, reverse=True))


def world_sentences() -> frozenset[str]:
    """Every sentence of the shipped world's own texts."""
    texts = _values(_dump_world(), None)
    return frozenset(_plain(one) for text in texts for one in split_sentences(text))


def _silence(said: re.Match[str]) -> str:
    """Speech without its words; whole sentences of it still end one."""
    return "“.”" if said.group()[-2] in ".!?…" else "“”"


def _runs(said: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(said[at : at + RUN]) for at in range(len(said) - RUN + 1))


def _frame(sentence: str, names: Sequence[str]) -> str:
    masked = sentence
    for name in names:
        called = rf"(?:\b(?:the|your) )?(?<!\w){re.escape(name.removeprefix('The '))}(?!\w)"
        masked = re.sub(called, "N", masked, flags=re.IGNORECASE)
    return " ".join(_FIGURE.sub("#", masked).split()).strip("“” .!?\"'")


def _plain(sentence: str) -> str:
    return " ".join(words(sentence))


def _dump_world() -> list[Any]:
    members = (one for value in vars(nekopolis()).values() if isinstance(value, tuple) for one in value)
    return [one.model_dump(mode="json") for one in members if isinstance(one, BaseModel)]


def _values(value: Any, key: str | None) -> Iterator[str]:
    """All strings in a value, or those that stand under this key."""
    if isinstance(value, dict):
        for name, member in value.items():
            if isinstance(member, str) and key in (None, name):
                yield member
            elif not isinstance(member, str):
                yield from _values(member, key)
    elif isinstance(value, list | tuple):
        for member in value:
            yield from _values(member, key) if not isinstance(member, str) else ((member,) if key is None else ())
