"""Paying what canon promises: experience, credits, things, regard and knowledge."""

from __future__ import annotations

from collections.abc import Iterable

from contracts.canon import Item, Npc, Reward, Secret
from contracts.effects import (
    CreditsGained,
    DispositionChanged,
    ExperienceGained,
    ItemGained,
    NpcMet,
    SecretRevealed,
)
from contracts.tools import Refusal
from services.tools.domain.holdings import Holdings
from services.tools.domain.ruling import NamedThing, Ruling, refuse
from services.tools.domain.surroundings import Surroundings, first


def payable(items: Iterable[str], here: Surroundings, holdings: Holdings) -> Refusal | None:
    """The refusal when things promised cannot be handed over now, None when they can."""
    things = [here.item(item_id) for item_id in items]
    known = [item for item in things if item]
    if len(known) < len(things):
        return refuse("canon-incomplete", "Only what canon knows can be gained.", "Something about this is missing.")
    if not holdings.fits(known):
        return bag_full(known)
    return None


def pay(reward: Reward, source: NamedThing, here: Surroundings, holdings: Holdings, ruling: Ruling) -> None:
    """Propose a payable reward, once. Regard of somebody unknown to this place and never met is lost."""
    if reward.xp:
        ruling.does(ExperienceGained(amount=reward.xp, source=source.id))
        ruling.tells(f"You gain {reward.xp} experience.")
    if reward.credits:
        ruling.does(CreditsGained(amount=reward.credits, source=source.id))
        ruling.tells(f"You gain {reward.credits} credits.")
    for item_id in reward.items:
        if item := here.item(item_id):
            gain(item, 1, source.id, holdings, ruling)
    for npc_id, amount in reward.disposition.items():
        _regard(npc_id, amount, here, holdings, ruling)
    for secret_id in reward.reveals:
        reveal(secret_id, here, holdings, ruling)


def gain(item: Item, quantity: int, source: str, holdings: Holdings, ruling: Ruling) -> None:
    """Propose that things which fit are gained."""
    ruling.does(ItemGained(item=holdings.gain(item, quantity), source=source))
    ruling.tells(f"You now carry {f'{quantity} × ' if quantity > 1 else ''}{item.name}.", item)


def reveal(secret_id: str, here: Surroundings, holdings: Holdings, ruling: Ruling) -> None:
    """Propose that a secret is learnt, unless it was known; tell it when canon has its text here."""
    if not holdings.reveal(secret_id):
        return
    ruling.does(SecretRevealed(secret=secret_id))
    secret: Secret | None = first(here.canon.secrets, secret_id)
    if secret:
        ruling.tells(f"You learn of {secret.name}: {secret.text}", secret)


def meet(npc: Npc, holdings: Holdings, ruling: Ruling) -> None:
    """Propose the first meeting, unless there was one."""
    if holdings.meet(npc):
        ruling.does(NpcMet(npc=npc.id, disposition=npc.disposition))
        ruling.tells(f"You meet {npc.name}, {npc.role}.", npc)


def bag_full(items: list[Item]) -> Refusal:
    """The refusal of what is too much to carry."""
    names = ", ".join(item.name for item in items)
    return refuse("bag-full", "What one carries has a limit.", f"You cannot carry {names} as well.", ["drop", "sell"])


def _regard(npc_id: str, amount: int, here: Surroundings, holdings: Holdings, ruling: Ruling) -> None:
    npc = here.npc(npc_id)
    if npc:
        meet(npc, holdings, ruling)
    if not amount or npc_id not in holdings.met:
        return
    ruling.does(DispositionChanged(npc=npc_id, amount=amount))
    if npc:
        ruling.tells(f"{npc.name} thinks {'better' if amount > 0 else 'worse'} of you.", npc)
