"""A knowledge base ranks, and nothing more: what may be read and what is told stay the pack's."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from contracts.lore import Passage
from services.lore import wiring
from services.lore.domain.pack import Pack
from services.lore.domain.retrieval import retrieve
from services.lore.tests.builders import asking, campaign
from services.lore.tests.retrieve_server import RetrieveServer, find

SECRETS = "secret-tenth-life"
WATER = "May I drink the green water of the canal?"


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name, value in (("ACCESS_KEY_ID", "k"), ("SECRET_ACCESS_KEY", "s"), ("DEFAULT_REGION", "us-east-1")):
        monkeypatch.setenv(f"AWS_{name}", value)
    monkeypatch.delenv("WORLD", raising=False)
    wiring.ranker.cache_clear()
    yield
    wiring.ranker.cache_clear()


@contextmanager
def knowledge_base(monkeypatch: pytest.MonkeyPatch, *answers: dict[str, object]) -> Iterator[RetrieveServer]:
    """A deployment whose knowledge base gives these answers."""
    with RetrieveServer(*answers) as server:
        monkeypatch.setenv("KNOWLEDGE_BASE", "KB00000001")
        monkeypatch.setenv("AWS_ENDPOINT_URL_BEDROCK_AGENT_RUNTIME", server.url)
        yield server


def passages(pack: Pack, action: str = WATER) -> tuple[Passage, ...]:
    return retrieve(pack, asking(campaign(pack), action), wiring.ranker()).passages


def test_what_it_finds_comes_in_its_order_with_the_texts_of_the_pack(
    nekopolis: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = find(("npc-pib", 0.4), ("s3://lore/city/item-smoke-pellet.txt", 0.9), ("npc-pib", 0.2))
    with knowledge_base(monkeypatch, answer) as server:
        told = passages(nekopolis)

    assert [(p.id, p.score) for p in told] == [("item-smoke-pellet", 0.9), ("npc-pib", 0.4)]
    assert told[1].text == nekopolis.npc["pib"].description
    [(path, asked)] = server.asked
    assert path == "/knowledgebases/KB00000001/retrieve"
    assert asked["retrievalQuery"] == {"text": WATER}


def test_what_a_campaign_may_not_read_or_the_pack_does_not_have_is_dropped(
    nekopolis: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = find((SECRETS, 0.9), ("of-another-world", 0.8), ("s3://lore/README", 0.7), ("npc-pib", 0.1))
    with knowledge_base(monkeypatch, answer):
        told = passages(nekopolis)

    assert SECRETS in {f"secret-{secret.id}" for secret in nekopolis.secrets}
    assert [p.id for p in told] == ["npc-pib"]


def test_while_it_is_silent_the_words_answer_and_the_log_has_no_word_of_the_player(
    nekopolis: Pack, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    expected = passages(nekopolis)
    wiring.ranker.cache_clear()

    with caplog.at_level(logging.WARNING), knowledge_base(monkeypatch) as server:
        told = passages(nekopolis)

    assert told == expected != ()
    assert len(server.asked) == 1
    assert [record.getMessage() for record in caplog.records] == ["knowledge base silent: ThrottlingException"]


def test_an_action_without_a_telling_word_is_not_sent(nekopolis: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    with knowledge_base(monkeypatch) as server:
        assert passages(nekopolis, "I look around") == ()

    assert server.asked == []


def test_without_one_nobody_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KNOWLEDGE_BASE", raising=False)

    assert type(wiring.ranker()).__name__ == "WordIndex"
