"""Promises to clients are kept: the document is compared with the released one, and every break is named."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from ninelives.cli.contracts import contracts_app
from ninelives.contracttools.openapi import released
from ninelives.contracttools.openapi.compatibility import breaks

Api = dict[str, Any]
TURNS = "/v1/campaigns/{campaign_id}/turns"


@pytest.fixture(scope="module")
def promised() -> Api:
    return dict(released.read(released.FILE))


def test_nothing_that_was_promised_is_broken() -> None:
    assert not released.broken_promises(), "clients out there would stumble: see `ninelives contracts check-api`"


def test_a_document_keeps_its_own_promises(promised: Api) -> None:
    assert breaks(promised, promised) == []


def take(api: Api) -> Any:
    return api["paths"][TURNS]["post"]


def listing_of(api: Api) -> Any:
    return api["paths"]["/v1/campaigns"]["get"]


def schema(api: Api, name: str) -> Any:
    return api["components"]["schemas"][name]


def drop_the_operation(api: Api) -> None:
    del api["paths"]["/v1/world"]["get"]


def drop_the_path(api: Api) -> None:
    del api["paths"]["/v1/campaigns/{campaign_id}/dice"]


def require_a_header(api: Api) -> None:
    schema_of_it = {"schema": {"type": "string"}}
    listing_of(api).setdefault("parameters", []).append(
        {"name": "X-Cat", "in": "header", "required": True} | schema_of_it
    )


def require_a_query(api: Api) -> None:
    next(each for each in listing_of(api)["parameters"] if each["name"] == "limit")["required"] = True


def narrow_a_query(api: Api) -> None:
    next(each for each in listing_of(api)["parameters"] if each["name"] == "limit")["schema"]["maximum"] = 2


def drop_a_query(api: Api) -> None:
    listing_of(api)["parameters"] = []


def drop_a_header_that_is_asked(api: Api) -> None:
    take(api)["parameters"] = [each for each in take(api)["parameters"] if not each["$ref"].endswith("Prefer")]


def require_a_field(api: Api) -> None:
    schema(api, "NewTurn")["properties"]["mood"] = {"type": "string"}
    schema(api, "NewTurn")["required"].append("mood")


def drop_a_field(api: Api) -> None:
    del schema(api, "NewTurn")["properties"]["expected_turn"]


def narrow_a_field(api: Api) -> None:
    schema(api, "NewTurn")["properties"]["action"]["maxLength"] = 20


def require_a_body(api: Api) -> None:
    media = {"application/json": {"schema": {"$ref": "#/components/schemas/NewFork"}}}
    api["paths"]["/v1/guests"]["post"]["requestBody"] = {"required": True, "content": media}


def take_another_type_of_body(api: Api) -> None:
    content = take(api)["requestBody"]["content"]
    content["application/cbor"] = content.pop("application/json")


def drop_a_status(api: Api) -> None:
    del take(api)["responses"]["202"]


def tell_another_success(api: Api) -> None:
    take(api)["responses"]["203"] = take(api)["responses"]["200"]


def drop_a_problem(api: Api) -> None:
    told = take(api)["responses"]["409"]["content"]["application/problem+json"]["schema"]["allOf"][1]
    told["properties"]["type"]["enum"].remove("/problems/turn-conflict")


def drop_a_property(api: Api) -> None:
    del schema(api, "Turn")["properties"]["narrative"]


def drop_a_property_that_is_always_there(api: Api) -> None:
    del schema(api, "Turn")["properties"]["status"]
    schema(api, "Turn")["required"].remove("status")


def leave_a_property_out_sometimes(api: Api) -> None:
    schema(api, "Campaign")["required"].remove("version")


def drop_a_property_far_inside(api: Api) -> None:
    del schema(api, "EntityRef")["properties"]["name"]


def change_a_type(api: Api) -> None:
    schema(api, "Campaign")["properties"]["turn"] = {"type": "string"}


def tell_a_value_that_nobody_knows(api: Api) -> None:
    schema(api, "Campaign")["properties"]["status"]["enum"].append("paused")


def drop_a_header_that_is_answered(api: Api) -> None:
    del take(api)["responses"]["202"]["headers"]["Location"]


def answer_a_header_sometimes(api: Api) -> None:
    del take(api)["responses"]["202"]["headers"]["Location"]["required"]


def answer_another_type(api: Api) -> None:
    content = take(api)["responses"]["200"]["content"]
    content["text/plain"] = content.pop("application/json")


def ask_everybody_for_a_token(api: Api) -> None:
    api["paths"]["/v1/world"]["get"]["security"] = [{"token": []}]


BREAKS: list[tuple[Callable[[Api], None], str]] = [
    (drop_the_operation, "GET /v1/world operation removed"),
    (drop_the_path, "GET /v1/campaigns/{campaign_id}/dice operation removed"),
    (require_a_header, "GET /v1/campaigns header:x-cat required"),
    (require_a_query, "GET /v1/campaigns query:limit required"),
    (narrow_a_query, "GET /v1/campaigns query:limit $ maximum"),
    (drop_a_query, "GET /v1/campaigns query:limit removed"),
    (drop_a_header_that_is_asked, f"POST {TURNS} header:prefer removed"),
    (require_a_field, f"POST {TURNS} request $.mood required"),
    (drop_a_field, f"POST {TURNS} request $.expected_turn additionalProperties"),
    (narrow_a_field, f"POST {TURNS} request $.action maxLength"),
    (require_a_body, "POST /v1/guests request required"),
    (take_another_type_of_body, f"POST {TURNS} request[application/json] removed"),
    (drop_a_status, f"POST {TURNS} 202 removed"),
    (tell_another_success, f"POST {TURNS} 203 added"),
    (drop_a_problem, f"POST {TURNS} 409 removed"),
    (drop_a_property, f"POST {TURNS} 200 $.narrative removed"),
    (drop_a_property_that_is_always_there, f"POST {TURNS} 200 $.status required"),
    (leave_a_property_out_sometimes, "GET /v1/campaigns/{campaign_id} 200 $.version required"),
    (drop_a_property_far_inside, "GET /v1/world 200 $.places[*].name removed"),
    (change_a_type, "GET /v1/campaigns/{campaign_id} 200 $.turn type"),
    (tell_a_value_that_nobody_knows, "GET /v1/campaigns/{campaign_id} 200 $.status enum"),
    (drop_a_header_that_is_answered, f"POST {TURNS} 202:Location removed"),
    (answer_a_header_sometimes, f"POST {TURNS} 202:Location required"),
    (answer_another_type, f"POST {TURNS} 200[application/json] removed"),
    (ask_everybody_for_a_token, "GET /v1/world security narrowed"),
]


@pytest.mark.parametrize(("change", "named"), BREAKS, ids=[change.__name__ for change, _ in BREAKS])
def test_a_break_is_named(promised: Api, change: Callable[[Api], None], named: str) -> None:
    changed = copy.deepcopy(promised)
    change(changed)

    found = [str(each) for each in breaks(promised, changed)]

    assert [each for each in found if each.startswith(f"{named} ")], found


def test_a_request_that_takes_fewer_values_is_a_break_and_one_that_takes_more_is_none(promised: Api) -> None:
    wide, narrow = copy.deepcopy(promised), copy.deepcopy(promised)
    schema(wide, "NewTurn")["properties"]["mood"] = {"enum": ["calm", "angry"]}
    schema(narrow, "NewTurn")["properties"]["mood"] = {"enum": ["calm"]}

    [found] = breaks(wide, narrow)
    assert str(found).startswith(f"POST {TURNS} request $.mood enum an old client may send")
    assert breaks(narrow, wide) == []


def test_an_api_may_grow(promised: Api) -> None:
    grown = copy.deepcopy(promised)
    grown["paths"]["/v1/cats"] = {"get": listing_of(promised)}
    listing_of(grown)["parameters"].append({"name": "mood", "in": "query", "schema": {"type": "string"}})
    schema(grown, "NewTurn")["properties"]["mood"] = {"type": "string"}
    schema(grown, "Turn")["properties"]["mood"] = {"type": "string"}
    take(grown)["responses"]["410"] = copy.deepcopy(take(grown)["responses"]["409"])
    told = take(grown)["responses"]["409"]["content"]["application/problem+json"]["schema"]["allOf"][1]
    told["properties"]["type"]["enum"].append("/problems/too-wet")

    assert breaks(promised, grown) == []


def test_what_a_path_calls_its_variables_does_not_go_over_the_wire(promised: Api) -> None:
    renamed = json.loads(json.dumps(promised).replace("{campaign_id}", "{id}").replace('"campaign_id"', '"id"', 1))
    for path, item in renamed["paths"].items():
        for each in item.get("parameters", []) if "{id}" in path else []:
            each["name"] = "id" if each["name"] == "campaign_id" else each["name"]

    assert breaks(promised, renamed) == []


def test_the_command_names_each_break_and_says_so_by_its_status(promised: Api, tmp_path: Path) -> None:
    changed = copy.deepcopy(promised)
    drop_the_operation(changed)
    file = tmp_path / "openapi.json"
    file.write_text(json.dumps(changed), encoding="utf-8")
    check = ["check-api", "--old", str(released.FILE), "--new"]

    broken = CliRunner().invoke(contracts_app, [*check, str(file)])
    kept = CliRunner().invoke(contracts_app, [*check, str(released.FILE)])
    unusable = CliRunner().invoke(contracts_app, [*check, str(tmp_path / "none.json")])

    assert (broken.exit_code, kept.exit_code, unusable.exit_code) == (1, 0, 2)
    assert broken.output.startswith("GET /v1/world operation removed")
    assert "compatible" in kept.output


def test_a_document_that_keeps_its_promises_can_be_promised_itself(
    promised: Api, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = tmp_path / "released" / "openapi.json", tmp_path / "openapi.json"
    new.write_text(json.dumps(promised), encoding="utf-8")

    assert released.release(old, new) is True
    assert released.release(old, new) is False
    assert released.broken_promises(old, new) == []
