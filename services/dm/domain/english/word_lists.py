"""Word lists: text files in `data/`, one word, phrase or regular expression a line; # begins a note."""

from __future__ import annotations

from pathlib import Path

_DATA = Path(__file__).parent / "data"


def word_set(text: str) -> frozenset[str]:
    """The words of a plain text, each once."""
    return frozenset(text.split())


def read_lines(name: str) -> tuple[str, ...]:
    """The entries of a list, in the order of the file. They are part of the package, like its code."""
    lines = (_DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


def read_words(name: str) -> frozenset[str]:
    """The entries of a list as a set."""
    return frozenset(read_lines(name))


def read_sections(name: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The entries of a list by the [section] they stand under, in the order of the file."""
    sections: list[tuple[str, list[str]]] = []
    for line in read_lines(name):
        if line.startswith("["):
            sections.append((line.strip("[]"), []))
        else:
            sections[-1][1].append(line)
    return tuple((title, tuple(entries)) for title, entries in sections)
