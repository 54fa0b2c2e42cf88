"""What goes by mail: codes that verify an e-mail, and codes for those who lost their password.

Only a verified e-mail gets a code for a password: else whoever mistypes an address gives the account away. Nobody who
asks is told whether an e-mail has an account or is verified: the same calls are made, and the answers are the same.
"""

from __future__ import annotations

from contracts.playerapi import EmailVerification, NewPassword, NewPasswordReset
from services.gateway.application.accounts.ports import CodeRefused, EmailTaken, PasswordTooWeak, Reception, SessionOver
from services.gateway.domain.limits import house_of
from services.gateway.domain.passwords import UNKNOWN_RULE, strong
from services.gateway.http import bodies, problems
from services.gateway.http.endpoints.accounts import digest_of
from services.gateway.http.exchange import Answer, Request
from services.gateway.http.operations import Operation, Told, operation


@operation(
    Operation(
        id="accounts_mail.verify",
        tag="players",
        body=EmailVerification,
        answers={204: Told()},
        refuses=(
            problems.no_account,
            problems.email_taken,
            problems.code_refused,
            problems.session_expired,
            problems.rate_limited,
        ),
    )
)
def verify(request: Request, reception: Reception) -> Answer:
    """Show by the code that came that mail to the account is read. From then on a lost password can be reset.

    The code is good for a day. An account can be played without it.
    """
    code = bodies.read(request, EmailVerification).body.code
    _has_account(request, reception)
    reception.limits.spend(request.player, "codes", reception.now())
    try:
        reception.pool.verify(_access(request), code)
    except CodeRefused:
        raise problems.code_refused() from None
    except EmailTaken:
        raise problems.email_taken() from None
    except SessionOver:
        raise problems.session_expired() from None
    return Answer(204)


@operation(
    Operation(
        id="accounts_mail.send_code",
        tag="players",
        answers={202: Told()},
        refuses=(problems.too_large, problems.no_account, problems.session_expired, problems.rate_limited),
    )
)
def send_code(request: Request, reception: Reception) -> Answer:
    """Send another code to verify the e-mail with. The codes before it are void."""
    bodies.bounded(request)
    _has_account(request, reception)
    reception.limits.spend(request.player, "mails", reception.now())
    try:
        reception.pool.send_code(_access(request))
    except SessionOver:
        raise problems.session_expired() from None
    return Answer(202)


@operation(
    Operation(
        id="accounts_mail.forgot",
        tag="players",
        body=NewPasswordReset,
        answers={202: Told()},
        refuses=(problems.rate_limited,),
    )
)
def forgot(request: Request, reception: Reception) -> Answer:
    """Ask for a code by mail that gets a new password. The answer is always the same: it tells nobody who plays here.

    Mail goes out only when the e-mail has an account and was verified. The code is good for an hour.
    """
    email = bodies.read(request, NewPasswordReset).body.email
    reception.limits.spend(house_of(request.address), "mails", reception.now())
    reception.pool.forgot(_username(email, reception))
    return Answer(202)


@operation(
    Operation(
        id="accounts_mail.recover",
        tag="players",
        body=NewPassword,
        answers={204: Told()},
        refuses=(problems.code_refused, problems.password_too_weak, problems.rate_limited),
    )
)
def recover(request: Request, reception: Reception) -> Answer:
    """Set a new password with the code that came by mail, and sign in with it. All sessions of the player end.

    A code works once: when the answer was lost, try to sign in before asking for another.
    """
    asked = bodies.read(request, NewPassword).body
    password = strong(asked.password)
    reception.limits.spend(house_of(request.address), "codes", reception.now())
    try:
        reception.pool.recover(_username(asked.email, reception), asked.code, password)
    except CodeRefused:
        raise problems.code_refused() from None
    except PasswordTooWeak:
        raise problems.password_too_weak((UNKNOWN_RULE,)) from None
    return Answer(204)


def _has_account(request: Request, reception: Reception) -> None:
    if reception.register.account(request.player) is None:
        raise problems.no_account()


def _username(email: str, reception: Reception) -> str:
    """An e-mail that has no account goes to the pool as it is, which answers for it as for any other."""
    return reception.register.username(digest_of(email)) or email


def _access(request: Request) -> str:
    """The caller's own token: the pool does for its bearer what it asks for."""
    return request.headers.get("authorization", "").partition(" ")[2].strip()
