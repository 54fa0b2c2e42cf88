"""Codes by mail: to verify an e-mail, and to set a new password."""

from __future__ import annotations

from contracts.playerapi import EmailVerification, NewPassword, NewPasswordReset
from services.gateway.application.accounts import mail
from services.gateway.application.accounts.ports import AccountDependencies
from services.gateway.http import bodies, problems
from services.gateway.http.exchange import HttpRequest, HttpResponse
from services.gateway.http.operations import Operation, SuccessResponse, operation


@operation(
    Operation(
        id="accounts_mail.verify",
        tag="players",
        body=EmailVerification,
        answers={204: SuccessResponse()},
        refuses=(
            problems.NO_ACCOUNT,
            problems.EMAIL_TAKEN,
            problems.CODE_REFUSED,
            problems.SESSION_EXPIRED,
            problems.RATE_LIMITED,
        ),
    )
)
def verify_email(request: HttpRequest, deps: AccountDependencies) -> HttpResponse:
    """Show by the code that came that mail to the account is read. From then on a lost password can be reset.

    The code is good for a day. An account can be played without it.
    """
    code = bodies.parse(request, EmailVerification).body.code
    mail.verify_email(request.player, request.username, request.token, code, deps)
    return HttpResponse(204)


@operation(
    Operation(
        id="accounts_mail.send_code",
        tag="players",
        answers={202: SuccessResponse()},
        refuses=(problems.TOO_LARGE, problems.NO_ACCOUNT, problems.SESSION_EXPIRED, problems.RATE_LIMITED),
    )
)
def send_code(request: HttpRequest, deps: AccountDependencies) -> HttpResponse:
    """Send another code to verify the e-mail with. The codes before it are void."""
    bodies.check_size(request)
    mail.send_code(request.player, request.token, deps)
    return HttpResponse(202)


@operation(
    Operation(
        id="accounts_mail.forgot",
        tag="players",
        body=NewPasswordReset,
        answers={202: SuccessResponse()},
        refuses=(problems.RATE_LIMITED,),
    )
)
def request_reset(request: HttpRequest, deps: AccountDependencies) -> HttpResponse:
    """Ask for a code by mail that gets a new password. The answer is always the same: it tells nobody who plays here.

    Mail goes out only when the e-mail has an account and was verified. The code is good for an hour.
    """
    mail.send_reset_code(bodies.parse(request, NewPasswordReset).body.email, request.address, deps)
    return HttpResponse(202)


@operation(
    Operation(
        id="accounts_mail.recover",
        tag="players",
        body=NewPassword,
        answers={204: SuccessResponse()},
        refuses=(problems.CODE_REFUSED, problems.PASSWORD_TOO_WEAK, problems.RATE_LIMITED),
    )
)
def reset_password(request: HttpRequest, deps: AccountDependencies) -> HttpResponse:
    """Set a new password with the code that came by mail, and sign in with it. All sessions of the player end.

    A code works once: when the answer was lost, try to sign in before asking for another.
    """
    sent = bodies.parse(request, NewPassword).body
    mail.reset_password(sent.email, sent.code, sent.password, request.address, deps)
    return HttpResponse(204)
