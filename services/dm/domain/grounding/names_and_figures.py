"""Names and figures of a story: nothing invented, nothing leaked.

The check errs on the side of the teller: a word it takes for a name must look like one (a capital inside a
sentence), and figures up to nine are free. What it misses cannot hurt the sheet, which only the rules change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from contracts.dm import Finding
from services.dm.domain.english.negation import denies
from services.dm.domain.english.numerals import read_figures
from services.dm.domain.english.sentences import split_sentences
from services.dm.domain.english.tokens import join_words, words
from services.dm.domain.english.word_lists import read_words
from services.dm.domain.findings import make_finding
from services.dm.domain.grounding.evidence import Evidence
from services.dm.domain.grounding.prompt_leakage import find_prompt_leakage, read_hidden_letters

LONGEST = 4000
MOST_OF_A_KIND = 5

_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_OPENS = re.compile(r"(?:^|[.!?…:;(\[–—*/\"“”‘«»'’-])\s*$")
_NUMBER = re.compile(r"\d[\d,. ’']*\d|\d")
_ORDINARY = read_words("capitalised")
"""Words that a story may capitalise without naming anybody of this world."""


def check(narrative: str, known: Evidence) -> tuple[Finding, ...]:
    """Everything in a narrative that does not stand."""
    if not words(narrative):
        return (make_finding("no-story", "narrative", "The story is empty."),)
    if len(narrative) > LONGEST:
        return (make_finding("too-long", "narrative", f"The story is longer than {LONGEST} characters."),)
    hidden = find_leaked(narrative, known)
    return (
        *(_leak() for _ in hidden[:1]),
        *find_prompt_leakage(narrative),
        *find_unknown_names(narrative, known.knowing(hidden)),
        *_unknown_figures(narrative, known),
    )


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


def _leak() -> Finding:
    """The report is shown to the player, so it does not repeat the name."""
    return make_finding("hidden-name", "narrative", "The story named something the character does not know yet.")


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


def _unknown_figures(narrative: str, known: Evidence) -> tuple[Finding, ...]:
    """Figures of two digits and more; amounts are checked by what they measure, in `grounding.amounts`. A denial may
    repeat a figure that the player brought up."""
    found: dict[int, Finding] = {}
    for sentence in split_sentences(narrative):
        for match in _NUMBER.finditer(sentence):
            unknown = [value for value in read_figures(match.group()) if value > 9 and value not in known.numbers]
            if unknown and not (_excludes(sentence) and known.action_words.issuperset(map(str, unknown))):
                found.setdefault(unknown[0], _figure(match.group()))
    return tuple(found.values())[:MOST_OF_A_KIND]


def _figure(text: str) -> Finding:
    return make_finding("unknown-figure", text, f"“{text}” is no figure of the scene or of this turn's outcomes.")
