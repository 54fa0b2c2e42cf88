"""Two stacks of a few resources: `house` publishes a queue, the mat, and the function of `cats` uses it."""

from __future__ import annotations

from typing import Any

TABLE = {"Type": "AWS::DynamoDB::Table"}
MAT = {"Type": "AWS::SQS::Queue"}


def parameter(name: str, value: Any) -> dict[str, Any]:
    return {"Type": "AWS::SSM::Parameter", "Properties": {"Name": f"/ninelives/prod/{name}", "Value": value}}


HOUSE = {"Resources": {"Mat": MAT, "MatName": parameter("house/queue/mat", {"Ref": "Mat"})}}


def policy(*statements: dict[str, Any]) -> dict[str, Any]:
    document = {"Statement": [{"Effect": "Allow", **each} for each in statements]}
    return {"Type": "AWS::IAM::Policy", "Properties": {"PolicyDocument": document, "Roles": [{"Ref": "Role"}]}}


def cats(*statements: dict[str, Any], **more: dict[str, Any]) -> dict[str, Any]:
    """The template of a service with one function, `cats/nap`, whose role has these statements."""
    return {
        "Parameters": {
            "Mat": {"Type": "AWS::SSM::Parameter::Value<String>", "Default": "/ninelives/prod/house/mat-arn"}
        },
        "Resources": {
            "Naps": TABLE,
            "NapsName": parameter("cats/table/naps", {"Ref": "Naps"}),
            "Logs": {
                "Type": "AWS::Logs::LogGroup",
                "Properties": {"LogGroupName": "/aws/lambda/ninelives-prod-cats-nap"},
            },
            "Role": {"Type": "AWS::IAM::Role", "Properties": {}},
            "Nap": {
                "Type": "AWS::Lambda::Function",
                "Properties": {
                    "Handler": "services.cats.handlers.nap.handler",
                    "Role": {"Fn::GetAtt": ["Role", "Arn"]},
                    "LoggingConfig": {"LogGroup": {"Ref": "Logs"}},
                },
            },
            "NapName": parameter("cats/fn/nap", {"Fn::GetAtt": ["Nap", "Arn"]}),
            "Policy": policy(*statements),
            **more,
        },
    }


def house() -> dict[str, Any]:
    """The template of the stack that publishes the ARN of its mat, too."""
    arn = parameter("house/mat-arn", {"Fn::GetAtt": ["Mat", "Arn"]})
    return {"Resources": {**HOUSE["Resources"], "MatArn": arn}}
