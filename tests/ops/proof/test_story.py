"""`ninelives story verify`: a story that was given away, held against what was signed of it."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from contracts.manifest import StoryManifest
from contracts.playerapi import KeySet, SignedManifest, Turn
from ninelives.cli.app import app
from ninelives.ops.proof.book import Book, by_id, read
from ninelives.ops.proof.story import verify
from services.gateway.adapters.story_key import KmsStoryKey
from services.gateway.domain import jws
from services.gateway.domain.manifest import as_read, describe_turn
from tests.support.story_keys import new_key

KEY, OTHER = new_key(), new_key()
CAMPAIGN = "c_" + "a" * 26
STORIES = ("Rain falls. A cat waits.\n\nNobody comes.", "Fog. It is “very” thick. You find Ünder’s coin!")


def turns(*narratives: str) -> list[Turn]:
    now = datetime.now(UTC)
    told: dict[str, Any] = {"campaign_id": CAMPAIGN, "status": "resolved", "action": "I wait", "told_by": "understudy"}
    return [
        Turn(id="t_" + "abcd"[n] * 26, number=n + 1, accepted_at=now, resolved_at=now, narrative=each, **told)
        for n, each in enumerate(narratives)
    ]


def signature(of: list[Turn], key: KmsStoryKey = KEY) -> str:
    described = tuple(filter(None, map(describe_turn, of)))
    story = StoryManifest(campaign_id=CAMPAIGN, turns=described).model_dump_json().encode()
    signed = jws.signing_input(story, key.public.kid)
    return jws.compact(signed, key.sign(signed))


def book(of: list[Turn], *signed: str, keys: KmsStoryKey = KEY) -> Book:
    told = {turn.id: as_read(turn.narrative or "") for turn in of}
    return Book(told, signed, by_id((keys.public,)))


def find_mismatches(checked: Book) -> list[str]:
    return [f"{each.where}: {each.what}" for each in verify(checked, checked.keys).mismatches]


def test_what_was_signed_is_verified_however_its_turns_were_signed_together() -> None:
    told = turns(*STORIES)

    assert not find_mismatches(book(told, signature(told)))
    assert not find_mismatches(book(told, signature(told[:1]), signature(told[1:])))


@given(st.data())
def test_no_letter_can_be_changed_and_the_sentence_is_named(data: st.DataObject) -> None:
    told = turns(*STORIES)
    text = as_read(STORIES[1])
    at = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.characters(codec="utf-8").filter(lambda each: each != text[at]))
    changed = Book({**book(told).told, told[1].id: text[:at] + letter + text[at + 1 :]}, (signature(told),), KEYS)

    [only] = find_mismatches(changed)
    assert only.startswith("turn 2")


KEYS = by_id((KEY.public,))


def test_swapped_sentences_are_named_by_the_first_of_them() -> None:
    told = turns(*STORIES)
    swapped = turns("A cat waits. Rain falls. Nobody comes.", STORIES[1])

    assert find_mismatches(book(swapped, signature(told))) == [
        "turn 1, sentence 1: is not what was signed: 'A cat waits'",
    ]


def test_a_sentence_more_is_found() -> None:
    [only] = find_mismatches(book(turns(STORIES[0] + " All is well."), signature(turns(STORIES[0]))))

    assert only == "turn 1: is not what was signed, between or behind its sentences"


def test_the_key_of_somebody_else_proves_nothing() -> None:
    told = turns(*STORIES)

    assert "which is none of the keys" in find_mismatches(book(told, signature(told, OTHER)))[0]


def test_a_signature_of_another_key_under_this_ones_name_is_refused() -> None:
    told = turns(STORIES[0])
    protected, payload, _ = signature(told).split(".")
    forged = jws.compact(f"{protected}.{payload}".encode(), OTHER.sign(f"{protected}.{payload}".encode()))

    assert "not this key's" in find_mismatches(book(told, forged))[0]


def test_the_signature_of_another_turn_is_none_of_this_one() -> None:
    first, second = turns(*STORIES)

    assert find_mismatches(book([first], signature([second]))) == [
        f"{first.id}: has no manifest that is signed",
        "turn 2: is signed and not in the story",
    ]


@pytest.mark.parametrize("header", [{"alg": "none"}, {"alg": "HS256"}, {"typ": "JWT"}])
def test_no_other_way_of_signing_is_believed(header: dict[str, str]) -> None:
    told = turns(STORIES[0])
    protected, payload, signed = signature(told).split(".")
    wanted = {**json.loads(urlsafe_b64decode(protected + "==")), **header}
    other = urlsafe_b64encode(json.dumps(wanted).encode()).rstrip(b"=").decode()

    assert "not a manifest by ES256" in find_mismatches(book(told, f"{other}.{payload}.{signed}"))[0]


@given(st.text(max_size=120))
def test_whatever_is_no_signature_is_said_to_be_none(text: str) -> None:
    assert "is no JWS" in find_mismatches(book(turns(STORIES[0]), text))[0]


def test_turns_out_of_order_are_found() -> None:
    told = turns(*STORIES)

    assert "turns: do not stand in the order in which they were told" in find_mismatches(
        book(told[::-1], signature(told))
    )


def test_a_page_is_read_as_it_is_seen(tmp_path: Path) -> None:
    file = tmp_path / "story.html"
    file.write_text(
        f"""<!doctype html><body><div class="told"><p>Before turn 1.</p></div><img src="x">
        <article class="turn" data-turn="t_1"><p class="deed">I <br> wait</p>
        <div class="told"><p><span class="sentence">Rain &amp; fog.</span> <span>A cat.</span> </p>
        <p><span>Nobody.</span> </p></div><p class="teller">AI</p></article>
        <code class="jws">a.b.c</code><code class="jwks">{KeySet(keys=(KEY.public,)).model_dump_json()}</code>""",
        encoding="utf-8",
    )

    assert read(file) == Book({"t_1": "Rain & fog. A cat. Nobody."}, ("a.b.c",), KEYS)


# The command.


def ninelives(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["story", "verify", *map(str, arguments)])
    return done.exit_code, done.output


def write(directory: Path, told: list[Turn], *signed: SignedManifest, **more: Any) -> Path:
    file = directory / "story.json"
    content = {"turns": [each.model_dump(mode="json") for each in told], **more}
    file.write_text(json.dumps({**content, "manifests": [each.model_dump(mode="json") for each in signed]}))
    return file


def test_a_true_story_is_status_zero_and_the_key_that_came_with_it_is_no_witness(tmp_path: Path) -> None:
    told = turns(*STORIES)
    signed = SignedManifest(jws=signature(told))
    file = write(tmp_path, told, signed, keys=[KEY.public.model_dump()])
    keys = tmp_path / "jwks.json"
    keys.write_text(KeySet(keys=(KEY.public,)).model_dump_json())

    assert ninelives(file)[0] == 0
    assert "whoever made it may have signed it" in ninelives(file)[1]
    status, printed = ninelives(file, "--keys", keys)
    assert (status, printed) == (0, "2 turns, 1 signatures; sentences verified: 6 by understudy.\n")


def test_a_changed_story_is_status_one_and_an_unsigned_one_two(tmp_path: Path) -> None:
    told = turns(*STORIES)
    signed = SignedManifest(jws=signature(turns("Sun shines.", STORIES[1])))

    assert ninelives(write(tmp_path, told, signed, keys=[KEY.public.model_dump()]))[0] == 1
    assert ninelives(write(tmp_path, told, SignedManifest()))[0] == 2
    assert ninelives(tmp_path / "nothing.json")[0] == 2
