"""Vocabulary of verified prose: words that are free, and words that tell news and need a fact to stand.

What is on neither list and is not of the scene is not told. So a list that lacks a word costs a sentence of the
model's, and never a lie.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

from services.dm.domain.english.stems import stem

_DATA = Path(__file__).parent / "data"
FREE = ("plain", "scenery", "qualities", "stirrings", "bearing")
WITTY = ("abstracts", "judgements", "seeming", "fillers")
"""Lists of which no word is free that tells news of anything."""
QUALITIES = ("qualities", "judgements")
VERBS = ("stirrings", "bearing", "seeming")
_SUFFIXES = ("ly", "er", "est", "y", "ish", "less", "ward", "wards")
_SHORTEST = 3


@cache
def free_words() -> frozenset[str]:
    """Stems that bring no news: grammar, light, sound, smell, weather, matter, manner and bearing."""
    witty = frozenset(root(word) for name in WITTY for word in _read(name)) - news_words()
    return (frozenset(root(word) for name in FREE for word in _read(name)) | witty) - hard_words()


@cache
def news_words() -> frozenset[str]:
    """Stems of all sections."""
    return frozenset(word.lstrip("~") for words in telling().values() for word in words)


@cache
def plain_words() -> frozenset[str]:
    """Stems of words that carry the grammar of a sentence."""
    return frozenset(map(root, _read("plain")))


@cache
def hard_words() -> frozenset[str]:
    """Stems that are never free, whatever list they stand on: each can tell news by itself."""
    return frozenset(map(root, _read("hard")))


@cache
def grave_words() -> frozenset[str]:
    """Stems that tell news whatever they are said of, even of what has no name."""
    return frozenset(map(root, _read("grave")))


@cache
def harmless_words() -> frozenset[str]:
    """Stems of words that are rare and name nobody, nothing that one can hold, and no place."""
    return frozenset(map(root, _read("harmless")))


@cache
def small_talk() -> frozenset[str]:
    """Stems of verbs for what anybody may say, of anybody: they talk, look, sit, wait."""
    return frozenset(map(root, _read("small_talk")))


@cache
def openings() -> frozenset[str]:
    """Ways, openings and rooms, one and several."""
    words = _read("openings")
    return frozenset(words) | frozenset(f"{word}s" for word in words)


@cache
def loose_words() -> frozenset[str]:
    """Stems of common verbs that may be said of what has no name."""
    return frozenset(map(root, _read("loose")))


@cache
def contraries() -> dict[str, frozenset[str]]:
    """By kind of fact: stems that stand in no clause that tells it, and participles as they stand: a lock that gives is
    locked no more."""
    found: dict[str, set[str]] = {}
    for line in _lines("contrary"):
        kinds, words = line.split(":")
        for kind in kinds.split():
            found.setdefault(kind, set()).update(w if w.endswith("ed") else root(w) for w in words.split())
    return {kind: frozenset(words) for kind, words in found.items()}


@cache
def idioms() -> frozenset[tuple[str, ...]]:
    """Runs of words that tell nothing together."""
    return frozenset(tuple(line.split()) for line in _lines("idioms"))


@cache
def light_words() -> frozenset[str]:
    """Stems of words that tell nothing by themselves: what they tell is in the words beside them."""
    return frozenset(map(root, _read("light")))


@cache
def kept_up() -> frozenset[str]:
    """Stems of common verbs that may be said of somebody who is here and of nothing else."""
    return frozenset(map(root, _read("kept_up")))


@cache
def deed_verbs() -> frozenset[str]:
    """Stems of verbs for what takes a ruling."""
    return frozenset(map(root, _read("deeds")))


@cache
def own_stirrings() -> frozenset[str]:
    """Stems of what a cat does without being asked: it sees, hears, breathes."""
    return frozenset(map(root, _read("you")))


@lru_cache(maxsize=16_384)
def is_verb(word: str) -> bool:
    """Whether a free word may say what somebody does."""
    return any(form in _verbs() for form in forms(word)) and root(word) not in things()


@lru_cache(maxsize=16_384)
def may_be_verb(word: str) -> bool:
    """Whether a word may be one that says what somebody does, be it free or not."""
    return any(form in _verbs() or tells_news(form) for form in forms(word)) and root(word) not in things()


@lru_cache(maxsize=16_384)
def is_of_quality(word: str) -> bool:
    """Whether a word may say how something is."""
    return any(form in _qualities() for form in forms(word))


@cache
def _verbs() -> frozenset[str]:
    return frozenset(root(word) for name in VERBS for word in _read(name))


@cache
def things() -> frozenset[str]:
    """Stems of what there is to see, touch and smell that nobody would carry off."""
    return frozenset(root(word) for word in _read("scenery"))


@cache
def comparisons() -> frozenset[str]:
    """Stems of what things are compared with."""
    return frozenset(map(root, _read("comparisons")))


@cache
def telling() -> dict[str, frozenset[str]]:
    """Stems that tell news, by section. One that stands with a mark (~) tells it only where it is denied."""
    sections: dict[str, set[str]] = {}
    section: set[str] = set()
    for line in _lines("telling"):
        if line.startswith("["):
            section = sections.setdefault(line.strip("[]"), set())
        else:
            section.update(("~" if word.startswith("~") else "") + root(word.lstrip("~")) for word in line.split())
    return {name: frozenset(words) for name, words in sections.items()}


@lru_cache(maxsize=16_384)
def is_free(word: str) -> bool:
    """Whether a word as it stands in a text brings no news. Only what is a quality may be compared ("cooler") or be how
    something is done ("coolly"): a "waiter" is nobody's waiting."""
    if root(word) in hard_words() or word == "yours":
        return False
    return root(word) in free_words() or any(form in _qualities() for form in forms(word)[1:])


