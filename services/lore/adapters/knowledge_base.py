"""A knowledge base of Amazon Bedrock as what ranks documents, whatever store of vectors is behind it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from services.lore.domain.ranking import Ranked, Ranker

FETCHED = 50
"""Pieces asked for, of 100 that a call may have: a document may come in several, and what is hidden is dropped."""


class KnowledgeBase:
    """Documents as `ninelives lore export` writes them, found by meaning. Only ids and scores are taken from there.

    `otherwise` is asked instead while the knowledge base gives no answer: a turn never waits for it twice.
    """

    def __init__(self, client: Any, id: str, otherwise: Ranker) -> None:
        self._client, self._id, self._otherwise = client, id, otherwise

    def rank(self, question: str, among: frozenset[str], most: int) -> tuple[Ranked, ...]:
        """As Ranker promises, as far as the knowledge base says the same twice."""
        try:
            reply = self._client.retrieve(
                knowledgeBaseId=self._id,
                retrievalQuery={"text": question},
                retrievalConfiguration={"vectorSearchConfiguration": {"numberOfResults": FETCHED}},
            )
        except (BotoCoreError, ClientError) as error:
            logging.getLogger(__name__).warning("knowledge base silent: %s", type(error).__name__)
            return self._otherwise.rank(question, among, most)
        best: dict[str, float] = {}
        for piece in reply["retrievalResults"]:
            id, score = _document(piece.get("location", {})), round(piece.get("score", 0.0), 6)
            if id in among:
                best[id] = max(score, best.get(id, score))
        nearest = sorted((-score, id) for id, score in best.items())[:most]
        return tuple(Ranked(id, -score) for score, id in nearest)


def _document(location: Mapping[str, Any]) -> str:
    """A document's id: its own in a source that is custom, the name of its file in S3."""
    if "customDocumentLocation" in location:
        return str(location["customDocumentLocation"].get("id", ""))
    return PurePosixPath(location.get("s3Location", {}).get("uri", "")).stem
