"""Every quest can be finished, every secret is told by something, every ending and every item can be had."""

from __future__ import annotations

from collections.abc import Iterator

from contracts.canon import Quest
from services.lore.domain.pack import Pack
from services.lore.domain.pack_fault import PackFault
from services.lore.domain.reachability import Reachability


def faults(pack: Pack, reachable: Reachability) -> Iterator[PackFault]:
    for quest in pack.quests:
        if quest.id not in reachable.quests:
            yield PackFault(pack.file_of("quests", quest.id), quest.id, *_find_unfinished(quest, reachable))
        yield from _find_wasted(pack, quest)
        yield from _find_lost(pack, quest)
    for secret in pack.secrets:
        if secret.id not in reachable.secrets:
            remedy = "let a topic, a feature or a quest reveal it"
            yield PackFault(pack.file_of("secrets", secret.id), secret.id, "is revealed by nothing", remedy)
    for ending in pack.endings:
        if ending.id not in reachable.endings:
            wrong = "is the ending of no quest that can be finished"
            yield PackFault(pack.file_of("endings", ending.id), ending.id, wrong, "name it as a quest's ending")
    had = reachable.items.union(*(c.items for c in pack.classes))
    for item in pack.items:
        if item.id not in had:
            wrong, remedy = "can be had nowhere", "put it into a find, a shop, a loot table or a reward"
            yield PackFault(pack.file_of("items", item.id), item.id, wrong, remedy)


def _find_unfinished(quest: Quest, reachable: Reachability) -> tuple[str, str]:
    if quest.giver not in reachable.npcs:
        return f"cannot begin: its giver {quest.giver} is never met", "put the giver into a place that can be reached"
    missing = [r for r in quest.requires if r not in reachable.quests]
    if missing:
        return f"cannot begin: it requires {', '.join(missing)}, never finished", "mend those, or require others"
    stage = next(s for s in quest.stages if not reachable.has_met(s.goal))
    goal = stage.goal
    there = f" ({reachable.enemies[goal.target]} of {goal.count} there)" if goal.kind == "defeat" else ""
    return (
        f"cannot be finished: {stage.id} wants to {goal.kind} {goal.target}, which is out of reach{there}",
        "name another goal, or make this one reachable before the stage",
    )


def _find_wasted(pack: Pack, quest: Quest) -> Iterator[PackFault]:
    """Beaten enemies stay beaten, and only those beaten during the stage count: they must be out of reach before."""
    for number, stage in enumerate(quest.stages):
        if stage.goal.kind != "defeat":
            continue
        early = Reachability(pack, before=(quest.id, number), searching=True).explore()
        whole = sum(s.count for p in pack.places for s in p.spawns if s.enemy == stage.goal.target)
        if whole - early.enemies[stage.goal.target] < stage.goal.count:
            yield PackFault(
                pack.file_of("quests", quest.id),
                quest.id,
                f"can be spoilt: {stage.goal.target} may be beaten before {stage.id} begins, and then never again",
                "put the enemy behind a lock whose only key is the reward of an earlier stage",
            )


def _find_lost(pack: Pack, quest: Quest) -> Iterator[PackFault]:
    """Wanted items must not be sold, eaten or thrown away before the quest takes them: keys are not."""
    for stage in quest.stages:
        item = pack.item.get(stage.goal.target) if stage.goal.kind in ("hold", "deliver") else None
        if item and item.kind != "key":
            wrong = f"can be spoilt: {item.id}, wanted by {stage.id}, is no key and may be parted with before"
            yield PackFault(pack.file_of("quests", quest.id), quest.id, wrong, f"make {item.id} of kind key")
