"""Explanation of a change: the effect, the rule behind it, the dice, and the event and call that vouch for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from contracts.campaign import RecentTurn, TurnCommitted
from contracts.effects import Consequence, Proposal
from contracts.state import CampaignState
from contracts.tools import Outcome, Roll
from ninelives.ops.history.changes import Change, FieldHistory
from ninelives.ops.history.retracing import Record
from ninelives.terminal import plain

ME = "character"


def headline(found: FieldHistory) -> str:
    """The value of the field, and how it came to that."""
    if not found.changes:
        return f"{found.field.name} is {found.now}, as it was after turn {found.since}."
    count = f"{len(found.changes)} change{'' if len(found.changes) == 1 else 's'}"
    total = "" if found.sum is None else f": {found.sum:+d} in all"
    return f"{found.field.name} is {found.now}. It was {found.first} after turn {found.since}; {count}{total}."


def explain(change: Change, record: Record) -> Iterator[str]:
    """Some lines about one change. The turn's record is read for the rule and the dice."""
    kept = record(change.turn.event)
    by = "" if change.difference is None else f"  ({change.difference:+d})"
    yield f"turn {change.turn.number}: {change.before} → {change.after}{by}"
    yield f"  effect  {_effect(change.step.effect)}"
    yield from (f"  rule    {line}" for line in _rule(change, kept))
    yield from (f"  roll    {line}" for line in _rolls(change, kept))
    yield f"  event   {change.turn.event.metadata.event_id}"
    yield f"  call    {change.step.call}"


def quote_turn(words: RecentTurn | None) -> Iterator[str]:
    """The player's action and the story they were told."""
    if words is not None:
        yield f"  action  {plain(words.action)}"
        yield f"  story   {plain(words.narrative)}"


def describe_roll(roll: Roll, cat: str) -> str:
    """A roll in a line, without the name that a player gave."""
    faces = " ".join(str(face) for face in roll.faces)
    kept = "" if roll.kept == roll.faces else f" keeping {' '.join(map(str, roll.kept))}"
    modifiers = "".join(f" {each.amount:+d} {each.name}" for each in roll.modifiers if each.amount)
    against = "" if roll.target is None else f" against {roll.target}: {roll.outcome or 'no outcome'}"
    roller = ME if roll.roller in (cat, ME) else roll.roller
    dice = f"{roll.count}d{roll.sides} [{faces}]{kept}{modifiers}"
    return f"{roll.purpose} by {roller}: {dice} = {roll.total}{against}  {roll.key}"


def _effect(effect: Proposal | Consequence) -> str:
    figures = effect.model_dump(mode="json", exclude={"kind"}, exclude_none=True)
    said = ", ".join(f"{name.replace('_', ' ')} {_short(value)}" for name, value in figures.items())
    return f"{effect.kind}: {said}" if said else effect.kind


def _short(value: Any) -> str:
    """A thing by its id; a list of things by theirs; a text by its beginning."""
    if isinstance(value, dict):
        return str(value.get("id") or value.get("name") or "…")
    if isinstance(value, list):
        return ", ".join(map(_short, value)) or "none"
    return str(value) if len(str(value)) <= 60 else f"{str(value)[:59]}…"


def _rule(change: Change, kept: TurnCommitted | None) -> Iterator[str]:
    effect, outcome = change.step.effect, _outcome(change, kept)
    if outcome is not None:
        yield f"{outcome.call.name}: {' '.join(outcome.facts) or outcome.verdict}"
    if effect.kind == "turn-began" or (effect.kind == "round-passed" and effect.part == "time"):
        when = "the turn begins" if effect.kind == "turn-began" else "time passes"
        yield f"{when}: {', '.join(_ticks(change.step.before)) or 'conditions and cooldowns run down'}"
    if effect.kind == "life-lost":
        yield (
            "no hit points left: a life, a quarter of the credits, all conditions and the fight go; the cat wakes in"
            " its haven with half its hit points"
        )
    if effect.kind == "level-gained":
        yield f"{change.step.before.character.xp} experience make level {effect.level}"


def _ticks(state: CampaignState) -> Iterator[str]:
    """The changes that conditions make to hit points by themselves, in their order."""
    for condition in state.character.conditions:
        change = f" ({condition.hp_per_turn:+d} hp)" if condition.hp_per_turn else ""
        yield (
            f"{condition.name}{change} has {condition.turns - 1} turns left"
            if condition.turns > 1
            else (f"{condition.name}{change} is over")
        )


def _rolls(change: Change, kept: TurnCommitted | None) -> Iterable[str]:
    outcome = _outcome(change, kept)
    return (describe_roll(roll, change.turn.after.character.name) for roll in outcome.rolls) if outcome else ()


def _outcome(change: Change, kept: TurnCommitted | None) -> Outcome | None:
    found = (one.outcome for one in kept.settled if one.outcome.key == change.step.call) if kept else iter(())
    return next(found, None)
