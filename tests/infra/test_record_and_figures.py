"""The audit table can only be added to and read, and answers are measured against the target that was promised."""

from __future__ import annotations

from tests.infra.templates import Cloud


def test_the_record_can_be_added_to_and_read_and_nothing_else(aws: Cloud) -> None:
    may = {action for statement in aws.statements_of("audit/record") for action in statement.actions}

    assert {action for action in may if action.startswith("dynamodb:")} == {
        "dynamodb:BatchGetItem", "dynamodb:PartiQLInsert", "dynamodb:PutItem", "dynamodb:Query",
    }  # fmt: skip


def test_answers_are_measured_against_ten_seconds(aws: Cloud) -> None:
    variables = aws.function("metrics/count").properties["Environment"]["Variables"]

    assert variables["TURN_TARGET_SECONDS"] == "10"
