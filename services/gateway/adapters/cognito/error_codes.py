"""What Cognito's refusals mean to us, by name. Whatever is not here is a failure of ours."""

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
"""Of signing in."""

VOID = frozenset({"InvalidParameterException", "NotAuthorizedException", "UnsupportedTokenTypeException"})
"""Of RevokeToken, about a token that opens nothing: malformed, another client's, or none to refresh with."""

NO_BEARER = frozenset(
    {
        "NotAuthorizedException",
        "PasswordResetRequiredException",
        "UserNotConfirmedException",
        "UserNotFoundException",
    }
)
"""Of what is asked for with an access token: it was revoked, or is no such token, or the player is gone."""

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
"""Of a code to verify with: the e-mail is verified already, or had too many mails."""

NOT_RECOVERABLE = frozenset(
    {
        "InvalidParameterException",
        "LimitExceededException",
        "NotAuthorizedException",
        "UserNotConfirmedException",
        "UserNotFoundException",
    }
)
"""Of a lost password: no verified e-mail, too many mails already, disabled, nobody. Which one tells who plays."""
