"""Words put to somebody: what was asked of them, wanted of them or told to them, as it can be told back."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass

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
from services.dm.domain.reading.verbs import hear

LONGEST = 150
"""Characters of what is told back."""
_LONGEST_NAME = 5
_SPELT = 0.7
_BESIDE = re.compile(r"\[[^\]]*\]|\*[^*]*\*|\([^)]*\)")
"""What is done beside it, in brackets or between stars."""
_QUOTED = re.compile(r"[“\"]([^“”\"]{2,})[”\"]")
_PARTS = re.compile(r"(?<=[.!?;…])\s+|,?\s+(?:and\s+)?then\s+|,\s+and\s+(?=i\s)", re.IGNORECASE)
_REPORTED = re.compile(
    r"\b(?:(?P<ask>ask(?:s|ed|ing)?|beg(?:s|ged)?|order(?:s|ed)?|request(?:s|ed)?|invite(?:s|d)?|urge(?:s|d)?)"
    r"|tell(?:s|ing)?|told|inform(?:s|ed)?|warn(?:s|ed)?|remind(?:s|ed)?)\s+(?P<rest>\S.*)",
    re.IGNORECASE,
)
_ITS = re.compile(r"(?<=that )its(?= (?:an?|the|not|all|just)\b)")
_MARKS = ",.;:!?"
_CAT = {"my": "your", "mine": "yours", "myself": "yourself", "our": "your", "ours": "yours", "am": "are"}
_CAT |= dict.fromkeys(("i", "me", "we", "us"), "you")
"""What the cat says of itself, as it is said to the cat."""
_HIM = word_set("him her them it")
_TELLING = word_set("tell explain say show describe answer")
_SPOKEN = YOU | word_set("please pls plz")
"""Words of direct speech: a report is not made of them."""
_WHETHER = WH | word_set("if whether about for regarding that")
_WANTING = word_set("can could will would")
_OF_OTHERS = word_set("has is does was had did")
_OWN = word_set("me us my our")
_NOBODY = word_set("i we it there this that")
_WOULD_YOU = (("will", "you"), ("would", "you"), ("can", "you"), ("could", "you"))
_WHOLE = 4
"""Words of more than a greeting."""
_CHAT = word_set("search show examine greeting small-talk thanks farewell emote look talk persuade wait speech")
_COURTESY = re.compile(
    r"(?:how (?:is|are|have) (?:it|you|things|life|business)(?: (?:going|doing|been))*|what is up|how you doing"
    r"|(?:are )?you (?:ok|okay|alright|all right|well|fine))(?: today| then| here)?$"
)


@dataclass(frozen=True)
class Put:
    """`kind`: request, question, news, or own: a question about themselves. `said`: the words of it; `reported`: how
    they follow after "you ask Doc", if they were not said to them but told of."""

    kind: str
    said: str
    verb: str = "say"
    reported: str = ""


def find_put(action: str, person_id: str, scope: Scope) -> Put | None:
    """What the action puts to this person; nothing where they are only talked to."""
    person = next((each for each in scope.of("person") if each.id == person_id), None)
    said = " ".join(_BESIDE.sub(" ", action.replace("’", "'")).split())
    said = said if any(map(str.islower, said)) else said.lower()
    if person is None or not said:
        return None
    if aloud := _QUOTED.findall(said):
        return _quoted(" ".join(aloud), person, scope)
    parts = _PARTS.split(said)
    for part in parts:
        reported = _reported(part, person, scope)
        if reported:
            return reported
    called = any(_calls(part.split(), person, scope) for part in parts)
    spoken = [part for part in parts if called or _is_spoken(part, person, scope)]
    if len(said) <= LONGEST and len(spoken) == len(parts):
        return _quoted(said, person, scope)
    return next((_quoted(part, person, scope) for part in sorted(spoken, key=lambda part: not part.endswith("?"))), None)


def _reported(part: str, person: Entity, scope: Scope) -> Put | None:
    """What is reported to be said, with the cat as "you"; direct speech in a report stays as it is."""
    found = _REPORTED.search(part)
    raw = _without_name(found["rest"].split(), person, scope) if found else None
    if not found or not raw:
        return None
    verb = "ask" if found["ask"] else "tell"
    words = [word for each in raw for word in _written_out(each)]
    bare = [word.strip(_MARKS).casefold() for word in words]
    if not _SPOKEN.isdisjoint(bare) or bare[0] in AUXILIARIES:
        return _quoted(" ".join(raw), person, scope)
    if bare[0] in _WHETHER | {"to"}:
        wants = bare[0] == "to" and bare[1:2] and bare[1] not in _TELLING or (verb, bare[0]) == ("ask", "for")
        kind = "request" if wants or _asks_for_a_deed(bare) else "question" if verb == "ask" else "news"
    elif verb == "tell" and bare[0] in PRONOUNS | DETERMINERS | {"i", "we", "there"}:
        kind, words = "news", ["that", *words]
    else:
        return _quoted(" ".join(raw), person, scope)
    told = _ITS.sub("it is", " ".join(map(_to_the_cat, words))).replace("you was ", "you were ").rstrip(f"{_MARKS} ")
    return Put(kind, _as_said(" ".join(raw), scope), verb, _with_names(told, scope)) if len(told) <= LONGEST else None


def _without_name(words: Sequence[str], person: Entity, scope: Scope) -> list[str] | None:
    """The words after the name of this person; nothing where somebody else is named, or nobody."""
    if tokens(words[0])[:1] and tokens(words[0])[0] in _WHETHER:
        return list(words)
    if words[0].casefold() in _HIM and len(words) > 1:
        return list(words[1:])
    for size in range(min(_LONGEST_NAME, len(words)), 0, -1):
        if _is_name(words[:size], person, scope):
            return list(words[size:])
    return None


def _is_name(words: Sequence[str], person: Entity, scope: Scope) -> bool:
    name = [word for word in tokens(" ".join(words).strip(_MARKS)) if word != "'s"]
    if not name or name[-1] in DETERMINERS or not DETERMINERS.isdisjoint(name[1:]) or not (WH | AUXILIARIES | PREPOSITIONS - {"of"} | PRONOUNS | {"to", "i", ","}).isdisjoint(name):
        return False
    found = resolve(name, scope, "person")
    spelt = len(words) == 1 or is_all_of_it(name, person) or nearest(name[-1], person.words)[1] >= _SPELT
    return person in found.entities and found.named and spelt


def _asks_for_a_deed(bare: Sequence[str]) -> bool:
    """ "if she can fix me"."""
    return bare[0] in ("if", "whether") and len(bare) > 3 and bare[2] in _WANTING and bare[1] not in ("i", "we")


def _written_out(raw: str) -> list[str]:
    parts = tokens(raw.strip(_MARKS))
    if len(parts) < 2 or "'s" in parts or "-" in raw:
        return [raw]
    return [*parts[:-1], parts[-1] + raw[len(raw.rstrip(_MARKS)) :]]


def _to_the_cat(word: str) -> str:
    bare = word.rstrip(_MARKS)
    return _CAT.get(bare.casefold(), bare) + word[len(bare) :]


def _as_said(said: str, scope: Scope, mark: str = ".") -> str:
    """As it stands between quotation marks."""
    whole = re.sub(r"\bi\b", "I", re.sub(r"([?!])[?!]+$", r"\1", said.rstrip(" ,;:")))
    return _with_names(whole[0].upper() + whole[1:], scope) + ("" if whole.endswith((".", "!", "?", "…")) else mark)


def _with_names(told: str, scope: Scope) -> str:
    """With capitals where somebody is named."""
    names = {part.casefold(): part for each in scope.of("person", "away") for part in each.name.split()}
    return " ".join(word if word in ENDEARMENTS else names.get(word, word) for word in told.split())


def _is_spoken(part: str, person: Entity, scope: Scope) -> bool:
    """Whether these words are said to them, and not of what is done."""
    words = tokens(part)
    if part.endswith("?") or not YOU.isdisjoint(words) or words[:2] == ("tell", "me"):
        return True
    asks = words[0] in _WANTING and _is_name(part.split()[1:2], person, scope)
    return asks or _without_call(part, person, scope) != part or inverted(tuple(lead_off(words)[1]))


def _quoted(said: str, person: Entity, scope: Scope) -> Put | None:
    whole, said = said, _without_call(said, person, scope).strip(" ,;:")
    words = tuple("is" if word == "'s" else word for word in tokens(said) if word not in MARKS)
    senses = {verb.sense for verb in hear(words) if verb.sure == 1.0}
    if len(said) > LONGEST or not set(map(stem, words)) - set(content_of(person.name)) or (
        words[:2] != ("tell", "me") and said == whole and "talk" in senses
    ):
        return None
    if len(words) < _WHOLE and senses & {"greeting", "farewell", "thanks"}:
        return None
    asks = said.endswith("?") or words[0] in _WANTING or words[-2:] == ("or", "what") or inverted(tuple(lead_off(words)[1]))
    kind = _kind(words, senses, asks)
    return Put(kind, _as_said(said, scope, "." if kind == "news" else "?" if asks else "."))


def _kind(words: Sequence[str], senses: Set[str], asks: bool) -> str:
    if _COURTESY.search(" ".join(words)):
        return "own"
    if words[:2] == ("tell", "me") or (asks and not _TELLING.isdisjoint(words[:5])):
        return "question"
    if (asks and words[0] in _WANTING and words[1] not in _NOBODY) or words[-2:] in _WOULD_YOU or words[0] == "help":
        return "request"
    if asks:
        return "own" if _is_of_themselves(words) else "question"
    if senses == {"emote"} and not _OWN.isdisjoint(words[1:]):
        return "request"
    return "request" if senses - _CHAT and not words[0].endswith("ing") else "news"


def _without_call(said: str, person: Entity, scope: Scope) -> str:
    """The words without what calls them, at either end."""
    words = said.split()
    if words[1:] and words[0].strip(",").casefold() in ENDEARMENTS and words[0].endswith(","):
        return _without_call(" ".join(words[1:]), person, scope)
    for size in range(min(_LONGEST_NAME, len(words) - 1), 0, -1):
        rest = words[size:]
        if words[size - 1][-1] in _MARKS and set(tokens(" ".join(words[:size]))) <= OPENING | {","}:
            called = _without_call(" ".join(rest), person, scope)
            if called != " ".join(rest):
                return called
        if (words[size - 1][-1] in _MARKS or _goes_on(rest) or (size > 1 and words[0].casefold() in OPENING)) and _calls(words[:size], person, scope):
            return _without_call(" ".join(rest), person, scope)
        end = words[-size:]
        said_to = tokens(" ".join(words[:-size]))
        apart = words[-size - 1][-1] == "," or (size < 3 and (not _SPOKEN.isdisjoint(said_to) or wants_of_them(said_to)))
        if apart and _calls(end, person, scope):
            return " ".join(words[:-size]).rstrip(",") + ("?" if end[-1].endswith("?") else "")
    return said


def _goes_on(rest: Sequence[str]) -> bool:
    """Whether these words are said to who is named before them: "osric call off your dogs"."""
    words = tuple(tokens(" ".join(rest)))
    if not words or words[0] in _OF_OTHERS:
        return False
    return inverted(words) or words[0] in YOU | {"i", "help"} or any(verb.sure == 1.0 for verb in hear(words))


def _calls(words: Sequence[str], person: Entity, scope: Scope) -> bool:
    name = tokens(" ".join(words).rstrip(_MARKS))
    called, rest = split_call((*name, ",", "x"), scope) if name and name[-1] not in DETERMINERS else (None, ())
    return called is person and rest == ("x",)


def _is_of_themselves(words: Sequence[str]) -> bool:
    at = next((at for at, word in enumerate(words) if word in YOU), 0)
    return at > 0 and words[at - 1] in AUXILIARIES
