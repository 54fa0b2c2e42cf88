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

MOST_OF_A_KIND = 5

_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_OPENS = re.compile(r"(?:^|[.!?…:;(\[–—*/\"“”‘«»'’-])\s*$")
_NUMBER = re.compile(r"\d[\d,. ’']*\d|\d")
_ORDINARY = read_words("capitalised")
"""Words that a story may capitalise without naming anybody of this world."""


def find_leaked(text: str, known: Evidence) -> tuple[str, ...]:
    """Guarded names that the text speaks, unless the rules have just spoken them themselves."""
    hiding = read_hidden_letters(text)
    said, revealed = f" {join_words(text)} {hiding} ", f" {known.spoken} {known.remembered} "
    return tuple(
        name
        for name in known.guarded
        if (names_it(said, name) or join_words(name).removeprefix("the ").replace(" ", "") in hiding.split())
        and not names_it(revealed, name)
    )


def names_it(joined: str, name: str) -> bool:
    """Whether a text of joined words, blanks around it, holds this name, with its article or without."""
    core = join_words(name).removeprefix("the ")
    return bool(core) and f" {core} " in joined


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
