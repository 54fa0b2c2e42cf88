"""An action in sentences: what ends them, what is quoted in them, and labels: what stands before a colon and a question
is what the question is about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from services.dm.domain.english.word_lists import word_set
from services.dm.domain.reading.english.function_words import FILLERS
from services.dm.domain.reading.english.questions import AUXILIARIES, WH
from services.dm.domain.reading.lexing import MARKS
from services.dm.domain.reading.subordinates import drop_introduction

_ENDS = frozenset(".;:!?")
_SPEAKING = word_set("ask tell say whisper shout call beg yell murmur mutter answer reply i we")
_ASKING = WH | AUXILIARIES - word_set("do have any")


def sentences_of(words: Sequence[str]) -> Iterator[tuple[list[str], str, Sequence[str] | None]]:
    """Sentences with their marks, and of each what it is labelled with: no words where there is no label, None where
    the sentence is a label itself."""
    sentences = _sentences(_once(words))
    label: Sequence[str] = ()
    for at, (sentence, mark) in enumerate(sentences):
        following = sentences[at + 1] if at + 1 < len(sentences) else ([], "")
        if mark == ":" and _asks(*following) and not _SPEAKING.intersection(drop_introduction(sentence)[:1]):
            yield sentence, mark, None
            label = () if set(sentence) <= FILLERS else drop_introduction(sentence)
        else:
            yield sentence, mark, label
            label = ()


def _asks(words: Sequence[str], mark: str) -> bool:
    return mark == "?" or drop_introduction(words)[:1] in [[word] for word in _ASKING]


def _once(words: Sequence[str]) -> list[str]:
    """ "run run run" is "run"."""
    return [word for at, word in enumerate(words) if not at or word != words[at - 1] or word.isdigit()]


def _sentences(words: Sequence[str]) -> list[tuple[list[str], str]]:
    sentences: list[tuple[list[str], str]] = []
    current: list[str] = []
    quoted = False
    for word in words:
        quoted ^= word == '"'
        if (word in _ENDS or word in "()") and not quoted:
            if current:
                sentences.append((current, word))
            current = []
        else:
            current.append(word)
    return [*sentences, (current, "")] if current else sentences


def split_quotations(words: list[str]) -> tuple[tuple[str, ...], list[str]]:
    """The words in quotation marks, and the rest."""
    if words.count('"') < 2:
        return (), [word for word in words if word not in '"()']
    spoken: list[str] = []
    rest: list[str] = []
    quoted = False
    for word in words:
        if word == '"':
            quoted = not quoted
        else:
            (spoken if quoted else rest).append(word)
    return tuple(word for word in spoken if word not in MARKS), [word for word in rest if word not in "()"]
