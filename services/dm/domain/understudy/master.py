"""Understudy: a game master without a model: it reads the action, lets the rules decide, tells what they said."""

from __future__ import annotations

import re

from contracts.dm import DungeonMasterReplied, InvokeDungeonMaster, PlayedRound
from contracts.state import Scene
from contracts.tools import ToolCall
from services.dm.domain.consequences import find_lives_lost
from services.dm.domain.reading import Deed, Step, read
from services.dm.domain.suggestions import suggest
from services.dm.domain.understudy.left_over import find_left_over, find_near, find_spoken
from services.dm.domain.understudy.narrator.narrate import tell

MOST_INTENTS = 3
"""Most intents of one turn; the rules give it one action and one move anyway."""
_OWN_CALL = re.compile(r"u(\d+)")
_SIDE_BY_SIDE = frozenset(("take", "buy", "sell", "give"))
"""Intents of one kind that may be ruled on in the same round: none changes what another of its kind finds."""
_FIGHTING = frozenset(("attack", "defend", "flee", "use_ability", "use_item", "hide", "equip"))


def reply(request: InvokeDungeonMaster, *, told: int = 0) -> DungeonMasterReplied:
    """Intents as long as there is something left to propose, then the story. The same request, the same reply.
    `told`: characters of this turn's story that the player was told already; the two fit together."""
    proposed = _list_proposed(request.rounds)
    last = max(proposed, default=-1)
    steps = read(request.action, request.scene, request.briefing, request.history, after=last)
    calls = _next_calls(steps, proposed, request) if request.tools_allowed else ()
    if calls:
        return DungeonMasterReplied(envelope=request.envelope, told_by="understudy", calls=calls, stop="tools")
    spoken = find_spoken(steps, proposed, request)
    near = () if request.rounds else find_near(spoken)
    return DungeonMasterReplied(
        envelope=request.envelope,
        told_by="understudy",
        narrative=tell(request, spoken, find_left_over(steps, proposed, request), told=told),
        suggested_actions=suggest(request.scene, request.briefing, request.number, near),
    )


def _next_calls(
    steps: tuple[Step, ...], proposed: tuple[int, ...], request: InvokeDungeonMaster
) -> tuple[ToolCall, ...]:
    if request.scene.state.status == "ended" or not _may_go_on(request.rounds):
        return ()
    last = max(proposed, default=-1)
    called = [(o.call.name, o.call.arguments) for played in request.rounds for o in played.outcomes]
    deeds = [(s.position, s.meaning) for s in steps if isinstance(s.meaning, Deed) and s.position > last]
    left = [
        (p, deed) for p, deed in deeds if (deed.tool, arguments_of(deed)) not in called or deed.tool == "use_ability"
    ]
    if proposed:
        left = _as_the_fight_allows(left, request.scene)
    batch: list[tuple[int, Deed]] = []
    for position, deed in left[: MOST_INTENTS - len(proposed)]:
        if batch and not _fits_beside(deed, batch[-1][1]):
            break
        if deed not in (other for _, other in batch):
            batch.append((position, deed))
    return tuple(ToolCall(call_id=f"u{p}", name=d.tool, arguments=arguments_of(d)) for p, d in batch)


def arguments_of(deed: Deed) -> dict[str, str]:
    """The arguments that are known."""
    return {name: value for name, value in deed.arguments.items() if value}


def _may_go_on(rounds: tuple[PlayedRound, ...]) -> bool:
    """Only after rounds of its own, all of whose outcomes stand: a plan that met a no, or cost a life, is not carried
    on. A life lost as the turn began leaves the whole turn."""
    rounds = tuple(played for played in rounds if played.outcomes)
    if find_lives_lost(rounds):
        return False
    own = [o for played in rounds for o in played.outcomes if _OWN_CALL.fullmatch(o.call.call_id)]
    refused = {key for played in rounds for key in played.refused}
    return not rounds or (bool(own) and all(o.verdict == "done" and o.key not in refused for o in own))


def _list_proposed(rounds: tuple[PlayedRound, ...]) -> tuple[int, ...]:
    """The positions of the deeds that were proposed."""
    ids = (_OWN_CALL.fullmatch(o.call.call_id) for played in rounds for o in played.outcomes)
    return tuple(int(match.group(1)) for match in ids if match)


def _as_the_fight_allows(left: list[tuple[int, Deed]], scene: Scene) -> list[tuple[int, Deed]]:
    if scene.state.encounter is None:
        return left
    return [(p, deed) for p, deed in left if deed.tool in _FIGHTING and scene.budget.action]


def _fits_beside(deed: Deed, before: Deed) -> bool:
    """Most intents change what the next one meets: it waits for the round after, and is read against the new scene."""
    return before.tool == "talk" or (deed.tool == before.tool and deed.tool in _SIDE_BY_SIDE)
