"""Vocabulary of verified prose: words that are free, and words that tell news and need a fact to stand.

What is on neither list and is not of the scene is not told. So a list that lacks a word costs a sentence of the model's,
and never a lie.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from services.dm.domain.english.stems import stem

_DATA = Path(__file__).parent / "data"
FREE = ("plain", "scenery", "qualities", "stirrings", "bearing", "abstracts", "judgements", "seeming", "fillers")
QUALITIES = ("qualities", "judgements")
VERBS = ("stirrings", "bearing", "seeming")
_SUFFIXES = ("ly", "er", "est", "y", "ish", "less", "ward", "wards")
_SHORTEST = 3


@cache
def free_words() -> frozenset[str]:
    """Stems that bring no news: grammar, light, sound, smell, weather, matter, manner and bearing."""
    return frozenset(root(word) for name in FREE for word in _read(name)) - hard_words()


@cache
def plain_words() -> frozenset[str]:
    """Stems of words that carry the grammar of a sentence."""
    return frozenset(map(root, _read("plain")))


@cache
def hard_words() -> frozenset[str]:
    """Stems that are never free, whatever list they stand on: each can tell news by itself."""
    return frozenset(map(root, _read("hard")))


@cache
def own_stirrings() -> frozenset[str]:
    """Stems of what a cat does without being asked: it sees, hears, breathes."""
    return frozenset(map(root, _read("you")))


@cache
def is_verb(word: str) -> bool:
    """Whether a free word may say what somebody does."""
    return any(form in _verbs() for form in forms(word)) and root(word) not in _things()


@cache
def _verbs() -> frozenset[str]:
    return frozenset(root(word) for name in VERBS for word in _read(name))


@cache
def _things() -> frozenset[str]:
    return frozenset(root(word) for word in _read("scenery"))


@cache
def compared() -> frozenset[str]:
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


@cache
def is_free(word: str) -> bool:
    """Whether a word as it stands in a text brings no news. Only what is a quality may be compared ("cooler") or be how
    something is done ("coolly"): a "waiter" is nobody's waiting."""
    if root(word) in hard_words():
        return False
    return root(word) in free_words() or any(form in _qualities() for form in forms(word)[1:])


@cache
def _qualities() -> frozenset[str]:
    return frozenset(root(word) for name in QUALITIES for word in _read(name)) - hard_words()


@cache
def forms(word: str) -> tuple[str, ...]:
    """The stems that a word may be of: its own, and those of what it is derived from."""
    own = root(word)
    derived = (word.removesuffix(suffix) for suffix in _SUFFIXES if word.endswith(suffix))
    longer = [each for each in derived if len(each) >= _SHORTEST]
    undoubled = [each[:-1] for each in longer if each[-1] == each[-2]]
    with_i = [f"{each[:-1]}y" for each in longer if each.endswith("i")]
    return tuple(dict.fromkeys((own, *(root(each) for each in (*longer, *undoubled, *with_i)))))


_IRREGULAR = dict(
    pair.split(":")
    for pair in [
        "met:meet",
        "got:get",
        "gotten:get",
        "gone:go",
        "went:go",
        "came:come",
        "took:take",
        "taken:take",
        "gave:give",
        "given:give",
        "found:find",
        "left:leave",
        "lost:lose",
        "paid:pay",
        "sold:sell",
        "bought:buy",
        "ate:eat",
        "eaten:eat",
        "slept:sleep",
        "woke:wake",
        "woken:wake",
        "fell:fall",
        "fallen:fall",
        "ran:run",
        "struck:strike",
        "caught:catch",
        "kept:keep",
        "made:make",
        "held:hold",
        "shook:shake",
        "shaken:shake",
        "felt:feel",
        "stood:stand",
        "told:tell",
        "said:say",
        "knew:know",
        "known:know",
        "learnt:learn",
        "thought:think",
        "won:win",
        "drew:draw",
        "drawn:draw",
        "threw:throw",
        "thrown:throw",
        "tore:tear",
        "torn:tear",
        "bitten:bite",
        "bit:bite",
        "swung:swing",
        "brought:bring",
        "led:lead",
        "sat:sit",
        "hid:hide",
        "hidden:hide",
        "fled:flee",
        "broke:break",
        "broken:break",
        "spent:spend",
        "lay:lie",
        "laid:lay",
        "put:put",
        "began:begin",
        "begun:begin",
        "spoke:speak",
        "spoken:speak",
        "saw:see",
        "seen:see",
        "gave:give",
        "forgiven:forgive",
        "died:die",
        "dying:die",
        "slid:slide",
        "dug:dig",
        "hung:hang",
        "lit:light",
        "worn:wear",
        "wore:wear",
        "drunk:drink",
        "drank:drink",
        "blew:blow",
        "flew:fly",
        "rose:rise",
        "risen:rise",
        "sprang:spring",
        "sprung:spring",
        "sank:sink",
        "sunk:sink",
        "stole:steal",
        "stolen:steal",
        "shut:shut",
        "cost:cost",
        "set:set",
        "heard:hear",
        "slain:slay",
        "sent:send",
        "lent:lend",
    ]
)


@cache
def root(word: str) -> str:
    """The stem of a word, the same for irregular forms of it."""
    return stem(_IRREGULAR.get(word, word))


def _read(name: str) -> tuple[str, ...]:
    return tuple(word for line in _lines(name) for word in line.split())


def _lines(name: str) -> tuple[str, ...]:
    """The lines of a list, which is a part of the package like its code; # begins a note."""
    lines = (_DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))
