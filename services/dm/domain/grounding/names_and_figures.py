"""Names in a text: those that the character does not know yet, and those of nobody and nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contracts.dm import Finding
from services.dm.domain.english.negation import denies
from services.dm.domain.english.sentences import split_sentences
from services.dm.domain.english.tokens import join_words, words
from services.dm.domain.english.word_lists import read_words
from services.dm.domain.findings import make_finding
from services.dm.domain.grounding.evidence import Evidence
from services.dm.domain.grounding.prompt_leakage import read_hidden_letters
from services.dm.domain.story.vocabulary import is_listed

MOST_OF_A_KIND = 5

_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_OPENS = re.compile(r"(?:^|[.!?…:;(\[–—*/\"“”‘«»'’-])\s*$")
_NUMBER = re.compile(r"\d[\d,. ’']*\d|\d")
_ORDINARY = read_words("capitalised")
"""Words that a story may capitalise without naming anybody of this world."""


def find_leaked(text: str, known: Evidence) -> tuple[str, ...]:
    """Guarded names that the text speaks, unless the scene or the rules have spoken them themselves."""
    hiding = read_hidden_letters(text)
    return tuple(
        name
        for name in known.guarded
        if (says_name(text, name) or _is_hidden_in(hiding, name)) and not _is_revealed(name, known)
    )


def _is_hidden_in(hiding: str, name: str) -> bool:
    """Whether letters that were spelt out or pulled apart make this name."""
    core = _core(name)
    return bool(core) and (f" {' '.join(core)} " in f" {hiding} " or "".join(core) in hiding.split())


def says_name(text: str, name: str) -> bool:
    """Whether a text holds this name, with its article or without. A name of everyday words is one only where it is
    written as one: "crawls along a shelf" does not name the Crawl."""
    core = _core(name)
    if not core or f" {' '.join(core)} " not in f" {join_words(text)} ":
        return False
    if not all(map(is_listed, core)):
        return True
    written = r"[\W_]+".join(f"(?-i:{re.escape(word[0].upper())}){re.escape(word[1:])}" for word in core)
    return bool(re.search(rf"\b{written}\b", text, re.IGNORECASE))


def _is_revealed(name: str, known: Evidence) -> bool:
    """Whether the scene or the rules speak the whole name, with its article."""
    whole = f" {join_words(name)} "
    return any(whole in f" {join_words(text)} " for text in known.said)


def _core(name: str) -> list[str]:
    return join_words(name).removeprefix("the ").split()


def find_unknown_names(text: str, known: Evidence) -> tuple[Finding, ...]:
    """Names that are nowhere in canon, state or outcomes. A denial may repeat a name that the player brought up."""
    found: dict[str, Finding] = {}
    for sentence in split_sentences(text):
        for name in _names(sentence):
            unknown = [word for word in words(name) if not _is_known(word, known)]
            if unknown and not (_excludes(sentence) and known.action_words.issuperset(unknown)):
                found.setdefault(
                    name, make_finding("unknown-name", name, f"“{name}” is not in this world, scene or turn.")
                )
    return tuple(found.values())[:MOST_OF_A_KIND]


def _names(sentence: str) -> Iterator[str]:
    """Runs of capitalised words, without a first word that any sentence would capitalise."""
    run: list[str] = []
    end = 0
    for token in _TOKEN.finditer(sentence):
        word, gap = token.group(), sentence[end : token.start()]
        opens = bool(_OPENS.search(sentence[: token.start()]))
        if run and (gap.strip(" ") or opens):
            yield " ".join(run)
            run = []
        if _is_capitalised(word) and not opens:
            run.append(_bare(word))
        elif run:
            yield " ".join(run)
            run = []
        end = token.end()
    if run:
        yield " ".join(run)


def _is_capitalised(word: str) -> bool:
    """A name has one capital and small letters; words all in capitals are signs and shouts."""
    return len(word) > 1 and word[0].isupper() and any(c.islower() for c in word[1:])


def _bare(word: str) -> str:
    return re.sub(r"['’]s$", "", word)


def _is_known(word: str, known: Evidence) -> bool:
    variants = {word, word.removesuffix("s"), word.removesuffix("es"), f"{word}s"}
    return bool(variants & known.words) or word in _ORDINARY


def _excludes(sentence: str) -> bool:
    """A sentence that denies, or that leaves a thing out: "without the crown"."""
    return denies(sentence) or "without" in words(sentence)
