"""Narrator: tells a story while it is spoken, beat by beat, as far as it stands."""

from __future__ import annotations

from contracts.dm import DungeonMasterReplied, InvokeDungeonMaster, JudgeMode, ValidateAndRoute
from services.dm.domain.narration.assemble import join, open_teller
from services.dm.domain.narration.opening import MOST_TOLD
from services.dm.domain.narration.speech import Piece, Speech
from services.dm.domain.story.teller import Teller


class Narrator:
    """One for each reply. What it tells is what the whole reply is going to be told as, as far as that goes. `told`
    only grows, and begins with the opening. Where a second reader may keep a sentence, nothing is told ahead from that
    beat on."""

    def __init__(self, request: InvokeDungeonMaster, opening: str | None, judge: JudgeMode = "off") -> None:
        self.told = opening
        self._teller: Teller | None = None
        self._checked = as_checked(request, judge=judge)
        self._opening = opening
        self._speech = Speech(tools_allowed=request.tools_allowed)
        self._heard = 0
        self._over = not request.names  # who is not told the names is not told the hidden ones either

    def hear(self, piece: Piece) -> str | None:
        """All that the player may be told so far; None when nothing of it is new."""
        beats = None if self._over else self._speech.beats(piece)
        if beats is None or len(beats) <= self._heard:
            return None
        self._teller = self._teller or open_teller(self._checked, self._opening)
        before = self.told
        for beat in beats[self._heard :]:
            told = join((self.told or "", *(each.text for each in self._teller.tell(beat))))
            waits = self._checked.reply.judge == "gate" and self._teller.reader.asked
            if waits or len(told) > MOST_TOLD:
                self._over = True
                break
            self.told = told or None
        self._heard = len(beats)
        return self.told if self.told != before else None


def as_checked(
    request: InvokeDungeonMaster, reply: DungeonMasterReplied | None = None, judge: JudgeMode = "off"
) -> ValidateAndRoute:
    """The request that the reply is going to be checked with, as far as a check reads it. `judge`: how a reply is
    going to be judged that has not come yet."""
    return ValidateAndRoute(
        envelope=request.envelope,
        reply=reply or DungeonMasterReplied(envelope=request.envelope, told_by="model", judge=judge),
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
