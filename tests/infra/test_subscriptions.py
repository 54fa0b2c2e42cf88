"""A rule asks the bus for exactly what its handler hears, and nobody writes that down twice."""

from __future__ import annotations

import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from contracts.envelope import Event
from infra.assets.contents import REPOSITORY
from infra.subscriptions import ConsumerSubscription, subscription, subscriptions
from stagekit import consumer as stagekit_consumer
from tests.infra.templates import Cloud

CONTRACT = """
class GlitchFoundV1(Event):
    detail_type = "GlitchFound.v1"
    producer = "ninelives.glitches"

class GlitchMendedV1(Event):
    detail_type: ClassVar[str] = "GlitchMended.v1"
    producer: ClassVar[str] = "ninelives.glitches"

class NapTakenV1(Event):
    detail_type = "NapTaken.v1"
    producer = "ninelives.naps"

class Nap(Value):
    minutes: int
"""
KINDS = "from contracts.glitches import GlitchFoundV1, GlitchMendedV1 as Mended, NapTakenV1, Nap"
HANDLER = '''"""Lambda entry point: count glitches. Slowly."""

{imports}

@consumer({arguments})
def handler(*, event):
    pass
'''
FOUND, MENDED, NAP = "GlitchFound.v1", "GlitchMended.v1", "NapTaken.v1"


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., ConsumerSubscription]:
    """Reads a handler with these arguments of `@consumer`, in a repository of its own."""

    def write_and_read(arguments: str, imports: str = KINDS, **others: str) -> ConsumerSubscription:
        files = {
            "contracts/glitches.py": CONTRACT,
            "services/vet/pyproject.toml": "",
            "services/vet/handlers/count.py": HANDLER.format(arguments=arguments, imports=imports),
            **{f"services/vet/domain/{name}.py": text for name, text in others.items()},
        }
        for name, text in files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text)
        return subscription("vet", "count", tmp_path)

    return write_and_read


def test_a_kind_is_found_in_the_part_of_its_contract(read: Callable[..., ConsumerSubscription], tmp_path: Path) -> None:
    package = tmp_path / "contracts" / "naps"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("if TYPE_CHECKING:\n    from contracts.naps.kinds import *\n")
    (package / "kinds.py").write_text(CONTRACT)

    heard = read("NapTakenV1", "from contracts.naps import NapTakenV1")

    assert [kind.detail_type for kind in heard.kinds] == [NAP]


@pytest.mark.parametrize(
    ("arguments", "heard"),
    [
        ("", ()),
        ("GlitchFoundV1", (FOUND,)),
        ("Mended, NapTakenV1, Mended", (MENDED, NAP)),
        ("*SHOWN", (NAP, FOUND)),
        ("*SHOWN, Mended", (NAP, FOUND, MENDED)),
        ("*ALL", (MENDED, NAP, FOUND)),
        ("*PARTS", (FOUND, MENDED)),
        ("*tuple(PARTS)", (FOUND, MENDED)),
        ("*get_args(Either)", (MENDED, NAP)),
    ],
)
def test_what_a_handler_hears_is_what_its_consumer_names(
    read: Callable[..., ConsumerSubscription], arguments: str, heard: tuple[str, ...]
) -> None:
    feed = f"""
{KINDS}
SHOWN = (NapTakenV1, GlitchFoundV1)
ALL: tuple[type[Event], ...] = (Mended, *SHOWN)
PARTS: dict[type[Event], set[str]] = {{GlitchFoundV1: {{"where"}}, Mended: set()}}
Either = Mended | NapTakenV1
"""
    found = read(arguments, f"{KINDS}\nfrom services.vet.domain.feed import ALL, PARTS, SHOWN, Either", feed=feed)

    assert (found.detail_types, found.producers) == (heard, ())
    assert (found.service, found.handler, found.purpose) == ("vet", "count", "count glitches. Slowly")
    assert found.hears("ninelives.glitches", FOUND) is (heard == () or FOUND in heard)


