"""Words by which somebody is called, and what may stand before a name that is called."""

from __future__ import annotations

from services.dm.domain.english.word_lists import word_set

OPENING = word_set(
    """excuse me hey oi hi hello oh o ah and so well ok okay yo but now please pls right look listen say mr mrs ms
    mister dear my good morning evening day sorry pardon greetings um uh truly"""
)
"""Words before a name that is called."""
CALLING = word_set(
    """sir madam maam miss gramps grandpa grandma granny dear darling friend love sweetie kiddo officer chief boss pal
    lady ladyship lordship lord fellow girl boy man captain doctor doc professor comrade brother sister mother father"""
)
"""Words by which somebody is called who is not named."""
ENDEARMENTS = CALLING | word_set("old little one big small young my good kind honoured esteemed")
"""These, and with them what says how somebody is."""
