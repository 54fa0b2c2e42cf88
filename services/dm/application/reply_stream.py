"""Reply stream: a model's reply that is told while it comes, written down first, then sent on its way to the player."""

from __future__ import annotations

from contracts.dm import DungeonMasterReplied, InvokeDungeonMaster, JudgeMode, NarrativeTold
from services.dm.application.ports import Send, StreamLog
from services.dm.domain.narration.assemble import assemble
from services.dm.domain.narration.narrator import Narrator, as_checked
from services.dm.domain.narration.opening import join_understudy
from services.dm.domain.narration.speech import Piece


class ReplyStream:
    """What was told of a turn before one reply of it, and is told of it while the reply comes."""

    def __init__(self, request: InvokeDungeonMaster, log: StreamLog, send: Send, judge: JudgeMode = "off") -> None:
        self._request = request
        self._log = log
        self._send = send
        self._judge: JudgeMode = judge
        self.opening = self.told = log.told
        self._narrator: Narrator | None = None
        self._over = False

    def hear(self, piece: Piece) -> None:
        """Tell what can be told now. Raises Transient when another copy of this step has taken over."""
        if self._over:
            return
        self._narrator = self._narrator or Narrator(self._request, self.opening, self._judge)
        told = self._narrator.hear(piece)
        if told is None:
            return
        if not self._log.write(told):  # perhaps it is written, but then nobody was told: that is right
            self._over = True
            return
        self.told = told
        self._send(NarrativeTold(envelope=self._request.envelope, told=told))

    def settle(self, reply: DungeonMasterReplied) -> DungeonMasterReplied:
        """The reply, going on from what was told. One that does not go on as its beginning was told has all of that for
        its opening."""
        kept = reply.model_copy(update={"opening": self.opening})
        if (reply.narrative or reply.beats) and self._story(kept).startswith(self.told or ""):
            return kept
        return reply.model_copy(update={"opening": self.told})

    def _story(self, reply: DungeonMasterReplied) -> str:
        if reply.told_by == "understudy":
            return join_understudy(reply)
        return assemble(as_checked(self._request, reply)).text
