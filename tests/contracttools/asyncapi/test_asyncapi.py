"""One document tells every event: what is in it is what the code says and hears, and the official parser takes it."""

from __future__ import annotations

import json

import pytest
from jsonschema_rs import Draft202012Validator

from infra.subscriptions import subscriptions
from ninelives.contracttools.asyncapi import document, page
from ninelives.contracttools.npm import NotInstalled
from tests.support.archived_events import make_events


@pytest.fixture(scope="module")
def told() -> dict:
    return document.document()


def test_the_committed_document_is_what_the_code_generates():
    assert document.FILE.read_text(encoding="utf-8") == document.text(), "run `make schemas` and commit what it writes"


def test_every_kind_of_event_has_a_channel_that_its_owner_sends_on(told):
    kinds = {kind.__name__: kind for kind in document.events()}
    senders = {
        name.rpartition(".")[2]: name.split(".")[0] for name, op in told["operations"].items() if op["action"] == "send"
    }

    assert told["channels"].keys() == kinds.keys()
    assert senders == {name: kind.producer.removeprefix("ninelives.") for name, kind in kinds.items()}
    assert {told["channels"][name]["address"] for name in kinds} == {kind.detail_type for kind in kinds.values()}


def test_who_hears_an_event_is_who_has_a_handler_for_it(told):
    receivers = {tuple(name.split(".")[:2]) for name, op in told["operations"].items() if op["action"] == "receive"}

    assert receivers == {(who.service, who.handler) for who in subscriptions()}
    assert ("audit", "record") in receivers
    assert f"audit.record.receives.{document.events()[0].__name__}" in told["operations"]
    assert "chronicle.remember.receives.TurnAcceptedV1" not in told["operations"]


def test_no_reference_leads_out_of_the_document_or_nowhere(told):
    def references(part):
        if isinstance(part, dict):
            yield from ([part["$ref"]] if isinstance(part.get("$ref"), str) else [])
            part = list(part.values())
        if isinstance(part, list):
            for each in part:
                yield from references(each)

    for reference in set(references(told)):
        at = told
        for step in reference.removeprefix("#/").split("/"):
            assert step in at, reference
            at = at[step]


def test_every_event_fits_its_channel_and_one_without_its_metadata_does_not(told):
    names = {kind.detail_type: kind.__name__ for kind in document.events()}
    first = {event["detail-type"]: event["detail"] for event in make_events(campaigns=8, turns=12)}
    assert first.keys() == names.keys(), "a kind of event is never told here"

    for kind, detail in first.items():
        payload = told["components"]["messages"][names[kind]]["payload"]
        reader = Draft202012Validator({**payload, "components": told["components"]})
        reader.validate(detail)
        assert not reader.is_valid({"data": detail["data"]})


@pytest.fixture(scope="module")
def installed() -> None:
    try:
        page.PACKAGES.folder()
    except NotInstalled as error:
        pytest.skip(f"the official parser is not to be had: {error}")


def test_the_official_parser_finds_nothing_to_mend(installed):
    _, found = page.parse_document(document.text())

    assert not found


def test_the_official_parser_refuses_a_document_that_is_wrong(installed):
    wrong = json.loads(document.text())
    wrong["operations"]["campaign.sends.TurnResolvedV1"]["action"] = "shout"

    with pytest.raises(page.Invalid, match="action"):
        page.parse_document(json.dumps(wrong))


def test_the_page_holds_all_it_needs(installed):
    made = page.page(document.text())

    assert "default-src 'none'" in made
    for outside in (' src="', "<link", "@import", "url(http"):
        assert outside not in made.split("<script>")[0]
    assert "TurnResolved.v1" in made
