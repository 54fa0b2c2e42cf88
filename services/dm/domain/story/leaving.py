"""Requests that leave the game, by what was typed: a part of it that is not accounted for as a whole.

Whether a sentence answers such a request no list of words can say: "water first, then rest" is advice, and weather. So
what was typed is read, before a story is. A part is of the game when it is a deed, a look, a gesture or a question that
rules, sheet or scene decide, *and* each of its words has its place in that: one word that the scene has as well
("write an essay about rats") makes nothing of the game. What is not accounted for leaves it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from contracts.dm import ValidateAndRoute
from services.dm.domain.english.numerals import is_numeral
from services.dm.domain.english.tokens import written_out
from services.dm.domain.english.word_lists import word_set
from services.dm.domain.reading import Answer, Ask, Deed, Foreign, Impossible, Meaning, Roleplay, Step, prefer, read
from services.dm.domain.reading.english.deeds import DEEDS
from services.dm.domain.reading.english.function_words import DETERMINERS, FILLERS, PRONOUNS, SUBJECTS
from services.dm.domain.reading.english.questions import AUXILIARIES, BARE, WH
from services.dm.domain.reading.spelling import closeness
from services.dm.domain.reading.verbs import hear, is_common, is_verb
from services.dm.domain.story.vocabulary import is_free, plain_words, root, tells_news

_SHORTEST = 3
_NO_SCENE = frozenset(("help", "lives", "next-step", "options", "recap", "rules"))
"""Subjects of questions that no scene answers: "what shall I cook tonight?" is read as asking for the next step."""
_STAND = word_set(
    "stand stands going doing faring wrong happen happened happens state matter morning evening today"
    " cost costs afford worth"
)
"""Words of questions about things in general: how they stand, what they come to."""
_EVERYDAY = _STAND | BARE.keys() | FILLERS | PRONOUNS | WH | AUXILIARIES
_RECKONS = word_set("times plus minus multiplied divided over x")
_ELSEWHERE = word_set("in at on")
"""Words of a question for the time of some place."""
_WORKS_OF_WORDS = word_set("write compose recite translate rewrite summarise summarize define spell calculate solve")
"""Verbs for what no cat does here."""
_ASKS_FOR_WORDS = word_set(
    "say tell explain describe name list give show repeat teach imagine pretend think make call sing act play talk"
    " speak need count draw"
)
"""Verbs of which the object is words, or may be: what comes of them is not done here."""
_DOES = word_set("do does did is are was were can would")
_CERTAIN = word_set("the this that these those his her their its your")
"""Words before what is here; "a dryer" may be any, and "my boss" is somebody else's."""
_OF_THE_GAME = word_set(
    "something somebody someone anything anybody know knows item items weapon weapons damage reward loot enemy enemies"
    " menu sale work written paw paws fur ear ears tail eye eyes head face whiskers claws cat cats guy lad kid woman"
    " man person bird robot possible bad good better cheaper strong weak dangerous friendly heavy rich round"
)
"""Words of questions about who and what is here, whatever the scene calls them."""
_FRAMES = word_set("do does cost costs mean means say says sell sells want wants have has")
"""Verbs of a question that is of one thing alone: "what does duct tape do"."""
_ONE_THING = word_set("what who where")
_ANCHORS = word_set("i me my mine we us our you your he him his she her they them their this these those here there")
_ANY = word_set("a an any")
_ORDERED = word_set("do have")
"""Words that begin orders as well: "do not move"."""
_SLIP = 0.7
_BY_WORD = frozenset(("talk", "persuade"))
"""Tools that are done by words."""


