"""One deployment of the app: where it goes, what it is called, and the settings it carries."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from aws_cdk import RemovalPolicy
from aws_cdk import aws_logs as logs

from infra.assets.build import Package
from infra.constructs.player_limits import NoNumber, limits
from infra.errors import UserError
from infra.game_master import (
    CONTENT_LEVELS,
    JUDGES,
    PROVIDERS,
    USUAL_CONTENT,
    DayBudget,
    MasterChoice,
    choose_day_budget,
    require_usable,
)
from infra.turn_limits import USUAL, TurnLimits

STARTS = ("cold", "snapstart", "provisioned")
"""Starts of a function that somebody waits for: anew, from a snapshot of one that has begun, or one kept running."""
FORMATS, PROFILES = ("tools", "json", "auto"), ("full", "small")
"""Ways to ask an OpenAI-compatible server for a reply; amounts that a model is told and offered. The first is usual."""


@dataclass(frozen=True)
class Deployment:
    """Settings read from the CDK context. `packages` are the built services by name; with `chaos`, players may have
    things broken on purpose. `traces`: X-Ray follows every call. `watched_closely`: each function and queue has alarms
    of its own, and there is a dashboard; without, what hurts players or facts has an alarm. `alarm_email` is told of
    them. `starts` is paid for unless it is cold. Mail to players is from `mail_from`, which `mail_identity` of SES
    allows; without, it is Cognito's own. With `story_key`, manifests of stories are signed with a key
    in KMS, which is paid for by the month. `firewall` is a web ACL of AWS WAF that stands before the one address of
    pages and API, by its ARN."""

    target: Literal["local", "aws"]
    environment: str
    packages: Mapping[str, Package]
    dm_provider: str = "understudy"
    dm_model: str = ""
    dm_cheap_model: str = ""
    dm_turn_budget: int = 0
    dm_campaign_budget: int = 0
    day_budget: DayBudget = field(default_factory=DayBudget)
    dm_strict_tools: bool = False
    dm_stream: bool = True
    dm_guardrail: str = ""
    content_level: str = USUAL_CONTENT
    content_help: str = ""
    blocked_names: str = ""
    dm_judge: str = JUDGES[0]
    dm_judge_model: str = ""
    dm_format: str = FORMATS[0]
    dm_profile: str = PROFILES[0]
    turn_limits: TurnLimits = field(default_factory=TurnLimits)
    bedrock_endpoint: str = ""
    openai_base_url: str = ""
    openai_api_key_parameter: str = ""
    knowledge_base: str = ""
    turn_deadline_seconds: int = 300
    web_origins: tuple[str, ...] = ()
    limits: str = ""
    chaos: bool = False
    log_level: str = "INFO"
    traces: bool = False
    watched_closely: bool = False
    starts: str = STARTS[0]
    alarm_email: str = ""
    mail_from: str = ""
    mail_identity: str = ""
    story_key: bool = False
    firewall: str = ""

    @property
    def content_ceiling(self) -> dict[str, str]:
        """The setting of a function for the loosest level that campaigns may have: nothing where it is the usual
        one."""
        return {} if self.content_level == USUAL_CONTENT else {"CONTENT_LEVEL": self.content_level}

    @property
    def durable(self) -> bool:
        """Whether data must outlive its stack."""
        return self.target == "aws"

    @property
    def removal(self) -> RemovalPolicy:
        """The policy for data that leaves a template. For what has a generated name: a creation that is rolled back
        leaves an empty one behind, for its deletion protection would keep it anyway."""
        return RemovalPolicy.RETAIN if self.durable else RemovalPolicy.DESTROY

    @property
    def named_removal(self) -> RemovalPolicy:
        """The same for what has a fixed name, which a failed creation must not leave behind: the next one would find
        its names taken."""
        return RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE if self.durable else RemovalPolicy.DESTROY

    @property
    def log_retention(self) -> logs.RetentionDays:
        return logs.RetentionDays.ONE_MONTH if self.durable else logs.RetentionDays.ONE_WEEK

    def name(self, *parts: str) -> str:
        """A physical name: `ninelives-<environment>-<parts>`."""
        return "-".join(("ninelives", self.environment, *parts)).replace("_", "-")

    @classmethod
    def from_context(cls, context: Mapping[str, Any], packages: Mapping[str, Package]) -> Deployment:
        """The deployment that CDK context keys describe. Raises UserError for values that mean nothing."""
        target = context.get("target", "local")
        if target not in ("local", "aws"):
            raise UserError(f"target is {target!r}: use local or aws.")
        provider = context.get("dm_provider") or "understudy"
        if provider not in PROVIDERS:
            raise UserError(f"dm_provider is {provider!r}: use one of {', '.join(PROVIDERS)}.")
        model, cheap_model = context.get("dm_model") or "", context.get("dm_cheap_model") or ""
        turn_budget = _whole("dm_turn_budget", context, "micro-dollars, 0 for no limit")
        campaign_budget = _whole("dm_campaign_budget", context, "micro-dollars, 0 for no limit")
        openai_base_url = context.get("openai_base_url") or ""
        key_parameter = context.get("openai_api_key_parameter") or ""
        limited = bool(turn_budget or campaign_budget)
        judge, judge_model = context.get("dm_judge") or JUDGES[0], context.get("dm_judge_model") or ""
        guardrail = context.get("dm_guardrail") or ""
        asked = MasterChoice(
            provider, model, cheap_model, limited, openai_base_url, judge, judge_model, key_parameter, guardrail
        )
        require_usable(asked)
        turn_limits = TurnLimits(_whole("dm_timeout", context, "seconds") or USUAL)
        deadline = _seconds(context.get("turn_deadline_seconds") or 300)
        turn_limits.check_deadline(deadline)
        environment = context.get("environment") or ("prod" if target == "aws" else "local")
        return cls(
            target=target,
            environment=environment,
            packages=packages,
            dm_provider=provider,
            dm_model=model,
            dm_cheap_model=cheap_model,
            dm_turn_budget=turn_budget,
            dm_campaign_budget=campaign_budget,
            day_budget=choose_day_budget(
                asked,
                _whole_or_none("dm_day_budget", context, "micro-dollars, 0 for no limit"),
                _whole_or_none("dm_day_tokens", context, "tokens, 0 for no limit"),
                _whole_or_none("dm_player_share", context, "percent, 0 for no limit"),
                usual=target == "aws",
            ),
            dm_strict_tools=_on("dm_strict_tools", context),
            dm_stream=str(context.get("dm_stream", "")) != "0",
            dm_guardrail=guardrail,
            content_level=_one_of("content_level", CONTENT_LEVELS, context, usual=USUAL_CONTENT),
            content_help=_bound_text("content_help", context, 500),
            blocked_names=_bound_text("blocked_names", context, 2000),
            dm_judge=judge,
            dm_judge_model=judge_model if judge != JUDGES[0] else "",
            bedrock_endpoint=context.get("bedrock_endpoint") or "",
            openai_base_url=openai_base_url,
            openai_api_key_parameter=key_parameter,
            knowledge_base=_knowledge_base(context),
            turn_deadline_seconds=deadline,
            dm_format=_one_of("dm_format", FORMATS, context),
            dm_profile=_one_of("dm_profile", PROFILES, context),
            turn_limits=turn_limits,
            web_origins=_origins(context.get("web_origins"), target),
            limits=_limits(context, target),
            chaos=_chaos(context, target, environment),
            traces=_on("traces", context),
            watched_closely=_on("watched_closely", context),
            starts=_starts(context, target),
            alarm_email=_address("alarm_email", context),
            mail_from=_address("mail_from", context),
            mail_identity=context.get("mail_identity") or context.get("mail_from") or "",
            story_key=_on("story_key", context, usual=provider != "understudy"),
            firewall=_firewall(context),
        )


def _on(key: str, context: Mapping[str, Any], usual: bool = False) -> bool:
    """Whether it is switched on; as is usual where nobody says."""
    said = context.get(key)
    return usual if said in (None, "") else str(said).lower() in ("1", "true")


def _bound_text(key: str, context: Mapping[str, Any], most: int) -> str:
    """A text that goes into a function's environment, which holds 4 KB in all."""
    value = str(context.get(key) or "")
    if len(value) > most:
        raise UserError(f"{key} has {len(value)} characters: at most {most}.")
    return value


