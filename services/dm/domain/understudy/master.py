"""Understudy: a game master without a model: it reads the action, lets the rules decide, tells what they said."""

from __future__ import annotations

import re

from contracts.dm import DungeonMasterReplied, InvokeDungeonMaster, PlayedRound
from contracts.state import Scene
from contracts.tools import ToolCall
from services.dm.domain.consequences import find_lives_lost
from services.dm.domain.readings import Aside, IntendedCall
from services.dm.domain.suggestions import suggest
from services.dm.domain.understudy.narrator.narrate import tell
from services.dm.domain.understudy.reader.reading import ClauseReading, read

_OWN_CALL = re.compile(r"u(\d+)")
_SIDE_BY_SIDE = frozenset(("take", "buy", "sell", "give"))
"""Intents of one kind that may be ruled on in the same round: none changes what another of its kind finds."""
_FIGHTING = frozenset(("attack", "defend", "flee", "use_ability", "use_item", "hide", "equip"))


def reply(request: InvokeDungeonMaster, *, told: int = 0) -> DungeonMasterReplied:
    """Intents as long as there is something left to propose, then the story. The same request, the same reply.
    `told`: characters of this turn's story that the player was told already; the two fit together."""
    steps = read(request.action, request.scene, request.briefing)
    calls = _next_calls(steps, request) if request.tools_allowed else ()
    if calls:
        return DungeonMasterReplied(envelope=request.envelope, told_by="understudy", calls=calls, stop="tools")
    asides = tuple(step.reading for step in steps if isinstance(step.reading, Aside))
    return DungeonMasterReplied(
        envelope=request.envelope,
        told_by="understudy",
        narrative=tell(request, asides, told=told),
        suggested_actions=suggest(request.scene, request.briefing, request.number),
    )


def _next_calls(steps: tuple[ClauseReading, ...], request: InvokeDungeonMaster) -> tuple[ToolCall, ...]:
    if request.scene.state.status == "ended" or not _may_go_on(request.rounds):
        return ()
    done = _positions(request.rounds)
    left = [(s.position, s.reading) for s in steps if isinstance(s.reading, IntendedCall) and s.position > done]
    if done >= 0:
        left = _as_the_fight_allows(left, request.scene)
    batch: list[tuple[int, IntendedCall]] = []
    for position, intent in left:
        if batch and not _fits_beside(intent, batch[-1][1]):
            break
        batch.append((position, intent))
    return tuple(ToolCall(call_id=f"u{p}", name=i.tool, arguments=dict(i.arguments)) for p, i in batch)


def _may_go_on(rounds: tuple[PlayedRound, ...]) -> bool:
    """Only after rounds of its own, all of whose outcomes stand: a plan that met a no, or cost a life, is not carried
    on. A life lost as the turn began leaves the whole turn."""
    rounds = tuple(played for played in rounds if played.outcomes)
    if find_lives_lost(rounds):
        return False
    own = [o for played in rounds for o in played.outcomes if _OWN_CALL.fullmatch(o.call.call_id)]
    refused = {key for played in rounds for key in played.refused}
    return not rounds or (bool(own) and all(o.verdict == "done" and o.key not in refused for o in own))


def _positions(rounds: tuple[PlayedRound, ...]) -> int:
    """The last clause of the action that was proposed; -1 when none was."""
    ids = (_OWN_CALL.fullmatch(o.call.call_id) for played in rounds for o in played.outcomes)
    return max((int(match.group(1)) for match in ids if match), default=-1)


def _as_the_fight_allows(left: list[tuple[int, IntendedCall]], scene: Scene) -> list[tuple[int, IntendedCall]]:
    if scene.state.encounter is None:
        return left
    return [(p, intent) for p, intent in left if intent.tool in _FIGHTING and scene.budget.action]


def _fits_beside(intent: IntendedCall, before: IntendedCall) -> bool:
    """Most intents change what the next one meets: it waits for the round after, and is read against the new scene."""
    return before.tool == "talk" or (intent.tool == before.tool and intent.tool in _SIDE_BY_SIDE)
