"""The roles of functions and of the workflow, as the templates have them, and what AWS would answer for them.

Policies are evaluated by the emulator's evaluator (`ministack.core.iam_evaluator`): an explicit Deny wins, without an
Allow nothing is allowed, wildcards and conditions as IAM has them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from infra.errors import UserError
from infra.permissions.resolving import References, Template

ROLE, POLICY = "AWS::IAM::Role", "AWS::IAM::Policy"
FUNCTION, WORKFLOW = "AWS::Lambda::Function", "AWS::StepFunctions::StateMachine"
ACCOUNT = "000000000000"


@dataclass(frozen=True)
class Grant:
    """One action on one resource that a role allows; the resource may have wildcards."""

    holder: str
    action: str
    resource: str
    condition: str = ""

    def __str__(self) -> str:
        return f"{self.holder} may {self.action} on {self.resource}{self.condition and f' if {self.condition}'}"


@dataclass(frozen=True)
class Role:
    """The permissions of `holder`: `service/name` of a function, or `gateway/turn-workflow`."""

    holder: str
    statements: tuple[dict[str, Any], ...]

    def allows(self, action: str, resource: str, **context: str) -> bool:
        """Whether AWS would let it. `context` has the condition keys of the request, `:` written as `__`."""
        from ministack.core.iam_evaluator import EvalContext, evaluate, parse_policy_document

        asked = EvalContext(
            principal_arn=f"arn:aws:sts::{ACCOUNT}:assumed-role/{self.holder}/session",
            principal_type="AssumedRole",
            principal_account=ACCOUNT,
            action=action,
            resource_arn=resource,
            region="",
            service_context={key.replace("__", ":").lower(): value for key, value in context.items()},
        )
        return bool(evaluate(asked, [parse_policy_document({"Statement": list(self.statements)})]).decision == "Allow")

    def grants(self) -> Iterator[Grant]:
        """The grants of the role, one by one."""
        for statement in self.statements:
            for action in statement["Action"]:
                for resource in statement["Resource"]:
                    yield Grant(self.holder, action, resource, _show(statement.get("Condition", {})))

    def without(self, action: str, resource: str) -> Role:
        """The same role with one grant less."""
        return Role(
            self.holder,
            tuple(
                {**each, "Action": [action_], "Resource": [resource_]}
                for each in self.statements
                for action_ in each["Action"]
                for resource_ in each["Resource"]
                if (action_, resource_) != (action, resource)
            ),
        )


def roles(templates: Mapping[str, Template]) -> dict[str, Role]:
    """By holder. Raises UserError for a policy that says more than this can compare."""
    references = References(templates)
    statements: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for service, logical_id, properties in references.all(POLICY):
        for role in properties["Roles"]:
            held = statements.setdefault((service, role["Ref"]), [])
            held += [_resolve(references, service, each) for each in properties["PolicyDocument"]["Statement"]]
        if set(properties) & {"Users", "Groups"}:
            raise UserError(f"{service}: {logical_id} is for others than roles")
    for service, logical_id, properties in references.all(ROLE):
        if properties.get("Policies") or properties.get("ManagedPolicyArns"):
            raise UserError(f"{service}: {logical_id} is allowed something outside of its policies")
    held_by = {key: holder for holder, key in _holders(references).items()}
    return {held_by[key]: Role(held_by[key], tuple(each)) for key, each in statements.items() if key in held_by}


def _holders(references: References) -> dict[str, tuple[str, str]]:
    """Service and logical id of the role that each function and the workflow has."""
    found = {
        holder_of(properties): (service, properties["Role"]["Fn::GetAtt"][0])
        for service, _, properties in references.all(FUNCTION)
    }
    for service, _, properties in references.all(WORKFLOW):
        found[f"{service}/turn-workflow"] = service, properties["RoleArn"]["Fn::GetAtt"][0]
    return found


def holder_of(properties: Mapping[str, Any]) -> str:
    """`service/name` of a function."""
    _, service, _, name, _ = properties["Handler"].split(".")
    return f"{service}/{name}"


def _resolve(references: References, service: str, statement: Mapping[str, Any]) -> dict[str, Any]:
    unknown = statement.keys() - {"Action", "Effect", "Resource", "Condition", "Sid"}
    if unknown:
        raise UserError(f"{service}: a statement with {', '.join(sorted(unknown))} is compared with nothing")
    condition = references.resolve_condition(service, statement)
    return {
        "Effect": statement["Effect"],
        "Action": as_list(statement["Action"]),
        "Resource": [references.resolve(service, each) for each in as_list(statement["Resource"])],
        **({"Condition": condition} if condition else {}),
    }


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _show(condition: Mapping[str, Mapping[str, str]]) -> str:
    return ", ".join(f"{key} is {value}" for keys in condition.values() for key, value in keys.items())
