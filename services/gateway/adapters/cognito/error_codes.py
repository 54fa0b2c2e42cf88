"""Cognito's refusals by name, grouped by their meaning to us. Any other is a failure of ours."""

from __future__ import annotations

SHUT = frozenset(
    {
        "InvalidParameterException",
        "NotAuthorizedException",
        "PasswordResetRequiredException",
        "UserNotConfirmedException",
        "UserNotFoundException",
    }
)
"""Refusals of a sign-in."""

VOID = frozenset({"InvalidParameterException", "NotAuthorizedException", "UnsupportedTokenTypeException"})
"""Refusals of RevokeToken, about a token that opens nothing: malformed, another client's, or none to refresh with."""

NO_BEARER = frozenset(
    {
        "NotAuthorizedException",
        "PasswordResetRequiredException",
        "UserNotConfirmedException",
        "UserNotFoundException",
    }
)
"""Refusals of an access token: it was revoked, or is no such token, or the player is gone."""

TOO_WEAK = frozenset({"InvalidPasswordException", "PasswordHistoryPolicyViolationException"})

NO_MAIL = "InvalidAction"
"""An engine that sends no mail does not know the calls about its codes: no code is the right one there."""

NOT_THE_CODE = frozenset(
    {
        "CodeMismatchException",
        "ExpiredCodeException",
        "InvalidParameterException",
        "LimitExceededException",
        "TooManyFailedAttemptsException",
        NO_MAIL,
    }
)
"""Too many tries among them: only a player who exists can have had them."""

NOTHING_TO_SEND = frozenset({"InvalidParameterException", "LimitExceededException", NO_MAIL})
"""Refusals to send a code for verification: the e-mail is verified already, or had too many mails."""

NOT_RECOVERABLE = frozenset(
    {
        "InvalidParameterException",
        "LimitExceededException",
        "NotAuthorizedException",
        "UserNotConfirmedException",
        "UserNotFoundException",
    }
)
"""Refusals to reset a password: no verified e-mail, too many mails already, disabled, nobody. Which one tells who
plays."""
