"""A set of inputs that somebody else labelled, in a grammar of its own, so that rates on a stranger's set can be had.

One JSON object a line, `{id, situation, action, acceptable}`; the situations are one object, from name to a
`ValidateAndRoute` request. Acceptable is a list of deeds `tool[:id[:id]]` (an id that is absent is free), of deeds in a
row `a+b`, of `answer` (to a question, whichever) and `grace` (a story in kind). It is read as the first action of a new
turn.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from pydantic import ConfigDict

from contracts.dm import ValidateAndRoute
from contracts.envelope import Value
from contracts.state import Budget
from ninelives.evaluation.understanding.judge import Outcome, is_useful, judge
from ninelives.evaluation.understanding.playing import Playthrough, Read, play
from ninelives.evaluation.understanding.situations import Setting, look
from ninelives.evaluation.understanding.wants import LabelledWant, WantedDeed
from services.campaign.domain.derive import scene_of
from services.dm.domain.reading import Answer, Roleplay
from services.dm.wiring import catalogue

SPOKEN = frozenset(("answer", "grace"))


class OutsideInput(Value):
    """A line; what else it holds is for people."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    situation: str
    action: str
    acceptable: tuple[str, ...]


def count(inputs: Path, situations: Path, read: Read) -> Counter[Outcome]:
    """The outcomes of a file's inputs. Raises OSError and ValueError for files that cannot be read."""
    requests = json.loads(situations.read_text(encoding="utf-8"))
    entries = [
        OutsideInput.model_validate_json(line) for line in inputs.read_text(encoding="utf-8").splitlines() if line
    ]
    settings = {name: _setting(requests[name]) for name in {entry.situation for entry in entries}}
    return Counter(outcome(entry, play(entry.action, settings[entry.situation], read)) for entry in entries)


def outcome(entry: OutsideInput, played: Playthrough) -> Outcome:
    """The class of a playthrough by these labels. Grace is graceful and no more, as who labelled them judged it."""
    deeds = tuple(_want(label) for label in entry.acceptable if label not in SPOKEN)
    done, said = played.numbers("done"), [each.meaning for each in played.acted]
    found: Outcome = judge(LabelledWant(any=deeds), played) if deeds else "wrong" if done else "dead"
    if found in ("understood", "wrong") or done:
        return found
    if "answer" in entry.acceptable and any(isinstance(meaning, Answer) for meaning in said):
        return "understood"
    in_kind = any(isinstance(meaning, Roleplay) and meaning.manner != "murmur" for meaning in said)
    return "graceful" if is_useful(played) or ("grace" in entry.acceptable and in_kind) else "dead"


def _setting(request: object) -> Setting:
    scene = ValidateAndRoute.model_validate(request).scene
    scene = scene_of(scene.state, Budget())
    return Setting(scene, look(scene), ())


def _want(label: str) -> LabelledWant:
    return LabelledWant(do=tuple(_deed(part) for part in label.split("+")))


def _deed(label: str) -> WantedDeed:
    """The ids are the tool's arguments in the order of the catalogue."""
    tool, *ids = label.split(":")
    required = next(each.input_schema["required"] for each in catalogue().tools if each.name == tool)
    return WantedDeed(tool=tool, args=dict(zip(required, ids, strict=False)))
