"""Every tool there is. A new one is a file in `intents`, a line here, and a test."""

from __future__ import annotations

from services.tools.domain.intents.accept_quest import AcceptQuest, accept_quest
from services.tools.domain.intents.attack import Attack, attack
from services.tools.domain.intents.defend import Defend, defend
from services.tools.domain.intents.drop import Drop, drop
from services.tools.domain.intents.equip import Equip, Unequip, equip, unequip
from services.tools.domain.intents.flee import Flee, flee
from services.tools.domain.intents.give import Give, give
from services.tools.domain.intents.hide import Hide, hide
from services.tools.domain.intents.level_up import LevelUp, level_up
from services.tools.domain.intents.move_to import MoveTo, move_to
from services.tools.domain.intents.persuade import Persuade, persuade
from services.tools.domain.intents.rest import Rest, rest
from services.tools.domain.intents.search import Search, search
from services.tools.domain.intents.take import Take, take
from services.tools.domain.intents.talk import Talk, talk
from services.tools.domain.intents.trade import Buy, Sell, buy, sell
from services.tools.domain.intents.try_feature import TryFeature, try_feature
from services.tools.domain.intents.unlock import Unlock, unlock
from services.tools.domain.intents.use_ability import UseAbility, use_ability
from services.tools.domain.intents.use_item import UseItem, use_item
from services.tools.domain.tool import Tool

_ALL = (
    Tool(AcceptQuest, accept_quest, spends="hand"),
    Tool(Attack, attack, spends="action"),
    Tool(Buy, buy, spends="hand"),
    Tool(Defend, defend, spends="action"),
    Tool(Drop, drop, spends="hand"),
    Tool(Equip, equip, spends="hand"),
    Tool(Flee, flee, spends="action"),
    Tool(Give, give, spends="hand"),
    Tool(Hide, hide, spends="action"),
    Tool(LevelUp, level_up, spends="nothing"),
    Tool(MoveTo, move_to, spends="move"),
    Tool(Persuade, persuade, spends="action"),
    Tool(Rest, rest, spends="action"),
    Tool(Search, search, spends="action"),
    Tool(Sell, sell, spends="hand"),
    Tool(Take, take, spends="hand"),
    Tool(Talk, talk, spends="hand"),
    Tool(TryFeature, try_feature, spends="action"),
    Tool(Unequip, unequip, spends="hand"),
    Tool(Unlock, unlock, spends="action"),
    Tool(UseAbility, use_ability, spends="action"),
    Tool(UseItem, use_item, spends="action"),
)

TOOLS = {tool.name: tool for tool in _ALL}
"""Tools by the name a model calls."""
