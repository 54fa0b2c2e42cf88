"""The record of the last deployment, kept in the cloud itself: it is lost or restored together with the deployment."""

from __future__ import annotations

import json
from dataclasses import dataclass

from infra.local.aws import Aws

PARAMETER = "/ninelives-local-cloud/deployed"


@dataclass(frozen=True)
class Deployed:
    """The fingerprint of the last successful deployment and the names of its stacks."""

    fingerprint: str
    stacks: tuple[str, ...]


NOTHING = Deployed("", ())


def read(aws: Aws) -> Deployed:
    """The last record; NOTHING when nothing was ever deployed here."""
    ssm = aws.client("ssm")
    try:
        value = ssm.get_parameter(Name=PARAMETER)["Parameter"]["Value"]
    except ssm.exceptions.ParameterNotFound:
        return NOTHING
    known = json.loads(value)
    return Deployed(known["fingerprint"], tuple(known["stacks"]))


def write(aws: Aws, deployed: Deployed) -> None:
    value = json.dumps({"fingerprint": deployed.fingerprint, "stacks": deployed.stacks})
    aws.client("ssm").put_parameter(Name=PARAMETER, Value=value, Type="String", Overwrite=True)
