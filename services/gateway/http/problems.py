"""Everything that can be wrong with a request, as RFC 9457 problems. `type` is stable: programs match on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contracts.envelope import CampaignId, TurnId
from contracts.playerapi import Problem
from services.gateway.http.exchange import Answer, compact

CONTENT_TYPE = "application/problem+json"


class Refusal(Exception):
    """A request that is answered with a problem. Nothing was written."""

    def __init__(self, problem: Problem, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(problem.type)
        self.problem = problem
        self.headers = dict(headers or {})

    def answer(self) -> Answer:
        body = compact(self.problem.model_dump(mode="json", exclude_none=True))
        return Answer(self.problem.status, body, self.headers, CONTENT_TYPE)


def problem(kind: str, status: int, title: str, detail: str, **more: Any) -> Problem:
    return Problem(type=f"/problems/{kind}", status=status, title=title, detail=detail, **more)


def refusal(kind: str, status: int, title: str, detail: str, **more: Any) -> Refusal:
    headers = more.pop("headers", None)
    return Refusal(problem(kind, status, title, detail, **more), headers)


def unauthenticated() -> Refusal:
    return refusal("unauthenticated", 401, "Who are you?", "A bearer token of a player is needed.",
                   headers={"WWW-Authenticate": "Bearer"})  # fmt: skip


def chaos_disabled() -> Refusal:
    return refusal("chaos-disabled", 403, "Nothing is broken on purpose here",
                   "The operator of this deployment did not enable chaos. Send the turn without it.")  # fmt: skip


def not_found(what: str) -> Refusal:
    """Also for what exists but is not the caller's: nobody learns what others have."""
    return refusal("not-found", 404, "Not found", f"There is no such {what}.")


def method_not_allowed(allowed: tuple[str, ...]) -> Refusal:
    verbs = ", ".join(allowed)
    return refusal("method-not-allowed", 405, "Method not allowed", f"Allowed here: {verbs}.", headers={"Allow": verbs})


def bad_query(name: str, detail: str) -> Refusal:
    errors = ({"parameter": name, "detail": detail},)
    return refusal("invalid-query", 400, "A query parameter is not valid", f"{name}: {detail}", errors=errors)


def key_missing() -> Refusal:
    return refusal("idempotency-key-missing", 400, "Idempotency-Key is missing",
                   "Send an Idempotency-Key header: new for a new wish, the same when you repeat one.")  # fmt: skip


def key_invalid() -> Refusal:
    return refusal("idempotency-key-invalid", 400, "Idempotency-Key is not valid",
                   "Use 1 to 128 printable ASCII characters.")  # fmt: skip


def key_reused() -> Refusal:
    return refusal("idempotency-key-reused", 422, "Idempotency-Key was used for something else",
                   "This key belongs to an earlier, different request. Use a new one.")  # fmt: skip


def wrong_content_type() -> Refusal:
    return refusal("unsupported-media-type", 415, "Not JSON", "Send application/json.",
                   headers={"Accept-Post": "application/json"})  # fmt: skip


def too_large(limit: int) -> Refusal:
    return refusal("too-large", 413, "Too large", f"A body may have {limit} bytes.")


def malformed(detail: str) -> Refusal:
    return refusal("malformed-json", 400, "Malformed JSON", detail)


def invalid(errors: tuple[dict[str, Any], ...]) -> Refusal:
    return refusal("invalid-body", 422, "The body is not valid", "See errors: each names a field and what is wrong.",
                   errors=errors)  # fmt: skip


def unknown_class(class_id: str, known: tuple[str, ...]) -> Refusal:
    detail = f"{class_id} is not a class of this world. Classes: {', '.join(known)}."
    errors = ({"pointer": "#/character/class_id", "detail": detail},)
    return refusal("unknown-class", 422, "No such class", detail, errors=errors)


def cannot_fork(detail: str) -> Refusal:
    """`detail` is the campaign's own sentence: why not there, and where else."""
    return refusal("cannot-fork", 422, "No fork there", detail, errors=({"pointer": "#/at_turn", "detail": detail},))


def turn_in_progress(campaign: CampaignId, active: TurnId) -> Refusal:
    url = turn_url(campaign, active)
    return refusal("turn-in-progress", 409, "A turn is in progress", f"Wait for {url} to end, then act again.",
                   instance=url, headers={"Retry-After": "1"})  # fmt: skip


def turn_conflict(expected: int, actual: int) -> Refusal:
    detail = f"You expected turn {expected}; the next is {actual}."
    return refusal("turn-conflict", 409, "The story has moved on", detail)


def campaign_over() -> Refusal:
    return refusal("campaign-over", 409, "The story has ended", "This campaign is over. Start a new one.")


def rate_limited(what: str, most: int, seconds: int, wait: int) -> Refusal:
    """`wait`: whole seconds until the next one is granted."""
    spans = {60: "a minute", 3600: "an hour"}
    told = f"Even a cat with nine lives has to breathe: {most} {what} in {spans.get(seconds, f'{seconds} seconds')}"
    detail = f"{told} is all there is. Come back in {wait} s; nothing is lost."
    return refusal("rate-limited", 429, "Slowly, cat", detail, headers={"Retry-After": str(wait)})


def sign_in_failed() -> Refusal:
    """The same words whether there is no such account or the password is another: nobody learns who plays here."""
    return refusal("sign-in-failed", 401, "The door stays shut", "This e-mail and this password open nothing here.",
                   headers={"WWW-Authenticate": "Bearer"})  # fmt: skip


def session_expired() -> Refusal:
    return refusal("session-expired", 401, "The session has ended",
                   "Sign in again, or go on as a new guest. What was played stays.",
                   headers={"WWW-Authenticate": "Bearer"})  # fmt: skip


def email_taken() -> Refusal:
    return refusal("email-taken", 409, "Somebody has this e-mail", "Another account uses it. Sign in with it instead.",
                   errors=({"pointer": "#/email", "detail": "belongs to another account"},))  # fmt: skip


def already_an_account() -> Refusal:
    return refusal(
        "already-an-account", 409, "You have an account", "This player has an e-mail and a password already."
    )


def no_account() -> Refusal:
    return refusal("no-account", 409, "You are a guest", "A guest has no e-mail. Make an account of this player first.")


def code_refused() -> Refusal:
    """The same words for every code that is not the one, and for an e-mail that has no account."""
    return refusal("code-refused", 422, "Not this code", "It is another code, or an old one. Ask for a new one.",
                   errors=({"pointer": "#/code", "detail": "opens nothing"},))  # fmt: skip


def password_too_weak(rules: tuple[str, ...]) -> Refusal:
    errors = tuple({"pointer": "#/password", "detail": rule} for rule in rules)
    return refusal("password-too-weak", 422, "The password is too weak", f"It {', and '.join(rules)}.", errors=errors)


def unavailable() -> Refusal:
    return refusal("unavailable", 503, "Try again", "Something we depend on is busy. Repeating the request is safe.",
                   headers={"Retry-After": "2"})  # fmt: skip


def internal() -> Refusal:
    return refusal("internal", 500, "Our mistake", "The request failed in a way we did not expect.")


def campaign_url(campaign: CampaignId) -> str:
    return f"/v1/campaigns/{campaign}"


def turn_url(campaign: CampaignId, turn: TurnId) -> str:
    return f"/v1/campaigns/{campaign}/turns/{turn}"