def test_a_handler_can_hear_all_of_a_producer(read: Callable[..., ConsumerSubscription]) -> None:
    found = read('GlitchFoundV1, others_of="ninelives.glitches"')

    assert (found.detail_types, found.producers) == ((), ("ninelives.glitches",))
    assert found.hears("ninelives.glitches", "GlitchSold.v1")
    assert not found.hears("ninelives.naps", NAP)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ("Unheard", "does not say what Unheard is"),
        ("*known()", "names no kinds of events: known()"),
        ("*[kind for kind in EVERY]", "names no kinds of events"),
        ("'GlitchFound.v1'", "names no kinds of events"),
        ("Nap", "Nap is no event"),
        ("Elsewhere", r"There is no contracts/elsewhere\.py"),
        ("Foreign", "does not say what Foreign is"),
        ("NapTakenV1, others_of='ninelives.glitches'", "NapTakenV1 is not of it"),
        ("others_of=made_up()", "option that is not known here: others_of=made_up"),
        ("GlitchFoundV1, every='hour'", "option that is not known here: every="),
    ],
)
def test_a_subscription_that_cannot_be_read_is_refused(
    read: Callable[..., ConsumerSubscription], arguments: str, says: str
) -> None:
    strangers = "from contracts.elsewhere import Elsewhere\nfrom elsewhere import Foreign"

    with pytest.raises(match=says):
        read(arguments, f"{KINDS}\n{strangers}")


def test_a_handler_without_consumer_is_refused(tmp_path: Path) -> None:
    handlers = tmp_path / "services" / "vet" / "handlers"
    handlers.mkdir(parents=True)
    (handlers / "count.py").write_text("def handler(*, event):\n    pass\n")

    with pytest.raises(match=r"services/vet/handlers/count\.py has no `@consumer"):
        subscription("vet", "count", tmp_path)
    with pytest.raises(match=r"There is no services/vet/handlers/recount\.py"):
        subscription("vet", "recount", tmp_path)


@pytest.mark.parametrize("found", subscriptions(), ids=lambda found: f"{found.service}-{found.handler}")
def test_what_is_read_is_what_the_handler_registers_when_it_runs(
    found: ConsumerSubscription, monkeypatch: pytest.MonkeyPatch
) -> None:
    registered: list[tuple[dict[str, tuple[str, str]], tuple[str, ...]]] = []

    def note(*kinds: type[Event], others_of: str | None = None, in_batches: bool = False) -> Callable[[Any], Any]:
        named = {kind.__name__: (kind.detail_type, kind.producer) for kind in kinds}
        registered.append((named, (others_of,) if others_of else ()))
        return lambda consume: consume

    monkeypatch.setattr(stagekit_consumer, "consumer", note)
    runpy.run_module(f"services.{found.service}.handlers.{found.handler}")

    read = {kind.name: (kind.detail_type, kind.producer) for kind in found.kinds}
    assert registered == [(read, found.producers)]


def test_every_rule_asks_for_what_its_handler_hears(aws: Cloud) -> None:
    asked = dict(_list_patterns(aws))

    assert asked.keys() == {(each.service, each.handler) for each in subscriptions()}
    for each in subscriptions():
        pattern = asked[each.service, each.handler]
        assert sorted(pattern.get("detail-type", ())) == sorted(each.detail_types), each
        assert pattern["source"] == (list(each.producers) or [{"prefix": "ninelives."}]), each


def _list_patterns(cloud: Cloud) -> Any:
    """Service and handler of each consumer, with the pattern of the rule that feeds its queue."""
    rules = {
        (rule.stack, rule.properties["Targets"][0]["Arn"]["Fn::GetAtt"][0]): rule.properties["EventPattern"]
        for rule in cloud.all("AWS::Events::Rule")
    }
    handlers = {(each.stack, each.id): each.properties["Handler"] for each in cloud.all("AWS::Lambda::Function")}
    for mapping in cloud.all("AWS::Lambda::EventSourceMapping"):
        queue = mapping.properties["EventSourceArn"].get("Fn::GetAtt", [""])[0]
        if (mapping.stack, queue) in rules:
            handler = handlers[mapping.stack, mapping.properties["FunctionName"]["Ref"]]
            yield (mapping.stack, handler.split(".")[3]), rules[mapping.stack, queue]


def test_no_stack_writes_a_detail_type() -> None:
    for path in (REPOSITORY / "infra" / "stacks").glob("*.py"):
        assert not [kind for each in subscriptions() for kind in each.detail_types if kind in path.read_text()], path
