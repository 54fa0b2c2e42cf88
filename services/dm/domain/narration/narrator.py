"""Narrator: tells a story while it is spoken, sentence by sentence, as far as it stands."""

from __future__ import annotations

from contracts.dm import DungeonMasterReplied, InvokeDungeonMaster, ValidateAndRoute
from services.dm.domain.english.language import FEWEST_WORDS
from services.dm.domain.english.sentences import closes, find_ends
from services.dm.domain.english.tokens import words
from services.dm.domain.grounding.evidence import gather_evidence
from services.dm.domain.grounding.story import check
from services.dm.domain.narration.opening import MOST_TOLD, drop_repeats, join
from services.dm.domain.narration.speech import PartialStory, Piece, Speech


class Narrator:
    """One for each reply. A sentence is told when the story up to its end has no fault, by the same checks that judge
    the whole reply; the first one that has ends the telling. `told` only grows, and begins with the opening."""

    def __init__(self, request: InvokeDungeonMaster, opening: str | None) -> None:
        self.told = opening
        self._opening = opening
        self._known = gather_evidence(_as_checked(request))
        self._speech = Speech(tools_allowed=request.tools_allowed)
        self._heard = ""
        self._over = not request.names  # who is not told the names is not told the hidden ones either

    def hear(self, piece: Piece) -> str | None:
        """What the player may be told now, all of it so far; None when that is nothing new."""
        story = None if self._over else self._speech.goes_on(piece)
        if story is None:
            return None
        before = self.told
        for end in self._news(story):
            if not self._tells(story.text[:end]):
                break
        return self.told if self.told != before else None

    def _news(self, story: PartialStory) -> tuple[int, ...]:
        """Where sentences end that were not heard before."""
        if not story.text.startswith(self._heard):
            self._over = True
            return ()
        whole = story.text.rstrip()
        last = (len(whole),) if story.finished and len(whole) > len(self._heard) and closes(whole) else ()
        return (*find_ends(story.text, len(self._heard)), *last)

    def _tells(self, heard: str) -> bool:
        self._heard = heard
        narrative = drop_repeats(heard, self._opening)
        if len(words(narrative)) < FEWEST_WORDS:  # too little to tell its language
            return True
        told = join(self._opening, narrative)
        self._over = len(told) > MOST_TOLD or bool(check(narrative, self._known))
        self.told = self.told if self._over else told
        return not self._over


def _as_checked(request: InvokeDungeonMaster) -> ValidateAndRoute:
    """The request that the story is going to be checked with, as far as a check reads it."""
    return ValidateAndRoute(
        envelope=request.envelope,
        reply=DungeonMasterReplied(envelope=request.envelope, told_by="model"),
        action=request.action,
        scene=request.scene,
        briefing=request.briefing,
        names=request.names,
        guarded=request.guarded,
        passages=request.passages,
        memories=request.memories,
        common=request.common,
        rounds=request.rounds,
        tools_allowed=request.tools_allowed,
    )
