"""Absent characters, and things that are not the cat's: people of the world who are elsewhere, and what was never
gained, may be spoken of but do not act and are not in its paws."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contracts.dm import Finding
from services.dm.domain.english.tokens import join_words
from services.dm.domain.english.word_lists import read_alternatives
from services.dm.domain.findings import make_finding
from services.dm.domain.grounding.evidence import Evidence

_NAME = r"((?:(?-i:[A-Z])[\w’'-]+)(?: (?-i:[A-Z])[\w’'-]+){0,3})"
_GESTURE = read_alternatives("gestures")
_ACTING = re.compile(
    rf"\b{_NAME},? (?:\w+ly )?{_GESTURE}\b|\b(?:says|asks|whispers|mutters|replies|shouts|adds) {_NAME}"
)
_OWN = re.compile(rf"\b[Yy]our {_NAME}")


def check(text: str, clauses: tuple[str, ...], known: Evidence) -> Iterator[Finding]:
    """People who act without being here, and things that are called the character's and are not."""
    public = {join_words(name).removeprefix("the ") for name in known.names}
    here = _here(known)
    for match in _ACTING.finditer(re.sub(r"“[^”]*”|\"[^\"]*\"", "“”", text)):
        name = join_words(match.group(1) or match.group(2)).removeprefix("the ")
        if name in public and f" {name} " not in here:
            yield make_finding("absent-person", name, f"“{name}” is not here and cannot act in this scene.")
    own = f" {' '.join(sorted(known.happened.carried))} "
    for_sale = {join_words(each.name) for each in (*known.briefing.wares, *known.briefing.finds)}
    for clause in clauses:
        for match in _OWN.finditer(clause):
            name = join_words(match.group(1))
            carried = all(f" {word} " in own for word in name.split())
            if name in public and not carried and (f" {name} " not in here or name in for_sale):
                yield make_finding("not-yours", name, f"The character does not have “{name}”.")


def _here(known: Evidence) -> str:
    """Everybody and everything in the scene, its ways out, and what this turn's outcomes spoke of, as joined words."""
    scene = known.scene.state
    foes = scene.encounter.enemies if scene.encounter else ()
    seen = known.briefing
    things = (seen.place, *seen.exits, *(way.to for way in seen.exits), *seen.npcs, *seen.enemies, *seen.features)
    things = (*things, *seen.finds, *seen.wares, *seen.quests, *seen.abilities)
    shop = (seen.shop.name,) if seen.shop else ()
    names = (
        *(thing.name for thing in things),
        *(foe.name for foe in foes),
        *(quest.name for quest in scene.quests),
        *shop,
    )
    outcomes = (o for played in known.rounds for o in played.outcomes)
    mentioned = (mention.name for outcome in outcomes for mention in outcome.mentions)
    own = (scene.character.name, scene.character.class_name, *(item.name for item in scene.character.inventory))
    return f" {' | '.join(join_words(name) for name in (*names, *mentioned, *own))} "