@cache
def _qualities() -> frozenset[str]:
    return frozenset(root(word) for name in QUALITIES for word in _read(name)) - hard_words() - news_words()


def is_of(section: str, word: str) -> bool:
    """Whether a word tells news of this section, denied or not."""
    words = telling()[section]
    return any(form in words or f"~{form}" in words for form in forms(word))


def tells_news(word: str) -> bool:
    """Whether a word stands in any section."""
    return any(root(word) in words for words in telling().values())


def is_listed(word: str) -> bool:
    """Whether a word is on any list: it is an everyday one."""
    return is_free(word) or tells_news(word) or any(form in comparisons() | hard_words() for form in forms(word))


@lru_cache(maxsize=16_384)
def is_unknown(word: str) -> bool:
    """Whether a word is on no list, and is none for those who do something."""
    if len(word) < _SHORTEST or word.endswith(_OF_PEOPLE) or not word.isalpha():
        return False
    return not any(form in comparisons() | hard_words() or tells_news(form) for form in forms(word))


@lru_cache(maxsize=16_384)
def may_be_harmless(word: str) -> bool:
    """Whether an unknown word can only be how something is, or is done, or something that nobody can hold: its end says
    so, or it is known to be. Any other may be somebody, a thing, or a way out."""
    return is_unknown(word) and (word.endswith(_OF_MANNER) or root(word) in harmless_words())


_OF_MANNER = (
    "ly",
    "ous",
    "ful",
    "less",
    "ish",
    "ive",
    "ical",
    "al",
    "ic",
    "able",
    "ible",
    "some",
    "esque",
    "like",
    "ary",
)
"""Ends of adjectives and adverbs."""


_DOES = ("er", "or", "ist", "woman", "ess", "ian", "ee", "ant", "ent", "eer", "ster", "ard", "ling")
_OF_PEOPLE = (*_DOES, *(f"{end}s" for end in _DOES), "man", "men", "women", "folk")
"""Ends of words for those who do something."""


@lru_cache(maxsize=16_384)
def forms(word: str) -> tuple[str, ...]:
    """The stems that a word may be of: its own, and those of what it is derived from."""
    own = root(word)
    derived = ((word.removesuffix(suffix), suffix) for suffix in _SUFFIXES if word.endswith(suffix))
    longer = [each for each, suffix in derived if len(each) >= _SHORTEST + (suffix == "ish")]
    undoubled = [each[:-1] for each in longer if each[-1] == each[-2]]
    with_i = [f"{each[:-1]}y" for each in longer if each.endswith("i")]
    return tuple(dict.fromkeys((own, *(root(each) for each in (*longer, *undoubled, *with_i)))))


@cache
def _irregular() -> dict[str, str]:
    words = iter(_read("irregular"))
    return dict(zip(words, words, strict=True))


@lru_cache(maxsize=16_384)
def root(word: str) -> str:
    """The stem of a word, the same for irregular forms of it."""
    return stem(_irregular().get(word, word))


def _read(name: str) -> tuple[str, ...]:
    return tuple(word for line in _lines(name) for word in line.split())


def _lines(name: str) -> tuple[str, ...]:
    """The lines of a list, which is a part of the package like its code; # begins a note."""
    lines = (_DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))
