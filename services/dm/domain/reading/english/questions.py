"""Words that questions begin with, and single words that are a whole question."""

from __future__ import annotations

from services.dm.domain.english.word_lists import word_set

WH = word_set("what who whom whose where when why how which")
AUXILIARIES = word_set(
    "is are am was were do does did has have had will would can could should shall may might must any"
)
"""A question begins with one of these."""

BARE: dict[str, str] = {
    word: subject
    for subject, words in {
        "inventory": "inventory bag items stuff belongings possessions backpack pockets bags weapons",
        "load": "load weight capacity encumbrance",
        "worn": "worn equipment outfit",
        "money": "money credits cash purse wallet balance gold",
        "self": "self stats stat character sheet attributes profile me armour armor status",
        "abilities": "abilities skills powers spells moves ability cooldowns",
        "level": "level xp exp experience levels",
        "lives": "lives life",
        "health": "health hp energy stamina vitals wounds hitpoints",
        "conditions": "conditions effects debuffs buffs",
        "enemies": "enemies foes enemy monsters threats",
        "look": "look place room surroundings here location",
        "people": "people npcs who company characters",
        "exits": "exits exit directions doors where ways paths",
        "safety": "safety danger safe",
        "wares": "wares shop store stock prices menu goods shopping",
        "quests": "quests quest journal missions mission jobs tasks job",
        "next-step": "objective goal hint hints objectives goals next",
        "recap": "recap summary history previously",
        "options": "options actions choices ideas suggestions",
        "help": "help tutorial instructions manual commands controls how info",
        "rules": "rules rule",
        "game": "save load quit undo restart settings menu version restore credits exit game",
        "map": "map places",
        "time": "time clock date day",
    }.items()
    for word in words.split()
}
"""Single words (with "my", "the", "show", "check" …) that are a whole question."""
BARE.update(
    {"menu": "wares", "credits": "money", "exit": "exits", "huh": "options", "what": "options", "status": "health"}
)


def question_words() -> frozenset[str]:
    """Every word that a question is known by."""
    return WH | AUXILIARIES | frozenset(BARE)