@dataclass(frozen=True)
class _Words:
    """Words of one part of what was typed, and what of the scene they may be of."""

    words: tuple[str, ...]
    seen: Collection[str]
    names: Collection[str]

    @property
    def act(self) -> tuple[str, ...]:
        """They without what stands before the verb."""
        at = next((at for at, word in enumerate(self.words) if word not in SUBJECTS | FILLERS), 0)
        return self.words[at:]

    @property
    def first(self) -> str:
        return next(iter(self.act), "")

    @property
    def asks(self) -> bool:
        begins = next((at for at, word in enumerate(self.words) if word not in FILLERS), 0)
        first, second = (*self.words[begins:], "", "")[:2]
        return first in WH or (first in AUXILIARIES and (first not in _ORDERED or second in PRONOUNS | SUBJECTS))

    @property
    def asks_in_general(self) -> bool:
        """Whether it asks how or why things are, or of any of a kind, and not how one is oneself."""
        act = self.act
        if all(word in _EVERYDAY or root(word) in plain_words() for word in act):
            return False
        if self.first in _ONE_THING and all(
            word in _FRAMES or root(word) in self.names or root(word) in plain_words() for word in act
        ):
            return False
        if self.first == "why" or (act[:1] == ("how",) and len(act) > 2 and act[1] in _DOES and act[2] not in _ANCHORS):
            return True
        if any(word in _ANY and self._is_of(at) for at, word in enumerate(self.words[:-1], 1)):
            return True
        called = any(self._is_named(at - 1) and self._is_named(at) for at in range(1, len(self.words)))
        certain = any(self._is_certain(at) for at in range(len(self.words)))
        return not (called or certain) and _ANCHORS.isdisjoint(act)

    def are_asked(self, *, by_word: bool) -> bool:
        """Whether all of them are of a question about something here, or one for somebody here."""
        return all(self._is_asked(at, by_word=by_word) for at in range(len(self.words)))

    def are_known(self) -> bool:
        """Whether all of them are of the scene, of what can be done in the game, or of what can come of it."""
        return all(map(self.is_known, range(len(self.words))))

    def is_known(self, at: int) -> bool:
        word = self.words[at]
        told = is_free(word) or tells_news(word) or root(word) in self.seen
        return self._is_plain(at) or is_common(word) or told

    def _is_plain(self, at: int) -> bool:
        word = self.words[at]
        if len(word) < _SHORTEST or word.isdigit() or word in _STAND or word in _OF_THE_GAME:
            return True
        return root(word) in self.names or root(word) in plain_words() or self._is_verb(at) or self._is_phrase(at)

    def _is_asked(self, at: int, *, by_word: bool) -> bool:
        word = self.words[at]
        common = is_common(word) and (word not in BARE or word in WH or not by_word)
        return common or self._is_plain(at) or self._is_certain(at)

    def _is_certain(self, at: int) -> bool:
        """Whether a word is something of here, and a certain one: "the clerk", "the old clerk"."""
        return not _CERTAIN.isdisjoint(self.words[max(0, at - 3) : at]) and self._is_of(at)

    def _is_of(self, at: int) -> bool:
        """Whether a word is one of the scene's own."""
        own = root(self.words[at])
        return own not in plain_words() and (own in self.seen or own in self.names)

    def _is_named(self, at: int) -> bool:
        own = root(self.words[at])
        return own in self.names and own not in plain_words()

    def _is_verb(self, at: int) -> bool:
        """Whether a word says what is done: "nurse it", and not "a nurse"."""
        return is_verb(self.words[at]) and not (at and self.words[at - 1] in DETERMINERS)

    def _is_phrase(self, at: int) -> bool:
        """Whether it is part of a phrase that is understood: "i am hungry"."""
        before = range(max(0, at - 3), at)
        heard = ((start, verb) for start in before for verb in hear(self.words[start:]))
        return any(
            verb.length > at - start and self.words[start : start + verb.length] == verb.phrase for start, verb in heard
        )


