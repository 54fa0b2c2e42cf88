"""Words put to somebody: what was asked of them, wanted of them or told to them, as it can be told back."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from services.dm.domain.english.word_lists import word_set
from services.dm.domain.reading.conversation import YOU, inverted, split_call, wants_of_them
from services.dm.domain.reading.english.addresses import ENDEARMENTS, OPENING
from services.dm.domain.reading.english.function_words import DETERMINERS, PREPOSITIONS, PRONOUNS
from services.dm.domain.reading.english.questions import AUXILIARIES, WH
from services.dm.domain.reading.entities import Entity, content_of
from services.dm.domain.reading.leads import lead_off
from services.dm.domain.reading.lexing import MARKS, tokens
from services.dm.domain.reading.likeness import is_all_of_it
from services.dm.domain.reading.naming import resolve
from services.dm.domain.reading.scope import Scope
from services.dm.domain.reading.spelling import nearest, stem
from services.dm.domain.reading.verbs import begins_with_verb, hear

LONGEST, _LONGEST_NAME, _SPELT = 150, 5, 0.6
"""Characters of what is told back, words of a name, and its least likeness to what is written."""
_BESIDE = re.compile(r"\[[^\]]*\]|\*[^*]*\*|\([^)]*\)")
_QUOTED = re.compile(r"[“\"]([^“”\"]{2,})[”\"]")
_PARTS = re.compile(r"(?<=[.!?;…])\s+|,?\s+(?:and\s+)?then\s+|,\s+and\s+(?=i\s)", re.IGNORECASE)
_REPORTED = re.compile(
    r"(?<!was )(?<!been )\b(?:(?P<ask>(?:ask|beg|order|request|invite|urge)(?:ged|ing|e?d|s)?)"
    r"|told|(?:tell|inform|warn|remind)(?:ing|ed|s)?)\s+(?P<rest>\S.*)",
    re.IGNORECASE,
)
_ITS = re.compile(r"(?<=^that )its(?= (?:an?|the|not|all|just)\b)")
_COURTESY = re.compile(
    r"(?:how (?:is|are|have) (?:it|you|things|life|business)(?: (?:going|doing|been))*|what is up|how you doing"
    r"|you (?:ok|okay|alright|all right|well|fine|quite well))(?: today| then| here)?$"
)
_TO_THE_CAT = {"my": "your", "mine": "yours", "myself": "yourself", "our": "your", "ours": "yours", "am": "are"}
_TO_THE_CAT |= dict.fromkeys(("i", "me", "we", "us"), "you")
_HIM, _OWN = word_set("him her them it"), word_set("me us my our")
_TELLING = word_set("tell explain say show describe answer talk speak teach advise")
_SPOKEN = YOU | word_set("please pls plz")
_WHETHER = WH | word_set("if whether about for regarding that to")
_WANTING, _NOBODY = word_set("can could will would"), word_set("i we it there this that")
_OF_OTHERS = word_set("has is does was had did")
_WOULD_YOU, _OR_WHAT = (("will", "you"), ("would", "you"), ("can", "you"), ("could", "you")), ("or", "what")
_NO_NAME = (_WHETHER | YOU | {"me"} | AUXILIARIES | PREPOSITIONS | PRONOUNS | {"to", "i", ","}) - {"of", "one"}
_ADVERBIAL = (PREPOSITIONS | {"as"}) - _WHETHER
_PARTING = frozenset(("greeting", "farewell", "thanks"))
_CHAT = _PARTING | {"search", "show", "examine", "small-talk", "emote", "look", "talk", "persuade", "wait", "speech"}


@dataclass(frozen=True)
class Put:
    """`kind`: request, question, news, or own: a question about themselves. `said`: the words of it; `reported`: how
    they follow after "you ask Doc", if they were not said to them but told of."""

    kind: str
    said: str
    verb: str = "say"
    reported: str = ""


def find_put(action: str, person_id: str, scope: Scope) -> Put | None:
    """Words that the action puts to this person; nothing where they are only talked to."""
    person = next((each for each in scope.of("person") if each.id == person_id), None)
    said = " ".join(_BESIDE.sub(" ", action.replace("’", "'")).split())
    said = said if any(map(str.islower, said)) else said.lower()
    if person is None or not said:
        return None
    if aloud := _QUOTED.findall(said):
        return _quote(" ".join(aloud), person, scope)
    parts = _PARTS.split(said)
    if reported := next(filter(None, (_report(part, person, scope) for part in parts)), None):
        return reported
    called = any(_calls(part.split(), person, scope) for part in parts)
    spoken = [part for part in parts if called or _is_spoken(part, person, scope)]
    if len(said) <= LONGEST and len(spoken) == len(parts):
        return _quote(said, person, scope)
    return next((_quote(part, person, scope) for part in sorted(spoken, key=lambda part: not part.endswith("?"))), None)


def _report(part: str, person: Entity, scope: Scope) -> Put | None:
    """Speech that is reported, with the cat as "you"; direct speech in a report stays as it is."""
    found = _REPORTED.search(part)
    raw = _without_name(found["rest"].split(), person, scope) if found else ()
    words = [word for word in tokens(" ".join(raw)) if word == "," or word not in MARKS]
    if not found or len(words) < 2 or words[0] in _ADVERBIAL or (words[0] == "to" and words[1] in DETERMINERS):
        return None
    verb, said = "ask" if found["ask"] else "tell", _as_said(" ".join(raw), ".")
    tells = verb == "tell" and words[0] in (PRONOUNS | DETERMINERS | {"i", "we", "there"}) - {"that"}
    if not _SPOKEN.isdisjoint(words) or words[0] in AUXILIARIES or not (tells or words[0] in _WHETHER):
        return _quote(" ".join(raw), person, scope)
    wants = (words[0] == "to" and _TELLING.isdisjoint(words[1:2])) or (verb, words[0]) == ("ask", "for")
    could = words[0] in ("if", "whether") and not _WANTING.isdisjoint(words[2:3]) and words[1] not in _NOBODY
    kind = "request" if wants or could else "question" if verb == "ask" else "news"
    names = {part.casefold(): part for each in scope.of("person", "away") for part in each.name.split()}
    told = " ".join(_TO_THE_CAT.get(word) or (word if word in ENDEARMENTS else names.get(word, word)) for word in words)
    told = _ITS.sub("it is", f"that {told}" if tells else told).replace(" 's", "'s").replace(" ,", ",")
    return Put(kind, said, verb, told) if len(told) <= LONGEST else None


def _without_name(words: Sequence[str], person: Entity, scope: Scope) -> Sequence[str]:
    """The words after the name of this person; none where somebody else is named, or nobody."""
    first = tokens(words[0])[:1]
    if first and first[0] in _WHETHER | _HIM:
        return words[first[0] in _HIM :]
    sizes = range(min(_LONGEST_NAME, len(words)), 0, -1)
    return next((words[size:] for size in sizes if _is_name(words[:size], person, scope)), ())


def _is_name(words: Sequence[str], person: Entity, scope: Scope) -> bool:
    name = [word for word in tokens(" ".join(words)) if word not in MARKS - {","} and word != "'s"]
    if not name or not (DETERMINERS - {"one"}).isdisjoint((name[-1], *name[1:])) or not _NO_NAME.isdisjoint(name):
        return False
    found = resolve(name, scope, "person")
    spelt = len(words) == 1 or is_all_of_it(name, person) or nearest(name[-1], person.words)[1] >= _SPELT
    return person in found.entities and found.named and spelt


def _is_spoken(part: str, person: Entity, scope: Scope) -> bool:
    """Whether these words are said to them, and not of what is done."""
    words = tokens(part)
    asks = not _WANTING.isdisjoint(words[:1]) and _is_name(part.split()[1:2], person, scope)
    to_them = asks or part.endswith("?") or words[:2] == ("tell", "me") or not YOU.isdisjoint(words)
    return to_them or inverted(lead_off(words)[1]) or _without_call(part, person, scope) != part


def _quote(whole: str, person: Entity, scope: Scope) -> Put | None:
    said = _without_call(whole, person, scope).strip(" ,;:")
    words = tuple("is" if word == "'s" else word for word in tokens(said) if word not in MARKS)
    senses = {verb.sense for part in said.split(",") for verb in hear(tokens(part)) if verb.sure == 1.0}
    begins = words[:2] != ("tell", "me") and said == whole and "talk" in senses
    parts = len(words) < len(_WOULD_YOU) and senses & _PARTING
    if begins or parts or len(said) > LONGEST or not set(map(stem, words)) - set(content_of(person.name)):
        return None
    asks = said.endswith("?") or words[0] in _WANTING or words[-2:] == _OR_WHAT or inverted(lead_off(words)[1])
    kind = _kind(words, senses, asks)
    return Put(kind, _as_said(said, "?" if asks and kind != "news" else "."))


def _kind(words: Sequence[str], senses: Set[str], asks: bool) -> str:
    if _COURTESY.search(" ".join(words)):
        return "own"
    if words[:2] == ("tell", "me") or (asks and not _TELLING.isdisjoint(words)):
        return "question"
    if (asks and words[0] in _WANTING and words[1] not in _NOBODY) or words[-2:] in _WOULD_YOU or words[0] == "help":
        return "request"
    if asks:
        return "own" if any(a in AUXILIARIES and b in YOU for a, b in pairwise(words)) else "question"
    does = senses - _CHAT and not words[0].endswith("ing")
    return "request" if does or (senses == {"emote"} and not _OWN.isdisjoint(words[1:])) else "news"


def _as_said(said: str, mark: str) -> str:
    """As it stands between quotation marks."""
    whole = re.sub(r"\bi\b", "I", re.sub(r"([?!])[?!]+$", r"\1", said.rstrip(" ,;:")))
    return whole[:1].upper() + whole[1:] + ("" if whole.endswith((".", "!", "?", "…")) else mark)


def _without_call(said: str, person: Entity, scope: Scope) -> str:
    """The words without what calls them, at either end."""
    words = said.split()
    for size in range(min(_LONGEST_NAME, len(words) - 1), 0, -1):
        name, rest, ends = words[:size], " ".join(words[size:]), words[size - 1][-1] in MARKS
        opens = ends and set(tokens(" ".join(name))) <= OPENING | ENDEARMENTS | MARKS
        greeted = size > 1 and name[0].casefold() in OPENING
        if opens or ((ends or greeted or _goes_on(tokens(rest))) and _calls(name, person, scope)):
            return _without_call(rest, person, scope)
        before = " ".join(words[:-size])
        spoken = size < 3 and (not _SPOKEN.isdisjoint(tokens(before)) or wants_of_them(tokens(before)))
        if (before.endswith(",") or spoken) and _calls(words[-size:], person, scope):
            return before.rstrip(",") + ("?" if said.endswith("?") else "")
    return said


def _goes_on(rest: Sequence[str]) -> bool:
    """Whether these words are said to who is named before them: "osric call off your dogs"."""
    said = inverted(rest) or not (YOU | {"i", "help"}).isdisjoint(rest[:1]) or begins_with_verb(tuple(rest))
    return said and _OF_OTHERS.isdisjoint(rest[:1])


def _calls(words: Sequence[str], person: Entity, scope: Scope) -> bool:
    name = tokens(" ".join(words).rstrip(",.;:!?"))
    called, rest = split_call((*name, ",", "x"), scope) if name and name[-1] not in DETERMINERS else (None, ())
    return called is person and rest == ("x",)
