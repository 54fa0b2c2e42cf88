"""Where the character is, and who lives: a story may move and kill nobody that the rules have not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contracts.dm import Finding, ValidateAndRoute
from services.dm.domain.grounding.evidence import fold
from services.dm.domain.grounding.happened import Happened
from services.dm.domain.intents import finding

_BEING = (
    r"(?:dies|die|is dead|are dead|drops? dead|falls? (?:dead|apart|to pieces)|lies? dead|crumbles?|bursts?|dissolves?|"
    r"disintegrates?|explodes?|comes? apart|is no more|stops? breathing|perish(?:es)?|flees?|retreats?|surrenders?)"
)
_GOES = (
    r"\byou (?:\w+ly )?(?:step|walk|arrive|reach|enter|come|emerge|slip|climb|duck|run|leap|are (?:now |back "
    r"|suddenly )|"
    r"find yourself|wake|stand)\b"
)


_HEART = r"\b(?:his|her|its|their) heart (?:has |have )?stop(?:s|ped)\b"


def check(clauses: tuple[str, ...], now: Happened, request: ValidateAndRoute) -> Iterator[Finding]:
    """Deaths and arrivals that did not happen."""
    for clause in clauses:
        yield from _deaths(clause, now, request)
        yield from _arrivals(clause, now, request)


def _deaths(clause: str, now: Happened, request: ValidateAndRoute) -> Iterator[Finding]:
    """Somebody who is here is said to have died."""
    people = tuple(person.name for person in request.briefing.npcs)
    fight = request.scene.state.encounter
    foes = (*(foe.name for foe in (fight.enemies if fight else ())), *(foe.name for foe in request.briefing.enemies))
    escaped = now.any_of("encounter-ended")
    for names, event, state in ((people, False, False), (foes, now.felled or escaped, now.fallen)):
        told = names and _death(clause, names)
        if told and not (event or (state and " dead" in told.casefold())):
            yield finding("unearned-death", clause, f"Nobody died of this in this turn: “{clause[:160]}”.")
            return


def _death(clause: str, names: tuple[str, ...]) -> str | None:
    """The words in which one of these dies, by the last part of their names: "the second Dust Bunny" is a bunny."""
    lasts = {fold(name).split()[-1] for name in names} | {fold(name).split()[0] for name in names if " " in name}
    who = "|".join(sorted({form for last in lasts for form in _forms(last)} - {"the"}))
    near = r"(?: \S+){0,4}?"
    dying = rf"\b(?:{who})\b{near} {_BEING}\b|\byou (?:kill|slay|murder|execute|finish off)\b{near} (?:{who})\b"
    match = re.search(rf"{dying}|{_HEART}", clause, re.IGNORECASE)
    return match.group() if match else None


def _forms(word: str) -> tuple[str, ...]:
    """Singular and plural."""
    return (re.escape(word), re.escape(word) + "s", re.escape(word.removesuffix("y")) + "ies")


def _arrivals(clause: str, now: Happened, request: ValidateAndRoute) -> Iterator[Finding]:
    """The character is said to be somewhere else than it is."""
    if now.any_of("moved", "life-lost"):
        return
    state = request.scene.state
    beyond = _elsewhere(request)
    names = "|".join(re.escape(re.sub(r"(?i)^the ", "", name)) for name in sorted(beyond))
    into = r"(?<!out of )(?<!from )(?:in|into|on|onto|at|to|reach|enter|are|and)"
    there = rf"(?:\S+ ){{0,8}}?{into} (?:the )?(?:{names})\b"
    lies = rf"\byou are (?:\S+ ){{0,4}}?(?:in|inside|on|at) (?:the )?(?:{names})\b"
    if beyond and re.search(rf"{lies}|{_GOES}.*?\b{there}|{_GOES} (?:the )?(?:{there})", clause, re.IGNORECASE):
        yield finding("unearned-move", clause, f"The character is in {state.place.name}: “{clause[:160]}”.")


def _elsewhere(request: ValidateAndRoute) -> set[str]:
    """Places and whatever else has a public name and is not in this scene."""
    state, seen = request.scene.state, request.briefing
    known = {place.name for place in state.places} | {way.to.name for way in seen.exits}
    here = {way.name for way in seen.exits} | {state.place.name, seen.district, state.character.class_name}
    here |= {person.name for person in seen.npcs} | {ware.name for ware in seen.wares}
    here |= {thing.name for thing in (*seen.enemies, *seen.features, *seen.finds)}
    here |= {offer.name for offer in seen.quests} | {quest.name for quest in state.quests}
    here |= {item.name for item in state.character.inventory}
    here |= {each.ability.name for each in state.character.abilities}
    return (known | {name for name in request.names if " " in name}) - here
