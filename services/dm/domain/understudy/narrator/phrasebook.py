"""Phrasebook: the words of the understudy, a wry cat noir, by what they say.

Files in `phrases/`: a [section] holds whole sentences that say the same, one a line; # begins a note. There are no
names and no figures in them: those come from the world and the rules, by `{name}`.
"""

from __future__ import annotations

from pathlib import Path

_FILES = Path(__file__).parent / "phrases"

Pool = tuple[str, ...]
"""Whole sentences that say the same."""


def read_sections(file: str) -> dict[str, Pool]:
    """The sections of one file."""
    sections: dict[str, list[str]] = {}
    said: list[str] = []
    for line in (_FILES / f"{file}.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            said = sections.setdefault(line.strip("[]"), [])
        elif line.strip() and not line.startswith("#"):
            said.append(line)
    return {name: tuple(lines) for name, lines in sections.items()}


POLITE = {language: line for language, (line,) in read_sections("polite").items()}
"""To the ten other languages most likely to be spoken: a line in each, by ISO 639-1 code."""
PHRASES: dict[str, Pool] = {
    f"{file}/{name}" if file == "refusals" else name: lines
    for file in (
        "answers",
        "asides",
        "deeds",
        "fallen",
        "fight",
        "gestures",
        "people",
        "places",
        "points",
        "refusals",
        "world",
    )
    for name, lines in read_sections(file).items()
}
