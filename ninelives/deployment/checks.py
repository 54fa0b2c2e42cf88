"""Checks of what an account must have before a deployment can succeed, asked before anything is done.

Each check gives findings: one that says `stops` would make the deployment fail or a model stay silent; the others are
worth knowing. What the caller may not ask is said, not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from infra.errors import UserError

BOOTSTRAP_PARAMETER = "/cdk-bootstrap/hnb659fds/version"
ENOUGH_AT_ONCE = 200
"""Functions running at once, below which a handful of players throttle each other: a turn with tools holds up to six,
and its events another dozen."""
RAISE_QUOTA = (
    "aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 "
    "--desired-value 1000"
)
NEVER = ("ValidationException", "ResourceNotFoundException")
NO_ACCESS = ("access to the model", "use case", "not authorized to perform the required AWS Marketplace", "Legacy")
"""Words of Bedrock when it is the account that may not use a model, rather than the caller."""
QUESTION = [{"role": "user", "content": [{"text": "Meow?"}]}]

Client = Callable[[str], Any]


@dataclass(frozen=True)
class AccountFinding:
    """One line for the operator."""

    text: str
    stops: bool = False


def require_bootstrap(client: Client, region: str) -> None:
    """Raises UserError when the region was never prepared for the CDK."""
    try:
        client("ssm").get_parameter(Name=BOOTSTRAP_PARAMETER)
    except ClientError as error:
        if error.response["Error"]["Code"] != "ParameterNotFound":
            raise UserError(f"Cannot read {BOOTSTRAP_PARAMETER}: {error}") from error
        raise UserError(
            f"{region} is not prepared for the CDK: run `ninelives deploy --bootstrap` once, with rights to create "
            "roles and a bucket."
        ) from error


def check_region(region: str, known: list[str]) -> Iterator[AccountFinding]:
    """`known` are the regions with everything the game needs."""
    if not re.fullmatch(r"[a-z]{2}(-[a-z]+)+-\d", region):
        yield AccountFinding(f"{region} is no region: write it like us-east-1.", stops=True)
    elif region not in known:
        yield AccountFinding(f"{region} is not known to have a Cognito user pool: stacks may be refused there.")


def check_concurrency(client: Client) -> Iterator[AccountFinding]:
    """The number of functions that may run at once: new accounts have ten."""
    try:
        limit = client("lambda").get_account_settings()["AccountLimit"]["ConcurrentExecutions"]
    except (BotoCoreError, ClientError) as error:
        yield _report_unchecked("the quota of functions at once", error)
        return
    if limit < ENOUGH_AT_ONCE:
        yield AccountFinding(
            f"Only {limit} functions may run at once in this account: players will throttle each other. "
            f"Ask for more first (free, hours to a day): {RAISE_QUOTA}"
        )


def check_model(client: Client, model: str) -> Iterator[AccountFinding]:
    """One question to the model by the caller. It also makes the subscription that a first call of an account to a
    model of a third party makes, for which the functions' roles have no permission."""
    try:
        client("bedrock-runtime").converse(modelId=model, messages=QUESTION, inferenceConfig={"maxTokens": 16})
    except ClientError as error:
        code, says = error.response["Error"]["Code"], error.response["Error"]["Message"]
        if code in NEVER or any(words in says for words in NO_ACCESS):
            yield AccountFinding(
                f"{model} does not answer this account: {says} Every turn would be the understudy's.", True
            )
        else:
            yield _report_unchecked(f"whether {model} answers", error)
    except BotoCoreError as error:
        yield _report_unchecked(f"whether {model} answers", error)


def check_key(client: Client, parameter: str) -> Iterator[AccountFinding]:
    """Whether the key of an OpenAI-compatible endpoint is where the functions look for it. It is not read."""
    try:
        found = client("ssm").get_parameter(Name=parameter)["Parameter"]
    except ClientError as error:
        if error.response["Error"]["Code"] != "ParameterNotFound":
            yield _report_unchecked(f"whether there is {parameter}", error)
            return
        yield AccountFinding(
            f"There is no {parameter}, so every turn would be the understudy's. Put the endpoint's key there: "
            f"aws ssm put-parameter --type SecureString --name {parameter} --value KEY",
            stops=True,
        )
    except BotoCoreError as error:
        yield _report_unchecked(f"whether there is {parameter}", error)
    else:
        if found["Type"] != "SecureString":
            yield AccountFinding(f"{parameter} is a {found['Type']}, which anybody may read: make it a SecureString.")


def check_mail(client: Client, sender: str, identity: str) -> Iterator[AccountFinding]:
    """Whether SES lets mail to players be sent from this address by this identity, the address itself or its domain;
    without a sender it is Cognito's own, which is for trying."""
    if not sender:
        yield AccountFinding(
            "Mail to players comes from Cognito's own address, 50 a day at most: for more, verify an identity in SES "
            "and deploy with --context mail_from=address."
        )
        return
    try:
        mail = client("sesv2")
        if not _is_verified(mail, identity):
            yield AccountFinding(
                f"{identity} is no verified identity of SES in this region: Cognito could send no mail. Verify it, or "
                "name the one that is with --context mail_identity=example.org.",
                stops=True,
            )
        elif not mail.get_account().get("ProductionAccessEnabled"):
            yield AccountFinding(
                "SES is in its sandbox here and mails verified addresses only: ask for production access."
            )
    except (BotoCoreError, ClientError) as error:
        yield _report_unchecked(f"whether SES may send from {sender}", error)


def check_alarms(address: str) -> Iterator[AccountFinding]:
    """Whether anybody is told of alarms."""
    if not address:
        yield AccountFinding("Alarms will tell nobody: --context alarm_email=address has them mailed.")


def _is_verified(mail: Any, identity: str) -> bool:
    try:
        return bool(mail.get_email_identity(EmailIdentity=identity).get("VerifiedForSendingStatus"))
    except ClientError as error:
        if error.response["Error"]["Code"] != "NotFoundException":
            raise
        return False


def _report_unchecked(what: str, error: Exception) -> AccountFinding:
    return AccountFinding(f"Not checked, {what}: {error}")
