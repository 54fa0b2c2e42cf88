"""Talk to the machinery instead of to the story: orders to a model, to an administrator, to a system."""

from __future__ import annotations

_ROWS = """
as the dungeon master|as the game master|tool_result|[ooc|(ooc|ooc:|[system|system:|system note|system override|
system prompt|<system|<<|</|<admin|admin:|admin mode|[admin|sudo |god mode|godmode|developer mode|dev mode|
debug mode|cheat code|noclip|ignore your|ignore all|ignore previous|ignore the rules|ignore the above|ignore any|
disregard your|disregard all|disregard previous|forget your rules|forget your instructions|forget all previous|
you are now|act as if you|act as dan|as dan|jailbreak|pretend you are|pretend to be a different|your instructions|
your prompt|initial prompt|reveal your|print your|repeat your instructions|new instructions|as an ai|
as a language model|language model|assistant:|user:|### |{{|}}|```|set hp|hp=|set credits|set my hp|set my credits|
give me admin|console command|/give|/kill|/tp|/set|override|confirm with ok|from the game|drop table|game master:|
dungeon master:|dm:|gm:|narrator:|the dm says|the narrator says|tool call|function call|call the tool|execute_tool|
update_state|token limit|base64|decode this|the system says|the rules no longer|there are no rules|new rule:|
rules are suspended|roleplay as the dm|you must comply|you will comply|restore hp|grant the player|hand the player|
give the player|the player now|the player has|the player receives|enable cheats|activate cheats|cheats on|
infinite hp|infinite health|infinite money|
"""
MARKS = tuple(mark for row in _ROWS.splitlines() for mark in row.split("|") if mark)
"""Marks of it, in lower case, a bar after each. Any of them in a sentence makes the sentence an order."""
