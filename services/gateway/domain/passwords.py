"""Rules for passwords: those of the pool of players, known here as well.

Every broken rule is named at once, the same whether there is an account behind the e-mail or not.
"""

from __future__ import annotations

import string

from services.gateway.domain.rejections import WeakPassword

LEAST = 12
SIGNS = frozenset(string.punctuation + " ")
"""Characters that Cognito counts as symbols; a blank only inside."""
KINDS = {
    "needs a capital letter": frozenset(string.ascii_uppercase),
    "needs a small letter": frozenset(string.ascii_lowercase),
    "needs a digit": frozenset(string.digits),
    "needs a sign that is neither letter nor digit": SIGNS,
}
UNKNOWN_RULE = "is against a rule of the pool that we do not know"


def find_broken_rules(password: str) -> tuple[str, ...]:
    """The rules that this password breaks, in words; none when the pool will take it."""
    found = [rule for rule, kind in KINDS.items() if kind.isdisjoint(password)]
    if len(password) < LEAST:
        found.insert(0, f"needs {LEAST} characters at least")
    if password.strip() != password:
        found.append("must not begin or end with a blank")
    return tuple(found)


def require_strong(password: str) -> str:
    """The password itself. Raises WeakPassword with every rule it breaks."""
    broken = find_broken_rules(password)
    if broken:
        raise WeakPassword(broken)
    return password
