"""Reach of a player's own token in Cognito, and what the pool costs and sends."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from infra.errors import UserError
from tests.infra.templates import Cloud, synthesise_stacks

POOL, CLIENT = "AWS::Cognito::UserPool", "AWS::Cognito::UserPoolClient"


def _pool(cloud: Cloud) -> dict[str, Any]:
    [pool] = cloud.all(POOL)
    return pool.properties


def test_a_token_writes_no_email_so_nobody_has_mail_sent_to_strangers(aws: Cloud) -> None:
    [client] = aws.all(CLIENT)

    assert client.properties["WriteAttributes"] == ["nickname"]


def test_nobody_sets_up_a_second_factor_that_no_step_of_the_api_asks_for(aws: Cloud) -> None:
    assert _pool(aws)["MfaConfiguration"] == "OFF"
    assert "EnabledMfas" not in _pool(aws)


def test_guests_are_paid_for_by_the_cheapest_plan(aws: Cloud) -> None:
    assert _pool(aws)["UserPoolTier"] == "LITE"


def test_mail_comes_from_cognito_until_an_address_is_given(aws: Cloud, tmp_path: Path) -> None:
    given = {"mail_from": "cat@example.org", "mail_identity": "example.org"}
    mail = _pool(synthesise_stacks(tmp_path, target="aws", only="gateway", **given))["EmailConfiguration"]

    assert "EmailConfiguration" not in _pool(aws)
    assert (mail["EmailSendingAccount"], mail["From"]) == ("DEVELOPER", "Nine Lives <cat@example.org>")
    assert mail["SourceArn"]["Fn::Join"][1][-1].endswith(":identity/example.org")


@pytest.mark.parametrize("key", ["mail_from", "alarm_email"])
def test_an_address_that_is_none_is_refused(tmp_path: Path, key: str) -> None:
    with pytest.raises(UserError, match=key):
        synthesise_stacks(tmp_path, target="aws", only="platform", **{key: "cat"})
