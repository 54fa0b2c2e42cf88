"""Happenings: the rules' plain facts, read for what kind of thing each tells and whom it is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

NEAR = 2
"""Pips between a throw and what it had to reach, within which it was close."""


@dataclass(frozen=True)
class Happening:
    """One fact. `kind` is empty when it is of no known form: then it is told as it is."""

    fact: str
    kind: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)

    @property
    def margin(self) -> int:
        """Pips by which the throw went beyond what it had to reach; negative when it fell short."""
        return int(self.parts.get("total", 0)) - int(self.parts.get("target", 0))

    @property
    def close(self) -> bool:
        return abs(self.margin) <= NEAR


_THROW = r"(?P<total>-?\d+) against (?:armour )?(?P<target>\d+)"
_VERDICT = r"(?P<verdict>critical hit|hit|miss|fumble)"
_FORMS = tuple(
    (kind, re.compile(form, re.DOTALL))
    for kind, form in (
        ("strike", rf"You strike at (?P<foe>.+?) with (?P<weapon>.+?): {_THROW}, a {_VERDICT}\."),
        ("hurt", r"(?P<foe>.+) takes (?P<amount>\d+) \w+ damage(?P<why>.*)\."),
        ("foe-falls", r"(?P<foe>.+) falls\."),
        ("fight-begins", r"A fight with (?P<foe>.+) begins\."),
        ("surprised-foe", r"(?P<foe>.+) is taken by surprise\."),
        ("surprised-you", r"(?P<foe>.+) catches you unawares\."),
        ("foe-misses", rf"(?P<foe>.+) strikes at you and misses: {_THROW}\."),
        ("foe-hits", rf"(?P<foe>.+) strikes you(?P<hard> hard)?, {_THROW}, for (?P<amount>\d+) \w+ damage\."),
        ("foe-cannot", r"(?P<foe>.+) cannot act\."),
        ("foe-suffers", r"(?P<foe>.+) now suffers (?P<condition>.+)\."),
        ("foe-shakes-off", r"(?P<foe>(?!You ).+) shakes off (?P<condition>.+)\."),
        ("you-suffer", rf"You now suffer (?P<condition>.+): {_THROW}\."),
        ("you-shake-off", rf"You shake off (?P<condition>.+): {_THROW}\."),
        ("you-fall", r"You fall\."),
        ("won", r"The fight is won\."),
        ("experience", r"You gain \d+ experience\."),
        ("leaves-credits", r"(?P<foe>.+) leaves (?P<credits>\d+) credits\."),
        ("leaves-too-heavy", r"(?P<foe>.+) leaves (?P<item>.+), but you cannot carry it as well\."),
        ("take-credits", r"You (?:gain|pick up) (?P<credits>\d+) credits\."),
        ("guard", r"You guard yourself\."),
        ("outrun", rf"You outrun (?P<foe>.+): {_THROW}\."),
        ("cut-off", rf"(?P<foe>.+) cuts off your flight: {_THROW}\."),
        ("hidden", rf"You slip out of sight: {_THROW}\."),
        ("not-hidden", rf"You find no cover: {_THROW}\."),
        ("arrive", r"You come to (?P<place>.+)\."),
        ("hazard-caught", rf"On the way (?P<condition>.+) catches you: {_THROW}\."),
        ("hazard-avoided", rf"On the way you avoid (?P<condition>.+): {_THROW}\."),
        ("searched", rf"You search the place: {_THROW}\."),
        ("search-found", r"Something that was hidden is not any more\."),
        ("search-nothing", r"You find nothing hidden\."),
        ("tried", rf"You try (?P<feature>.+) with (?P<stat>\w+): {_THROW}\."),
        ("mishap", rf"It costs you: (?P<condition>.+), {_THROW}\."),
        ("mishap-escaped", rf"You just escape (?P<condition>.+): {_THROW}\."),
        ("persuaded", rf"You try to win (?P<npc>.+) over: {_THROW}\."),
        ("likes-more", r"(?P<npc>.+) (?:likes you better|thinks better of you)\."),
        ("likes-less", r"(?P<npc>.+) (?:likes you less|thinks worse of you)\."),
        ("unmoved", r"(?P<npc>.+) is not impressed\."),
        ("warms", r"(?P<npc>.+) warms to you\."),
        ("carry", r"You now carry (?P<item>.+)\."),
        ("pay", r"You pay (?P<credits>\d+) credits at (?P<shop>.+)\."),
        ("sell", r"You sell (?P<item>.+) at (?P<shop>.+) for (?P<credits>\d+) credits\."),
        ("give", r"You give (?P<item>.+) to (?P<npc>.+)\."),
        ("drop", r"You leave (?P<item>.+) behind\."),
        ("put-on", r"You put on (?P<own>.+)\."),
        ("take-off", r"You take off (?P<own>.+)\."),
        ("grow", r"Your (?P<what>claws|paws|whiskers|wits|purr) get better\."),
        ("grow-ability", r"You get better at (?P<ability>.+)\."),
        ("use", r"You use (?P<used>.+)\."),
        ("mended", r"You recover \d+ hit points\."),
        ("refreshed", r"You recover \d+ energy\."),
        ("cured", r"(?P<condition>.+) is gone\."),
        ("gains-condition", r"You are now under (?P<condition>.+)\."),
        ("slept-well", r"You sleep and wake whole\."),
        ("dozed", r"You doze with one eye open and feel better\."),
        ("key-opens", r"(?P<key>.+) opens (?P<way>.+)\."),
        ("opened", rf"You open (?P<way>.+): {_THROW}\."),
        ("resists", rf"(?P<way>.+) resists: {_THROW}\."),
        ("learn", r"You learn of (?P<secret>.+?): (?P<text>.+)"),
        ("nothing-hidden", r"Nothing here is hidden from you\."),
        ("meet", r"You meet (?P<npc>.+?), (?P<role>.+)\."),
        ("take-on", r"You take on (?P<quest>.+?) for (?P<npc>.+?): (?P<text>.+)"),
        ("says", r"(?P<npc>.+?) says: (?P<line>[\"“].+)"),
        ("talk", r"You talk with (?P<npc>.+)\."),
        ("would-talk", r"(?P<npc>.+?) would talk about: (?P<topics>.+)\."),
        ("has-work", r"(?P<npc>.+?) has something for you to do: (?P<quest>.+)\."),
        ("quest-on", r"(?P<quest>.+?) goes on: (?P<text>.+)"),
        ("quest-done", r"(?P<quest>.+) is completed\."),
        ("on-topic", r"(?P<npc>.+?) on (?P<topic>.+?): (?P<line>.+)"),
    )
)


def read_facts(facts: Iterable[str]) -> tuple[Happening, ...]:
    """The happening that each fact tells, in their order."""
    return tuple(_read(fact) for fact in facts)


def _read(fact: str) -> Happening:
    for kind, form in _FORMS:
        match = form.fullmatch(fact)
        if match:
            return Happening(fact, kind, match.groupdict(default=""))
    return Happening(fact)