def _firewall(context: Mapping[str, Any]) -> str:
    arn = str(context.get("firewall") or "")
    if arn and not re.fullmatch(r"arn:aws:wafv2:us-east-1:\d{12}:global/webacl/[\w-]+/[\w-]+", arn):
        raise UserError(
            f"firewall is {arn!r}: give the ARN of a web ACL for CloudFront, which is in us-east-1 and begins with "
            "arn:aws:wafv2:us-east-1:. docs/threats.md says how one is made."
        )
    return arn


def _starts(context: Mapping[str, Any], target: str) -> str:
    starts = _one_of("starts", STARTS, context)
    if target == "local" and starts != STARTS[0]:
        raise UserError(f"starts is {starts!r}: a local cloud starts cold.")
    return starts


def _chaos(context: Mapping[str, Any], target: str, environment: str) -> bool:
    chaos = _on("chaos", context)
    if chaos and (target, environment) == ("aws", "prod"):
        raise UserError("chaos breaks turns on purpose, and prod has players who mind: use another environment.")
    return chaos


def _knowledge_base(context: Mapping[str, Any]) -> str:
    """The id of a knowledge base that finds lore; none unless it is named."""
    id = str(context.get("knowledge_base") or "")
    if id and not re.fullmatch(r"[0-9A-Za-z]{10}", id):
        raise UserError(f"knowledge_base is {id!r}: use the id of a Bedrock knowledge base, ten letters and digits.")
    return id


