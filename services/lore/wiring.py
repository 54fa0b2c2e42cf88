"""Composition root of lore: the world this deployment plays, and what finds passages in it."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from services.lore.adapters.pack_files import load_pack
from services.lore.domain.documents import library
from services.lore.domain.pack import Pack
from services.lore.domain.ranking import Ranker

WORLDS = Path(__file__).resolve().parent / "world"


@cache
def world() -> Pack:
    """The pack named by WORLD (default nekopolis), loaded once per container. Raises PackInvalid, a build error."""
    return load_pack(WORLDS / os.environ.get("WORLD", "nekopolis"))


@cache
def ranker() -> Ranker:
    """The index of words, ready; the knowledge base that KNOWLEDGE_BASE names before it, where one is named."""
    words = library(world()).index
    if not (named := os.environ.get("KNOWLEDGE_BASE")):
        return words
    from services.lore.adapters.knowledge_base import KnowledgeBase
    from stagekit.clients import client

    return KnowledgeBase(client("bedrock-agent-runtime", connect=1, read=2, tries=1), named, otherwise=words)
