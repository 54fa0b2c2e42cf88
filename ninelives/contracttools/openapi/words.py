"""Words of the document that are not in the code: how the API is used, what stands in front of it, and examples."""

from __future__ import annotations

from typing import Any

NAMED_BY = {
    "campaign_id": "A campaign of the caller's.",
    "turn_id": "A turn of this campaign.",
    "erasure_id": "What an erasure was answered with when it was asked for.",
    "export_id": "An archive of the caller's.",
}
NAMES: dict[str, dict[str, str]] = {
    "Campaign": {"campaign_id": "/id"},
    "Turn": {"campaign_id": "/campaign_id", "turn_id": "/id"},
    "AccountExport": {"export_id": "/export_id"},
}
"""Pointers into the answer of a POST to the ids that paths ask for."""

BEFORE_THE_CODE = {
    401: "Unauthorized",
    413: "Request Entity Too Large",
    429: "Too Many Requests",
    500: "Internal Server Error",
    503: "Service Unavailable",
}
"""Answers of the HTTP API itself, in its words, when a request does not reach the code. No problem+json."""

TAGS = {
    "world": "What anybody may know.",
    "players": "Guests, accounts, sessions.",
    "campaigns": "A cat's story: begin it, go on with it, fork it.",
    "turns": "What the cat does, and what came of it.",
    "live": "What happens, as it happens: the feed, and tickets for the WebSocket.",
    "dice": "The proof that nobody cheats.",
    "manifests": "Signed statements of who told each sentence of a story.",
}

CAT = {"character": {"name": "Ash", "class_id": "alley-brawler"}}
PASSWORD = "9 lives on one wet Roof"
EXAMPLES: dict[str, Any] = {
    "NewCampaign": CAT,
    "NewTurn": {"action": "I slip under the noodle stall and listen.", "expected_turn": 2},
    "NewFork": {"at_turn": 0},
    "NewReport": {"reason": "wrong"},
    "NewAccount": {"email": "ash@example.org", "password": PASSWORD},
    "NewSession": {"email": "ash@example.org", "password": PASSWORD},
    "SessionRevocation": {"refresh_token": "eyJjdHkiOi…"},
    "EmailVerification": {"code": "123456"},
    "EraseAccount": {"confirm": "erase"},
    "NewPasswordReset": {"email": "ash@example.org"},
    "NewPassword": {"email": "ash@example.org", "code": "654321", "password": PASSWORD},
    "Health": {"status": "ok"},
    "Session": {
        "player_id": "d4e8a2c6-0b1f-4c57-9a7e-2f6d1c3b5a90",
        "guest": True,
        "access_token": "eyJhbGciOi…",
        "expires_in": 900,
        "refresh_token": "eyJjdHkiOi…",
    },
    "Ticket": {
        "ticket": "kq3Zb…",
        "url": "wss://play.example.org/live?ticket=kq3Zb…",
        "expires_at": "2026-11-22T20:00:00Z",
    },
}

ABOUT = """\
Play Nine Lives: a cyberpunk cat, a game master run by a language model, and rules that do not let it cheat.

**Begin.** `POST /v1/guests` gives a session; `POST /v1/campaigns` a cat; `POST …/turns` an action. `Prefer: wait=20`
waits for the story; without it the answer is 202, and `Location` says where to look.

**Repeat without fear.** Campaigns, forks and turns are made with an `Idempotency-Key`: new for a new wish, the same to
repeat one. The same key and body get the original answer, with `Idempotency-Replayed: true`; another body is a 422.

**Errors** are RFC 9457 problems. `type` is stable, and programs may match on it. Of a 4xx nothing was written. After a
429, a 503 or a lost connection, repeat with the same key. A failed turn is a resource (200, `status: failed`) with a
problem inside. What belongs to somebody else is a 404. Any other path is a 404, and any other method of these paths a
405 with `Allow`.

**The front.** The HTTP API before the code checks tokens and limits the rate of all requests together; what it refuses
gets `{"message": …}` as `application/json`, not a problem.

**Readers** ignore fields they do not know: an answer may get new ones. Requests are strict: JSON in UTF-8, no field
that is not described, no field twice, at most 16 KiB. Names and actions may hold no control characters but line breaks
and tabs, and not only blanks.
"""
