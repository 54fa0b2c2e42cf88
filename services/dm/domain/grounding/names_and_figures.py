"""Checking a story: nothing invented, nothing leaked, nothing about the machinery.

The check errs on the side of the teller: a word it takes for a name must look like one (a capital inside a
sentence), and figures up to nine are free. What it misses cannot hurt the sheet, which only the rules change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from contracts.dm import Finding
from services.dm.domain.english.word_lists import lexicon
from services.dm.domain.grounding.evidence import Evidence, fold, words
from services.dm.domain.grounding.prompt_leakage import joined, machinery
from services.dm.domain.intents import finding

LONGEST = 4000
MOST_OF_A_KIND = 5

_SENTENCE = re.compile(r"(?<=[.!?…])[\"”’')\]]*\s+|\n+")
_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_OPENS = re.compile(r"(?:^|[.!?…:;(\[–—*/\"“”‘«»'’-])\s*$")
_NUMBER = re.compile(r"\d[\d,. ’']*\d|\d")
_DENIES = frozenset(("no", "not", "never", "none", "nothing", "nobody", "nowhere", "neither", "nor", "without", "t"))
_ORDINARY = lexicon(
    "i i'm i'd i'll i've mr mrs ms dr captain doctor miss mister madam madame sir lord lady saint old uncle aunt mama"
    " papa boss chief detective agent officer sergeant monday tuesday wednesday thursday friday saturday sunday january"
    " february march april may june july august september october november december god gods moon sun earth english"
    " latin ok okay tv neon cat cats kitty"
)
"""Words that a story may capitalise without naming anybody of this world."""


def check(narrative: str, known: Evidence, guarded: tuple[str, ...]) -> tuple[Finding, ...]:
    """Everything in a narrative that does not stand."""
    if not words(narrative):
        return (finding("no-story", "narrative", "The story is empty."),)
    if len(narrative) > LONGEST:
        return (finding("too-long", "narrative", f"The story is longer than {LONGEST} characters."),)
    hidden = leaked(narrative, known, guarded)
    return (
        *(_leak() for _ in hidden[:1]),
        *machinery(narrative),
        *strangers(narrative, known.knowing(hidden)),
        *_figures(narrative, known),
    )


def leaked(text: str, known: Evidence, guarded: tuple[str, ...]) -> tuple[str, ...]:
    """Guarded names that the text speaks, unless the rules have just spoken them themselves."""
    hiding = joined(text)
    said, revealed = f" {fold(text)} {hiding} ", f" {known.spoken} {known.remembered} "
    return tuple(
        name
        for name in guarded
        if (names_it(said, name) or fold(name).removeprefix("the ").replace(" ", "") in hiding.split())
        and not names_it(revealed, name)
    )


def names_it(folded: str, name: str) -> bool:
    """Whether a folded text, blanks around it, holds this name, with its article or without."""
    core = fold(name).removeprefix("the ")
    return bool(core) and f" {core} " in folded


def _leak() -> Finding:
    """The report is shown to the player, so it does not repeat the name."""
    return finding("hidden-name", "narrative", "The story named something the character does not know yet.")


def strangers(text: str, known: Evidence) -> tuple[Finding, ...]:
    """Names that are nowhere in canon, state or outcomes. A denial may repeat a name that the player brought up."""
    found: dict[str, Finding] = {}
    for sentence in _SENTENCE.split(text):
        for name in _names(sentence):
            unknown = [word for word in words(name) if not _is_known(word, known)]
            if unknown and not (_denies(sentence) and known.action_words.issuperset(unknown)):
                found.setdefault(name, finding("unknown-name", name, f"“{name}” is not in this world, scene or turn."))
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


def _denies(sentence: str) -> bool:
    return bool(_DENIES.intersection(words(sentence)))


def _figures(narrative: str, known: Evidence) -> tuple[Finding, ...]:
    """Figures of two digits and more; amounts are checked by what they measure, in `grounding.amounts`. A denial may
    repeat a figure that the player brought up."""
    found: dict[int, Finding] = {}
    for sentence in _SENTENCE.split(narrative):
        for match in _NUMBER.finditer(sentence):
            unknown = [value for value in _values(match.group()) if value > 9 and value not in known.numbers]
            if unknown and not (_denies(sentence) and known.action_words.issuperset(map(str, unknown))):
                found.setdefault(unknown[0], _figure(match.group()))
    return tuple(found.values())[:MOST_OF_A_KIND]


def _values(written: str) -> Iterator[int]:
    """ "1,200" is one figure; "3, 12" are two."""
    joined = re.sub(r"(?<=\d)[,.’' ](?=\d{3}(\D|$))", "", written)
    yield from (int(digits) for digits in re.findall(r"\d+", joined) if len(digits) < 12)


def _figure(text: str) -> Finding:
    return finding("unknown-figure", text, f"“{text}” is no figure of the scene or of this turn's outcomes.")
