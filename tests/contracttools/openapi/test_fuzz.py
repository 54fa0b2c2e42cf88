"""Answers of the real handlers are those that docs/openapi.json names, whatever is sent.

NINELIVES_FUZZ sets how many requests are made up per route (see `fuzzing.py`); 8 is what fits into every run.
"""

from __future__ import annotations

import json
import os
from typing import Any

import pytest
from schemathesis.python import asgi

from ninelives.contracttools.openapi.document import FILE
from tests.contracttools.openapi.deployed_gateway import TOKEN, DeployedGateway
from tests.contracttools.openapi.fuzzing import PHASES, fuzz, open_schema
from tests.support.size import pick_size

pytestmark = pytest.mark.slow

EXAMPLES = int(os.environ.get("NINELIVES_FUZZ", pick_size("8", "100")))
NOT_JSON = (
    b"",
    b"{",
    b"\xff\xfe",
    b"\xef\xbb\xbf{}",
    b'{"at_turn": NaN}',
    b'{"a": 1, "a": 2}',
    b"[" * 16_000,
    b"9" * 9_000,
)
REACHED = {
    "examples": {200, 201, 202, 204},
    "coverage": {200, 201, 202, 204, 400, 401, 404, 405, 415, 422},
    "fuzzing": {200, 201, 400, 401, 422},
    "stateful": {200, 201, 401, 422},
}
"""Statuses that each way of asking must have got, or it has asked nothing."""


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    told: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return told


@pytest.mark.parametrize("phase", PHASES)
def test_every_answer_is_one_that_the_document_knows(
    deployed: DeployedGateway, document: dict[str, Any], phase: str
) -> None:
    found = fuzz(document, deployed, phase, EXAMPLES)

    assert not found.wrong, "\n".join(found.wrong[:10])
    assert not [each for each in found.answered if each[1] >= 500]
    assert {status for _, status in found.answered} >= REACHED[phase]


def test_what_is_not_json_is_refused_as_the_document_says(deployed: DeployedGateway, document: dict[str, Any]) -> None:
    schema = open_schema(document, deployed)
    with asgi.get_client(deployed.front) as client:
        for operation in (each.ok() for each in schema.get_all_operations()):
            if operation.method != "post" or not operation.body:
                continue
            path = operation.path.replace("{campaign_id}", deployed.campaign).replace("{turn_id}", f"t_{'a' * 26}")
            for body in NOT_JSON:
                headers = {
                    "Content-Type": "application/json",
                    "Idempotency-Key": "k",
                    "Authorization": f"Bearer {TOKEN}",
                }
                answer = client.post(f"http://gateway.example{path}", data=body, headers=headers)

                operation.validate_response(answer)
                assert answer.status_code in (400, 422), (path, body[:20], answer.text)


def test_an_answer_that_the_document_does_not_know_is_found(
    deployed: DeployedGateway, document: dict[str, Any]
) -> None:
    mistaken = json.loads(json.dumps(document))
    mistaken["components"]["schemas"]["Sheet"]["required"].append("seed")
    del mistaken["paths"]["/v1/campaigns/{campaign_id}/dice"]["get"]["responses"]["404"]

    found = fuzz(mistaken, deployed, "coverage", 1)

    assert any("status_code_conformance" in each for each in found.wrong)
