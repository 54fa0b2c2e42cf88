"""Bounds of a state's size, whatever a world pack or a sequence of turns does. Lists repeat the contract's bounds;
counters by name have theirs here."""

from __future__ import annotations

INVENTORY = 40
CONDITIONS = 12
ENEMY_CONDITIONS = 8
PLACES = 64
KNOWN_EXITS = 8
UNLOCKED = 64
REVEALED = 64
TAKEN = 128
USED = 128
CLEARED = 64
QUESTS = 32
DEFEATED_KINDS = 128
MET = 128
SOLD_LINES = 256
