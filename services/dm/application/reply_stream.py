"""A reply of a model that is told while it comes: written down first, then sent on its way to the player."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from contracts.dm import DungeonMasterReplied, InvokeDungeonMaster, NarrativeTold
from services.dm.adapters.stream_log import Ledger
from services.dm.domain.narration.narrator import Narrator
from services.dm.domain.narration.opening import standing
from services.dm.domain.narration.speech import Piece

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient


class Telling:
    """What was told of a turn before one reply of it, and is told of it while the reply comes."""

    def __init__(self, request: InvokeDungeonMaster, ledger: Ledger, send: Callable[[NarrativeTold], None]) -> None:
        self._request = request
        self._ledger = ledger
        self._send = send
        self.opening = self.told = ledger.told
        self._narrator: Narrator | None = None
        self._over = False

    @property
    def streams(self) -> bool:
        """Whether the operator lets replies be told before they have ended."""
        return os.environ.get("DM_STREAM") != "0"

    def hears(self, piece: Piece) -> None:
        """Tell what can be told now. Raises Transient when another copy of this step has taken over."""
        if self._over:
            return
        self._narrator = self._narrator or Narrator(self._request, self.opening)
        told = self._narrator.hears(piece)
        if told is None:
            return
        try:
            self._ledger.tells(told)
        except (BotoCoreError, ClientError) as error:  # perhaps it is written, but then nobody was told: that is right
            self._over = True
            logging.getLogger(__name__).warning("telling ended: %s", type(error).__name__)
            return
        self.told = told
        self._send(NarrativeTold(envelope=self._request.envelope, told=told))

    def stands(self, reply: DungeonMasterReplied) -> DungeonMasterReplied:
        """The reply, going on from what was told."""
        return standing(reply, self.opening, self.told)


def telling(request: InvokeDungeonMaster) -> Telling | None:
    """For a turn of a deployment that can tell; None elsewhere. Raises what the table raises when what was told cannot
    be read: nothing may be told then."""
    turn_id = request.envelope.turn_id
    if not turn_id or not os.environ.get("NARRATION_QUEUE_URL"):
        return None
    return Telling(request, Ledger(turn_id), send)


def send(message: NarrativeTold) -> None:
    """On its way. The player hears it a moment earlier; whoever does not loses nothing."""
    try:
        _sqs().send_message(QueueUrl=os.environ["NARRATION_QUEUE_URL"], MessageBody=message.model_dump_json())
    except (BotoCoreError, ClientError) as error:
        logging.getLogger(__name__).warning("narration lost: %s", type(error).__name__)


@cache
def _sqs() -> SQSClient:
    return boto3.client("sqs", config=Config(connect_timeout=1, read_timeout=1, retries={"total_max_attempts": 1}))
