"""Who is here and what is the character's own: people of the world who are elsewhere, and things that were never
gained, may be spoken of but do not act and are not in its paws."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contracts.dm import Finding, ValidateAndRoute
from services.dm.domain.grounding.evidence import fold
from services.dm.domain.grounding.happened import Happened
from services.dm.domain.intents import finding

_NAME = r"((?:(?-i:[A-Z])[\w’'-]+)(?: (?-i:[A-Z])[\w’'-]+){0,3})"
_GESTURE = (
    r"(?:says|asks|whispers|mutters|replies|shouts|nods|waves|grins|smiles|winks|shrugs|bows|steps|leans|strides"
    r"|laughs|"
    r"sighs|yawns|hands|gives|offers|appears|arrives|enters|greets|glares|watches|sweeps|walks|runs|comes|strolls"
    r"|slips|sits|stands|pads|prowls|turns|points|snaps|"
    r"smirks|chuckles|clears|lifts|raises|looks|stares|peers|wants|waits)"
)
_ACTING = re.compile(
    rf"\b{_NAME},? (?:\w+ly )?{_GESTURE}\b|\b(?:says|asks|whispers|mutters|replies|shouts|adds) {_NAME}"
)
_OWN = re.compile(rf"\b[Yy]our {_NAME}")


def check(text: str, clauses: tuple[str, ...], now: Happened, request: ValidateAndRoute) -> Iterator[Finding]:
    """People who act without being here, and things that are called the character's and are not."""
    public = {fold(name).removeprefix("the ") for name in request.names}
    here = _here(request)
    for match in _ACTING.finditer(re.sub(r"“[^”]*”|\"[^\"]*\"", "“”", text)):
        name = fold(match.group(1) or match.group(2)).removeprefix("the ")
        if name in public and f" {name} " not in here:
            yield finding("absent-person", name, f"“{name}” is not here and cannot act in this scene.")
    own = f" {' '.join(sorted(now.carried))} "
    for_sale = {fold(each.name) for each in (*request.briefing.wares, *request.briefing.finds)}
    for clause in clauses:
        for match in _OWN.finditer(clause):
            name = fold(match.group(1))
            carried = all(f" {word} " in own for word in name.split())
            if name in public and not carried and (f" {name} " not in here or name in for_sale):
                yield finding("not-yours", name, f"The character does not have “{name}”.")


def _here(request: ValidateAndRoute) -> str:
    """Everybody and everything in the scene, its ways out, and what this turn's outcomes spoke of, as folded text."""
    scene = request.scene.state
    foes = scene.encounter.enemies if scene.encounter else ()
    seen = request.briefing
    things = (seen.place, *seen.exits, *(way.to for way in seen.exits), *seen.npcs, *seen.enemies, *seen.features)
    things = (*things, *seen.finds, *seen.wares, *seen.quests, *seen.abilities)
    shop = (seen.shop.name,) if seen.shop else ()
    names = (
        *(thing.name for thing in things),
        *(foe.name for foe in foes),
        *(quest.name for quest in scene.quests),
        *shop,
    )
    outcomes = (o for played in request.rounds for o in played.outcomes)
    mentioned = (mention.name for outcome in outcomes for mention in outcome.mentions)
    own = (scene.character.name, scene.character.class_name, *(item.name for item in scene.character.inventory))
    return f" {' | '.join(fold(name) for name in (*names, *mentioned, *own))} "
