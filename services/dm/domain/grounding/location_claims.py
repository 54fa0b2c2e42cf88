"""Location and death claims: a story may move and kill nobody that the rules have not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contracts.dm import Finding
from services.dm.domain.english.tokens import join_words
from services.dm.domain.english.word_lists import read_alternatives
from services.dm.domain.findings import make_finding
from services.dm.domain.grounding.evidence import Evidence

_DYING = read_alternatives("deaths")
_GOES = (
    r"\byou (?:\w+ly )?(?:step|walk|arrive|reach|enter|come|emerge|slip|climb|duck|run|leap|are (?:now |back "
    r"|suddenly )|"
    r"find yourself|wake|stand)\b"
)


_HEART = r"\b(?:his|her|its|their) heart (?:has |have )?stop(?:s|ped)\b"


def check(clauses: tuple[str, ...], known: Evidence) -> Iterator[Finding]:
    """Deaths and arrivals that did not happen."""
    elsewhere = _elsewhere_said(known)
    for clause in clauses:
        yield from _deaths(clause, known)
        if elsewhere and elsewhere.search(clause):
            place = known.scene.state.place.name
            yield make_finding("unearned-move", clause, f"The character is in {place}: “{clause[:160]}”.")


def _deaths(clause: str, known: Evidence) -> Iterator[Finding]:
    """Somebody who is here is said to have died."""
    now = known.happened
    people = tuple(person.name for person in known.briefing.npcs)
    fight = known.scene.state.encounter
    foes = (*(foe.name for foe in (fight.enemies if fight else ())), *(foe.name for foe in known.briefing.enemies))
    escaped = now.any_of("encounter-ended")
    for names, event, state in ((people, False, False), (foes, now.felled or escaped, now.fallen)):
        told = names and _death(clause, names)
        if told and not (event or (state and " dead" in told.casefold())):
            yield make_finding("unearned-death", clause, f"Nobody died of this in this turn: “{clause[:160]}”.")
            return


def _death(clause: str, names: tuple[str, ...]) -> str | None:
    """The words in which one of these dies, by the last part of their names: "the second Dust Bunny" is a bunny."""
    lasts = {join_words(name).split()[-1] for name in names} | {
        join_words(name).split()[0] for name in names if " " in name
    }
    who = "|".join(sorted({form for last in lasts for form in _forms(last)} - {"the"}))
    near = r"(?: \S+){0,4}?"
    dying = rf"\b(?:{who})\b{near} {_DYING}\b|\byou (?:kill|slay|murder|execute|finish off)\b{near} (?:{who})\b"
    match = re.search(rf"{dying}|{_HEART}", clause, re.IGNORECASE)
    return match.group() if match else None


def _forms(word: str) -> tuple[str, ...]:
    """Singular and plural."""
    return (re.escape(word), re.escape(word) + "s", re.escape(word.removesuffix("y")) + "ies")


def _elsewhere_said(known: Evidence) -> re.Pattern[str] | None:
    """The words in which the character is said to be somewhere else than it is; none in a turn in which it moved."""
    beyond = _elsewhere(known)
    if not beyond or known.happened.any_of("moved", "life-lost"):
        return None
    names = "|".join(re.escape(re.sub(r"(?i)^the ", "", name)) for name in sorted(beyond))
    into = r"(?<!out of )(?<!from )(?:in|into|on|onto|at|to|reach|enter|are|and)"
    there = rf"(?:\S+ ){{0,8}}?{into} (?:the )?(?:{names})\b"
    lies = rf"\byou are (?:\S+ ){{0,4}}?(?:in|inside|on|at) (?:the )?(?:{names})\b"
    return re.compile(rf"{lies}|{_GOES}.*?\b{there}|{_GOES} (?:the )?(?:{there})", re.IGNORECASE)


def _elsewhere(known: Evidence) -> set[str]:
    """Places and whatever else has a public name and is not in this scene."""
    state, seen = known.scene.state, known.briefing
    charted = {place.name for place in state.places} | {way.to.name for way in seen.exits}
    here = {way.name for way in seen.exits} | {state.place.name, seen.district, state.character.class_name}
    here |= {person.name for person in seen.npcs} | {ware.name for ware in seen.wares}
    here |= {thing.name for thing in (*seen.enemies, *seen.features, *seen.finds)}
    here |= {offer.name for offer in seen.quests} | {quest.name for quest in state.quests}
    here |= {item.name for item in state.character.inventory}
    here |= {each.ability.name for each in state.character.abilities}
    return (charted | {name for name in known.names if " " in name}) - here
