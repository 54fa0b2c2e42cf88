"""Reply stream: a model's reply that is told while it comes, written down first, then sent on its way to the player.

The first sentence is told at once. What follows is told in groups, `PAUSE` apart at least: nobody reads faster, and
each group is a write and a message. What is left when the model has ended comes with the turn's answer, a moment later.
"""

from __future__ import annotations

from collections.abc import Callable

from contracts.dm import DungeonMasterReplied, InvokeDungeonMaster, JudgeMode, NarrativeTold
from services.dm.application.ports import Send, StreamLog
from services.dm.domain.narration.assemble import assemble
from services.dm.domain.narration.narrator import Narrator, as_checked
from services.dm.domain.narration.opening import join_understudy
from services.dm.domain.narration.speech import Piece

PAUSE = 1 / 3
"""Seconds between two groups of sentences."""


class ReplyStream:
    """A reply told while it comes, going on from what was told of its turn before. `clock` tells seconds that only
    grow."""

    def __init__(
        self,
        request: InvokeDungeonMaster,
        log: StreamLog,
        send: Send,
        clock: Callable[[], float],
        judge: JudgeMode = "off",
    ) -> None:
        self._request = request
        self._log = log
        self._send = send
        self._clock = clock
        self._judge: JudgeMode = judge
        self.opening = self.told = log.told
        self._narrator: Narrator | None = None
        self._waiting: str | None = None
        self._silent_until: float | None = None
        self._over = False

    def hear(self, piece: Piece) -> None:
        """Tell what can be told and is due. Raises Transient when another copy of this step has taken over."""
        if self._over:
            return
        self._narrator = self._narrator or Narrator(self._request, self.opening, self._judge)
        self._waiting = self._narrator.hear(piece) or self._waiting
        if self._waiting is not None and self._is_due():
            self._tell(self._waiting)

    def _is_due(self) -> bool:
        now = self._clock()
        if self._silent_until is not None and now < self._silent_until:
            return False
        self._silent_until = now + PAUSE
        return True

    def _tell(self, told: str) -> None:
        self._waiting = None
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
