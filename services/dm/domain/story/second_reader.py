"""Second reader of a story: which sentences it is asked about, and which of them its verdicts keep.

Nothing here reads a sentence. The rules read each one as if nobody else did, so the same sentences are asked about,
under the same numbers, whatever the verdicts are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from contracts.dm import MOST_UNREAD, JudgedSentences, JudgeMode, SentenceVerdict, UnreadSentence
from services.dm.domain.english.tokens import written_out
from services.dm.domain.english.word_lists import word_set

LONGEST = 1000
_LEANS = word_set("it he she they its his her their them him that this these those then there so")
"""First words of a sentence that leans on the one before."""
_REFERS = word_set("it he she they him them")


@dataclass(frozen=True)
class Heard:
    """The decision on a sentence. `judged`: it is told, or not, on the second reader's word."""

    rule: str = ""
    told: bool = True
    asked: bool = False
    judged: bool = False
    facts: frozenset[str] = frozenset()
    """The facts that it tells, if it was judged to."""

    @property
    def is_refused(self) -> bool:
        return bool(self.rule) and not self.asked


class SecondReader:
    """One for each telling of a story. Without verdicts it only notes what it is going to be asked."""

    def __init__(self, mode: JudgeMode = "off", verdicts: Iterable[SentenceVerdict] = ()) -> None:
        self._mode = mode
        self._verdicts = {verdict.number: verdict for verdict in verdicts}
        self._number = 0
        self._before = Heard()
        self._asked: list[UnreadSentence] = []
        self._kept = 0

    @property
    def is_off(self) -> bool:
        return self._mode == "off"

    @property
    def asked(self) -> tuple[UnreadSentence, ...]:
        """The sentences that the rules could neither confirm nor refute."""
        return tuple(self._asked)

    @property
    def counts(self) -> JudgedSentences | None:
        """None when there is nothing to ask, or nobody."""
        judged = sum(each.number in self._verdicts for each in self._asked)
        asked = len(self._asked)
        return JudgedSentences(mode=self._mode, asked=asked, judged=judged, kept=self._kept) if asked else None

    def hear(self, sentence: str, rule: str, *, unread: bool) -> Heard:
        """Decide on the next sentence, which the rules keep, or let fall by this rule. `unread`: they could not
        refute it."""
        self._number += 1
        if self.is_off:
            return Heard(rule, told=not rule)
        asked = self._note(sentence, rule, unread=unread)
        self._before = self._let_fall(sentence, rule, asked) if rule else self._let_stand(sentence, asked)
        self._kept += bool(rule) and self._before.told
        return self._before if self._mode == "gate" else Heard(rule, told=not rule, asked=asked)

    def _note(self, sentence: str, rule: str, *, unread: bool) -> bool:
        """Whether it is asked about: what the rules could not read, and what may go on from that. What leans on a
        sentence that they refused falls with it."""
        before = self._before
        wanted = unread and not (before.is_refused and leans(sentence)) if rule else before.asked and refers(sentence)
        if not wanted or len(sentence) > LONGEST or len(self._asked) >= MOST_UNREAD:
            return False
        self._asked.append(UnreadSentence(number=self._number, text=sentence))
        return True

    def _let_fall(self, sentence: str, rule: str, asked: bool) -> Heard:
        """A sentence that falls unless the second reader keeps it."""
        verdict = self._verdicts.get(self._number) if asked else None
        if verdict is None or not _keeps(verdict) or (leans(sentence) and not self._before.told):
            return Heard(rule, told=False, asked=asked)
        facts = frozenset(verdict.facts) if verdict.verdict == "entailed" else frozenset()
        return Heard(rule, told=True, asked=True, judged=True, facts=facts)

    def _let_stand(self, sentence: str, asked: bool) -> Heard:
        """A sentence that stands unless it goes on from one that only the second reader kept: then it has a say here,
        too, because the rules took it to be about something else."""
        if not (self._before.judged and refers(sentence)):
            return Heard(asked=asked)
        verdict = self._verdicts.get(self._number) if asked else None
        keeps = verdict is not None and _keeps(verdict) and self._before.told
        facts = frozenset(verdict.facts) if verdict and verdict.verdict == "entailed" else frozenset()
        return Heard(told=keeps, asked=asked, judged=True, facts=facts)


def leans(sentence: str) -> bool:
    """Whether it goes on from the sentence before it."""
    return bool(_LEANS.intersection(written_out(sentence)[:1]))


def refers(sentence: str) -> bool:
    """Whether it may be about what the sentence before it named."""
    return leans(sentence) or bool(_REFERS.intersection(written_out(sentence)))


def _keeps(verdict: SentenceVerdict) -> bool:
    return verdict.verdict in ("entailed", "colour") and not (verdict.agency or verdict.secret)
