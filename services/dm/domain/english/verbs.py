"""What the words for doing mean: each phrase is one kind of deed, some with a hint on how it is done."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from services.dm.domain.english.names import Named
from services.dm.domain.english.tokens import stem


@dataclass(frozen=True)
class Verb:
    """A kind of deed; `how` is the stat or the manner that the word implies."""

    kind: str
    how: str | None = None
    weak: bool = False
    """Whether another verb in the same clause says better what is meant ("go and attack", "use claws to open")."""


_TABLE: dict[Verb, str] = {
    Verb("attack"): "attack, hit, strike, fight, kill, slash, claw, bite, pounce, pounce on, shoot, stab,"
    " swipe, swipe at,"
    " scratch, punch, maul, ambush, assault, slay, murder, destroy, lunge, lunge at, slice, swat, wallop, battle, hunt,"
    " rip apart, tear apart, beat, jump on, leap at, charge, finish off, beat up, take down, take out, engage, bash,"
    " batter",
    Verb("defend"): "defend, guard, block, parry, brace, shield, dodge, take cover, protect myself, raise guard",
    Verb("flee"): "flee, run away, escape, retreat, run for it, bolt, get away, run off, disengage, withdraw",
    Verb("ability"): "cast, activate, invoke, unleash, channel, trigger",
    Verb("use", weak=True): "use, apply, employ, deploy, utilise, utilize",
    Verb("consume"): "eat, drink, swallow, inject, smoke, throw, light, lick, chew, sip, toss",
    Verb("equip"): "equip, wear, wield, put on, don, arm myself with, strap on, draw, ready, slip on, change into",
    Verb("unequip"): "unequip, take off, remove, undress, stow, sheathe, put away, doff",
    Verb("take"): "take, grab, pick up, steal, loot, collect, pocket, snatch, gather, fetch, pick, seize, scoop up,"
    " scavenge, nab, swipe up, retrieve",
    Verb("take", weak=True): "get",
    Verb("drop"): "drop, put down, discard, leave behind, throw away, toss away, get rid of, abandon, ditch",
    Verb("try", "wits"): "hack, decode, decrypt, rewire, reprogram, repair, fix, jack into, plug into, solve, program,"
    " bypass, tinker, tinker with, study, operate, log into, boot, override, splice",
    Verb("try", "paws"): "climb, squeeze, squeeze through, crawl, crawl through, crawl into, balance, jump,"
    " leap, disarm,"
    " tiptoe, shimmy, pickpocket",
    Verb("try", "claws"): "smash, break, pry, force, kick, tear, rip, wreck, shred, bend, break into, dig, push, pull,"
    " shove, lift",
    Verb("try", "whiskers"): "sniff, smell, listen, listen to, inspect, feel, track",
    Verb("try", "purr"): "pray, pray at, meditate, offer, soothe, calm, sing, sing to",
    Verb("try", weak=True): "try, attempt, test, touch, press, open, work, play, pet, turn, interact with, poke, start",
    Verb("search"): "search, look for, investigate, rummage, explore, scour, sniff around, hunt for, seek, search for,"
    " forage, scan, look under, look behind, poke around, check for, find, ransack",
    Verb("hide"): "hide, sneak, stalk, lurk, lie low, conceal myself, go stealth, stay out of sight, melt into, prowl,"
    " duck, creep, blend in",
    Verb("move"): "walk, move, travel, head, enter, run, leave, follow, proceed, return, exit, visit, wander, stroll,"
    " pad, trot, descend, ascend, step, cross, march, hurry, dash, go into, go through, slip into, set off,"
    " make my way",
    Verb("move", weak=True): "go, come, take me",
    Verb("unlock"): "unlock, pick lock, pick the lock, crack, force lock, lockpick, jimmy",
    Verb("talk"): "talk, talk to, speak, speak to, speak with, ask, tell, say, greet, chat, chat with,"
    " question, whisper,"
    " shout, reply, answer, interrogate, discuss, converse, introduce myself, meow at, hail, approach, consult,"
    " inquire",
    Verb("persuade", "reason"): "persuade, convince, reason, reason with, negotiate, bargain, haggle, argue, appeal",
    Verb("persuade", "flatter"): "flatter, charm, compliment, praise, flirt, flirt with, sweet talk, befriend, admire",
    Verb("persuade", "threaten"): "threaten, intimidate, scare, menace, hiss at, growl at, bully, frighten, coerce",
    Verb("persuade", "bribe"): "bribe, pay off, grease the paw of",
    Verb("persuade", "beg"): "beg, plead, plead with, implore",
    Verb("persuade", "lie"): "lie, lie to, deceive, bluff, trick, fool, con, mislead",
    Verb("persuade", "joke"): "joke, joke with, amuse, entertain, tease",
    Verb("give"): "give, hand, hand over, deliver, present, bring, donate, return the, pass",
    Verb("buy"): "buy, purchase, order, shop for, barter for",
    Verb("sell"): "sell, pawn, trade in, trade away, hawk, fence",
    Verb("rest"): "rest, sleep, nap, take a nap, take a rest, catnap, lie down, relax, recover, heal up,"
    " curl up, snooze,"
    " camp, doze",
    Verb("accept"): "accept, agree, agree to, take the job, take on, take the quest, start quest, sign up, volunteer,"
    " take job, take quest, accept the job, accept quest, accept job, undertake",
    Verb("level"): "level up, level, improve, train, upgrade, learn, rank up, raise my, increase my, advance",
    Verb("look"): "look, look around, look at, examine, observe, watch, see, view, describe, gaze, glance, peek, read,"
    " survey, stare, where am, take a look, peer, notice, check out, take in",
    Verb("self"): "check my, inventory, check inventory, check myself, count my, my stats, status,"
    " check the map, groom,"
    " groom myself, lick my paw, check stats, who am, check my bag, check bag",
    Verb("wait"): "wait, stay, stand, pause, idle, do nothing, linger, pass the time, sit, breathe, think, ponder,"
    " skip, listen to the rain, bide my time",
    Verb("recall"): "remember, recall, recollect, think back, think back to, think of, think about, call to mind",
    Verb("emote"): "meow, purr, hiss, yowl, dance, laugh, smile, wave, bow, stretch, yawn, cry, growl, wink,"
    " nod, shrug,"
    " blink, howl, scream, knead, roll over, wag, sigh, grin",
}


def _compiled() -> dict[tuple[str, ...], Verb]:
    phrases: dict[tuple[str, ...], Verb] = {}
    for verb, listed in _TABLE.items():
        for phrase in listed.split(","):
            phrases.setdefault(tuple(stem(word) for word in phrase.split()), verb)
    return phrases


_PHRASES = _compiled()
_LONGEST = max(map(len, _PHRASES))


@dataclass(frozen=True)
class Spotted:
    """A verb and where it stands: `start` inclusive, `end` exclusive."""

    verb: Verb
    start: int
    end: int


_SPELLINGS = sorted(phrase[0] for phrase in _PHRASES if len(phrase) == 1 and len(phrase[0]) > 3)


def verb_at(said: tuple[str, ...], at: int) -> Spotted | None:
    """The longest verb phrase that begins at this word."""
    for length in range(min(_LONGEST, len(said) - at), 0, -1):
        phrase = said[at : at + length]
        if any(isinstance(word, Named) for word in phrase):
            continue
        verb = _PHRASES.get(tuple(stem(word) for word in phrase))
        if verb:
            return Spotted(verb, at, at + length)
    return None


def verbs_in(said: tuple[str, ...]) -> tuple[Spotted, ...]:
    """Every verb phrase, in order and without overlaps."""
    found: list[Spotted] = []
    at = 0
    while at < len(said):
        spotted = verb_at(said, at)
        if spotted:
            found.append(spotted)
        at = spotted.end if spotted else at + 1
    return tuple(found)


def misspelt(said: tuple[str, ...]) -> tuple[Spotted, ...]:
    """The first word that is nearly a verb, for a clause that has none."""
    for at, word in enumerate(said):
        comparable = len(word) > 3 and not isinstance(word, Named)
        near = get_close_matches(stem(word), _SPELLINGS, n=1, cutoff=0.84) if comparable else []
        if near:
            return (Spotted(_PHRASES[(near[0],)], at, at + 1),)
    return ()
