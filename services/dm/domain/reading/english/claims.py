"""Phrases by which a player says that something is so: of the cat, without a deed."""

from __future__ import annotations

from services.dm.domain.english.word_lists import word_set

_OPENINGS = """
    its dead already, its already, it is dead, it is already dead, they are dead, they are already dead, he is dead,
    she is dead, its over, you owe me, you lied, i gave you, i paid you, i won the, i beat the, i killed the, i have
    god, i am god, i win, i won, i already, i have already, i am the, i am a, i am already, i am now, i am invincible,
    i am immortal, i am level, i pay with, i find, i found, i just found, i kill everyone, i suddenly, i now have, i
    got a, i own, i become the, i gain, i receive, i earned, i learned, i know how, i defeat everyone, i finished, i
    completed, i have finished, i have completed, it turns out, i remember that, i have defeated, i have killed, i
    succeed, i roll, i rolled, natural 20, nat 20, i am in the, i am in a, i am
    inside, i am at the, i am back in, i am at home in
"""
CLAIMS: tuple[tuple[str, ...], ...] = tuple(tuple(claim.split()) for claim in _OPENINGS.replace("\n", " ").split(","))

NO_VERBS = word_set(
    """claws paws wits whiskers lives things coins credits rats cats bunnies moths leeches stairs steps pockets doors
    shoes cells flakes sardines dice odds"""
)
"""Plurals that are no verbs of somebody else."""