def leaves_game(request: ValidateAndRoute, seen: Collection[str], names: Collection[str]) -> bool:
    """Whether what was typed asks for something that is not of the game. `seen`: stems of what can be read in the
    scene as it is, `names` those of names. Lore is looked up by what was typed, and so has its words."""
    typed = tuple(written_out(request.action))
    if _is_sum(typed):
        return True
    steps = read(request.action, request.scene, request.briefing, prefer=prefer)
    if any(_asks_no_scene(step, names) for step in steps) and _says_more(request.action):
        return True
    if any(not _is_accounted_for(step.meaning, _Words(tuple(written_out(step.text)), seen, names)) for step in steps):
        return True
    said = _Words(typed, seen, names)
    return any(not said.is_known(at) for at in _left_out(typed, steps))


def _is_accounted_for(meant: Meaning, said: _Words) -> bool:
    """Whether each word of a part has its place in what the part means."""
    if isinstance(meant, Foreign) or said.first in _WORKS_OF_WORDS:
        return False
    if isinstance(meant, Roleplay) and meant.manner == "orders":
        return False
    if _is_done(meant, said):
        return True
    by_word = isinstance(meant, Deed) and meant.tool in _BY_WORD
    if said.asks or (isinstance(meant, Answer) and meant.subject != "look"):
        topical = isinstance(meant, Deed) and bool(meant.arguments.get("topic"))
        return (topical or not said.asks or not said.asks_in_general) and said.are_asked(by_word=by_word)
    if said.first in _ASKS_FOR_WORDS or by_word:
        return said.are_asked(by_word=by_word)
    return said.are_known() or _is_look(meant, said)


def _is_done(meant: Meaning, said: _Words) -> bool:
    """Whether it is a deed that begins with the verb for such."""
    deed = meant.deed if isinstance(meant, Impossible) else meant
    deeds = deed.options if isinstance(deed, Ask) else (deed,)
    tools = {each.tool for each in deeds if isinstance(each, Deed)}
    if said.asks or not tools:
        return False
    heard = hear(said.act)
    if "persuade" in tools:
        return any(verb.sense == "persuade" and verb.detail != "lie" for verb in heard)
    return not tools & _BY_WORD and any(verb.sense in DEEDS.keys() - _BY_WORD or verb.sense == "try" for verb in heard)


def _is_look(meant: Meaning, said: _Words) -> bool:
    """Whether it looks for one thing, which may be missing: whoever looks for something sees what is here."""
    if not (isinstance(meant, Impossible) and meant.reason == "not-here"):
        return False
    strange = [word for at, word in enumerate(said.words) if not said.is_known(at)]
    return len(strange) < 2 and any(verb.sense == "examine" for verb in hear(said.act))


def _left_out(typed: Sequence[str], steps: Sequence[Step]) -> Iterator[int]:
    """Positions of words that are in none of the parts that were read, and no slips of their words."""
    read_of = {word for step in steps for word in written_out(step.text)}
    mended = read_of - set(typed)
    for at, word in enumerate(typed):
        if word not in read_of and not any(closeness(word, other) >= _SLIP for other in mended):
            yield at


def _is_sum(words: Sequence[str]) -> bool:
    """Whether it has a sum of two numbers: "17 times 23"."""
    return any(
        word in _RECKONS and is_numeral(words[at - 1]) and any(map(is_numeral, words[at + 1 : at + 3]))
        for at, word in enumerate(words)
        if at
    )


def _asks_no_scene(step: Step, names: Collection[str]) -> bool:
    """Whether it is a question for the rules, or about what has no name in the game."""
    meant = step.meaning
    if not isinstance(meant, Answer):
        return False
    if meant.subject == "lore":
        about = (meant.about or "").split("-")
        is_named = any(root(word) in names for word in about)
        return not (is_named and all(root(word) in names or is_common(word) or tells_news(word) for word in about))
    if meant.subject == "time":
        return not _ELSEWHERE.isdisjoint(written_out(step.text))
    return not meant.about and meant.subject in _NO_SCENE


def _says_more(typed: str) -> bool:
    """Whether there is more in it than "what now?"."""
    common = plain_words() | SUBJECTS | _STAND
    return any(word not in common and root(word) not in common for word in written_out(typed))
