"""Relevance: memories and lore by how much they have to do with some words."""

from __future__ import annotations

from contracts.chronicle import Memory
from contracts.lore import Passage
from services.dm.domain.english.stems import stems


def most_relevant(memories: tuple[Memory, ...], text: str, count: int) -> tuple[Memory, ...]:
    """The memories that share most words with a text, in the order they came. Of equals the longer ones: they tell
    more; and then the later ones."""
    asked = frozenset(stems(text))
    ranked = sorted(enumerate(memories), key=lambda pair: (-_overlap(pair[1], asked), -len(pair[1].text), -pair[0]))
    return tuple(memory for _, memory in sorted(ranked[:count], key=lambda pair: pair[0]))


def memories_about(memories: tuple[Memory, ...], text: str, count: int) -> tuple[Memory, ...]:
    """The memories that share any word with a text at all: at most `count`, those that share most."""
    asked = frozenset(stems(text))
    return most_relevant(tuple(memory for memory in memories if _overlap(memory, asked)), text, count)


def passages_about(passages: tuple[Passage, ...], text: str) -> tuple[Passage, ...]:
    """The passages whose titles a text names, best first."""
    asked = frozenset(stems(text))
    return tuple(passage for passage in passages if asked.intersection(stems(passage.title)))


def _overlap(memory: Memory, asked: frozenset[str]) -> int:
    """The number of words in common: those of what it says count twice those of what it is only about."""
    named = stems(" ".join(memory.about).replace("-", " "))
    return 2 * len(asked.intersection(stems(memory.text))) + len(asked.intersection(named))