def _origins(value: Any, target: str) -> tuple[str, ...]:
    """Pages of other origins that may ask the API; none unless they are named, and never all of them."""
    origins = tuple(origin.strip() for origin in str(value or "").split(",") if origin.strip())
    scheme = "https" if target == "aws" else "https?"
    for origin in origins:
        if not re.fullmatch(rf"{scheme}://[a-z0-9.-]+(:[0-9]{{1,5}})?", origin):
            raise UserError(f"web_origins has {origin!r}: name each one, like https://play.example.org.")
    return origins


def _limits(context: Mapping[str, Any], target: str) -> str:
    try:
        return limits(context, durable=target == "aws")
    except NoNumber as error:
        raise UserError(str(error)) from None


def _address(key: str, context: Mapping[str, Any]) -> str:
    value = str(context.get(key) or "")
    if value and not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+", value):
        raise UserError(f"{key} is {value!r}: write an address, like ops@example.org.")
    return value


def _one_of(key: str, choices: tuple[str, ...], context: Mapping[str, Any], usual: str = "") -> str:
    """A choice; the usual one when there is none, which is the first unless another is named."""
    value = context.get(key) or usual or choices[0]
    if value not in choices:
        raise UserError(f"{key} is {value!r}: use one of {', '.join(choices)}.")
    return str(value)


def _whole(key: str, context: Mapping[str, Any], of_what: str) -> int:
    value = context.get(key) or 0
    if not str(value).isdigit():
        raise UserError(f"{key} is {value!r}: use whole {of_what}.")
    return int(value)


def _whole_or_none(key: str, context: Mapping[str, Any], of_what: str) -> int | None:
    """None where nothing is said: 0 says something."""
    return None if context.get(key) in (None, "") else _whole(key, context, of_what)


def _seconds(value: Any) -> int:
    """A queue's delay: SQS allows up to 15 minutes."""
    if not str(value).isdigit() or not 1 <= int(value) <= 900:
        raise UserError(f"turn_deadline_seconds is {value!r}: use 1 to 900.")
    return int(value)
