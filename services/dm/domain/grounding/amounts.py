"""Amounts, checked by what they measure: damage is checked against damage, a price against prices. A figure that stands
somewhere on the sheet does not make an invented wound true."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contracts.dm import Finding
from contracts.effects import LevelGained
from contracts.tools import Outcome
from services.dm.domain.english.negation import denies
from services.dm.domain.english.numerals import NUMERAL, read_numeral
from services.dm.domain.english.sentences import split_sentences
from services.dm.domain.findings import make_finding
from services.dm.domain.grounding.evidence import Evidence

_UNITS = {
    "damage": r"(?:points? of )?(?:\w+ )?damage",
    "health": r"hit points?|hp|health",
    "credits": r"credits?",
    "experience": r"xp|experience(?: points?)?",
    "energy": r"energy(?: points?)?",
    "lives": r"lives",
}
_COUNT = rf"(?P<count>\d[\d,]*|(?:an?\s+)?(?:{NUMERAL})(?:(?:\s+and\s+|[\s-]+)(?:{NUMERAL}))*)"
_AMOUNTS = {
    unit: re.compile(rf"\b{_COUNT}\s+(?:more |full |whole )?(?:{wording})\b", re.IGNORECASE)
    for unit, wording in _UNITS.items()
}
_LEVEL = re.compile(rf"\blevel\s+{_COUNT}\b", re.IGNORECASE)
Allowed = dict[str, set[int]]


def check(narrative: str, known: Evidence) -> Iterator[Finding]:
    """Amounts that nothing of their kind bears out. A denial may repeat what the player brought up."""
    allowed, told = _allowed(known), _told(known)
    for sentence in split_sentences(narrative):
        for unit, wording, value in _claimed(sentence):
            if value in allowed[unit] or (unit, value) in told:
                continue
            if denies(sentence) and str(value) in known.action_words:
                continue
            yield make_finding(
                "unknown-figure", wording, f"“{wording}” is no {unit} of the scene or of this turn's outcomes."
            )


def _claimed(sentence: str) -> Iterator[tuple[str, str, int]]:
    for unit, pattern in (*_AMOUNTS.items(), ("level", _LEVEL)):
        for match in pattern.finditer(sentence):
            yield unit, match.group(), _value(match["count"])


def _value(count: str) -> int:
    return int(count.replace(",", "")[:12]) if count[0].isdigit() else read_numeral(count)


def _told(known: Evidence) -> set[tuple[str, int]]:
    """Amounts in the words of the rules and of the world."""
    said = [text for played in known.rounds for o in played.outcomes for text in (*o.facts, *_refusal(o))]
    said += [reason for played in known.rounds for reason in played.refused.values()]
    said += [known.briefing.description, *(person.description for person in known.briefing.npcs)]
    said += [passage.text for passage in known.passages] + [memory.text for memory in known.memories]
    return {(unit, value) for text in said for unit, _, value in _claimed(text)}


def _refusal(outcome: Outcome) -> tuple[str, ...]:
    return (outcome.refusal.message, outcome.refusal.rule) if outcome.refusal else ()


def _allowed(known: Evidence) -> Allowed:
    """What each kind of amount may be: what there is, what changed, and what a teller works out from these."""
    state = known.scene.state
    cat, foes = state.character, state.encounter.enemies if state.encounter else ()
    changes = _changes(known)
    pays = known.briefing.pays
    prices = {ware.price for ware in known.briefing.wares} | {item.price for item in cat.inventory}
    promised = {pay.credits for pay in pays}
    body = {cat.hp, cat.max_hp, cat.max_hp - cat.hp, *(n for foe in foes for n in (foe.hp, foe.max_hp))}
    at_next = known.scene.derived.next_level_xp
    return {
        "damage": changes["damaged"],
        "health": body | changes["damaged"] | changes["healed"] | {each.hp_gained for each in _levels(known)},
        "credits": {cat.credits}
        | prices
        | {abs(price - cat.credits) for price in prices}
        | promised
        | changes["credits"],
        "experience": {cat.xp, at_next or 0, (at_next or 0) - cat.xp}
        | {pay.xp for pay in pays}
        | changes["experience-gained"],
        "energy": {cat.energy, cat.max_energy, *(has.ability.cost for has in cat.abilities)} | changes["energy"],
        "lives": {cat.lives, 9, 9 - cat.lives, 1},
        "level": {cat.level},
    }


def _levels(known: Evidence) -> list[LevelGained]:
    return [each for played in known.rounds for each in played.consequences if each.kind == "level-gained"]


def _changes(known: Evidence) -> Allowed:
    """Amounts of this turn's effects and their sums, by kind and target."""
    found: Allowed = {"damaged": set(), "healed": set(), "credits": set(), "experience-gained": set(), "energy": set()}
    sums: dict[tuple[str, str], int] = {}
    for effect in (e for played in known.rounds for o in played.outcomes for e in o.effects):
        kind = next((k for k in found if effect.kind.startswith(k)), None)
        if kind:
            amount = int(getattr(effect, "amount", 0))
            whom = str(getattr(effect, "target", effect.kind))
            sums[kind, whom] = sums.get((kind, whom), 0) + amount
            found[kind] |= {amount, sums[kind, whom]}
    found["damaged"].add(
        sum(total for (kind, whom), total in sums.items() if kind == "damaged" and whom != "character")
    )
    found["credits"] |= {find.count for find in known.briefing.finds} | {
        each.credits_lost for played in known.rounds for each in played.consequences if each.kind == "life-lost"
    }
    return found
