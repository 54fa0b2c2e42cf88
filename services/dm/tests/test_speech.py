"""Plain text that may be told before it has ended: nothing that is JSON, a mark of a machine or an apology."""

from __future__ import annotations

import pytest

from services.dm.domain.narration.speech import Piece, Speech

STORY = "Rain drums on the tin roof."


def tell(text, size=4):
    speech = Speech(tools_allowed=False)
    pieces = (Piece(-1, None, text[at : at + size]) for at in range(0, len(text), size))
    heard = [beats for piece in pieces if (beats := speech.beats(piece)) is not None][-1]
    return " ".join(beat.text for beat in heard)


def test_plain_prose_is_told():
    assert tell(f"{STORY} And on.") == STORY


@pytest.mark.parametrize(
    "text",
    [
        '{"beats": [{"text": "Rain drums."}]}',
        '[{"text": "Rain drums."}]',
        '```json\n{"name": "buy"}',
        "<think>The player wants fish. I should call buy.</think>",
        "\n\n<tool_call>",
        "I'm sorry, I cannot call that tool. Here is the story.",
        "Sure! Here is what happens next.",
    ],
)
def test_what_begins_like_a_machine_or_an_answer_is_not_told(text):
    assert tell(text) == ""


def test_prose_is_told_up_to_the_first_mark_of_a_machine():
    assert tell(f'{STORY} More. ```json\n{{"name": "buy"}}') == STORY
    assert tell(f'{STORY} More. {{"name": "buy"}} And so on.') == STORY
