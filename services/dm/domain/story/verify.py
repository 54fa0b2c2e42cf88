"""Verification of a sentence of a story: it stands when each of its words is free, is shown by the scene, or is borne out by
a fact of the turn whose doer and upshot are those of its clause.

Nothing here looks for lies. What is not verified is not told.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from services.dm.domain.english.tokens import written_out
from services.dm.domain.english.word_lists import word_set
from services.dm.domain.story.clauses import Clause, Token, find_own_verb, read_clauses, stirs_by_itself
from services.dm.domain.story.facts import REFUSAL, Fact
from services.dm.domain.story.figures import is_borne_out, is_numeral, is_unit, read_figures
from services.dm.domain.story.licences import BLOWS, CAT, DOERS, FOE, IN_VAIN, NEUTRAL, OTHER, licence_of
from services.dm.domain.story.surroundings import Named, Surroundings
from services.dm.domain.story.vocabulary import compared, forms, hard_words, is_free, plain_words, root, telling

_PASSIVE = word_set("is are be been being get gets was were")
_SUFFERS = word_set("take suffer stagger reel rock buckle absorb wince feel lose receive")
_AIMS = word_set("at for toward towards out")
_BLOWS = word_set("hit strike miss")
_IRREGULAR = word_set("hit struck caught cut torn bitten slain hurt shot")
_INTO = word_set("in into at on inside within")
_COUNTS = word_set("credit credits coin coins")
_OPENERS = word_set("like as way")
MOST_UNKNOWN_COMPARED = 2


@dataclass(frozen=True)
class Reading:
    """What became of one sentence: the rule that it breaks and the word that breaks it, or the facts that it tells.
    `unit`: what its last figure counts."""

    rule: str = ""
    word: str = ""
    told: frozenset[str] = frozenset()
    subject: tuple[Named, ...] = ()
    unit: str = ""

    @property
    def stands(self) -> bool:
        return not self.rule


def tells_news(word: str) -> bool:
    """Whether a word is one that tells of deeds."""
    return any(form in telling()[section] for section in _DEEDS for form in forms(word))


_DEEDS = ("swing", "hit", "miss", "flee", "gain", "pay", "arrive", "opened", "use-ability", "slept")


@dataclass
class _Sentence:
    """A sentence that is being read: what each clause was found to tell."""

    known: Surroundings
    speaks: bool = False
    unit: str = ""
    before: tuple[Fact, ...] = ()
    told: set[str] = field(default_factory=set)


class _Unverified(Exception):
    def __init__(self, rule: str, word: str) -> None:
        super().__init__(rule, word)
        self.rule, self.word = rule, word


def verify(
    sentence: str, known: Surroundings, before: tuple[Named, ...] = (), *, unit: str = "", speaks: bool = False
) -> Reading:
    """Read one sentence outside of quotation marks. `before`: what the sentence before it was about; `speaks`: whether
    somebody speaks in it, whose words were taken out."""
    reading = _Sentence(known, speaks, unit)
    subject = before
    try:
        for clause in read_clauses(sentence, known, before):
            _verify_clause(clause, reading)
            subject = clause.subject or subject
    except _Unverified as fault:
        return Reading(fault.rule, fault.word)
    return Reading(told=frozenset(reading.told), subject=subject, unit=reading.unit)


def _verify_clause(clause: Clause, reading: _Sentence) -> None:
    borne = _words(clause, reading)
    _company(clause, reading)
    _strangers(clause, borne, reading)
    told = tuple(fact for fact in reading.known.facts if fact.id in reading.told) or borne
    for figure in read_figures(clause):
        figure = replace(figure, unit=figure.unit or reading.unit if figure.following not in _OF else figure.unit)
        reading.unit = figure.unit
        facts = tuple(dict.fromkeys((*borne, *told)))
        if not is_borne_out(figure, clause, facts, reading.known):
            raise _Unverified("figure", figure.words)
    _own_deed(clause, borne, reading.known)


def _strangers(clause: Clause, borne: tuple[Fact, ...], reading: _Sentence) -> None:
    """What a clause that tells facts names is named by them; so is what one names that goes on from it without a verb.
    A bare "not" takes back what was told, and does not stand."""
    goes_on = not clause.own_subject and not borne
    facts = reading.before if goes_on else borne
    content = [token for token in clause.tokens if not token.named and root(token.word) not in plain_words()]
    if goes_on and facts and clause.denies and not content:
        raise _Unverified("denial", " ".join(token.word for token in clause.tokens))
    reading.before = facts
    if not facts:
        return
    deeds = {id(fact.outcome) for fact in facts}
    told = " ".join(fact.text.casefold() for fact in reading.known.facts if id(fact.outcome) in deeds)
    exact = any(fact.kind in _OF_THINGS for fact in facts)
    trade = any(fact.kind in _TRADE for fact in facts)
    for one in clause.named:
        if (trade and one.role == OTHER and one.here) or not (exact or one.role):
            continue
        if one.role != CAT and not any(
            word in told for word in (one.name.casefold(), *one.name.casefold().split()[-1:])
        ):
            raise _Unverified("stranger", one.name)


def _words(clause: Clause, reading: _Sentence) -> tuple[Fact, ...]:
    """The facts that bear out the words of this clause that are not free. Raises _Unverified for a word that none does."""
    known = reading.known
    borne: dict[str, list[Fact]] = {}
    shown: list[str] = []
    unknown_compared = 0
    tokens = clause.tokens
    for at, token in enumerate(tokens):
        word = token.word
        if token.named or is_numeral(word) or _is_counted(at, tokens):
            continue
        if token.compared:
            if word not in _OPENERS and not (is_free(word) or any(form in compared() for form in forms(word))):
                unknown_compared += 1
            continue
        if (
            is_free(word)
            or (word in LOOSE and _is_of_things(clause))
            or _is_bearing(word, clause)
            or (reading.speaks and clause.role != CAT and _is_of("talk", word))
        ):
            continue
        bearing = [fact for fact in known.facts if _bears(fact, at, clause, known)]
        if bearing:
            borne[word] = bearing
        elif _is_shown(at, tokens, known):
            shown.append(word)
        elif not (_is_of_the_action(word, clause, known) or _is_state(word, clause, known)):
            raise _Unverified("unverified-word", word)
    words = [token.word for token in tokens]
    if (shown and clause.role == OTHER and clause.mentions_cat and not borne) or ("your", "side") in zip(
        words, words[1:], strict=False
    ):
        raise _Unverified("attitude", " ".join(shown) or "your side")
    if unknown_compared > MOST_UNKNOWN_COMPARED:
        raise _Unverified("unverified-comparison", " ".join(token.word for token in tokens if token.compared))
    facts = tuple(dict.fromkeys(fact for bearing in borne.values() for fact in bearing))
    if facts and not reading.speaks and any(fact.kind not in _OF_THE_PAST for fact in facts):
        past = next((token.word for token in tokens if token.word in _PAST), "")
        if past and not any(fact.kind in _OF_THE_PAST for fact in facts):
            raise _Unverified("past", past)
    reading.told.update(_told(clause, borne, known))
    return facts


LOOSE = word_set(
    "off go goes going come comes coming get gets make makes take takes give gives keep keeps put puts turn turns hold holds stand"
    " stands sit sits lie lies run runs fall falls hang hangs stay stays lead leads carry carries catch catches round back"
    " now enough before left up something bring brings find finds work works made"
    " nothing none nobody worked came made got gone kept left fell hung stood sat lay ran went done way"
)
KEPT_UP = word_set(
    "runs run sells sell deals deal fills fill owns minds lies lie knows wants needs has have make makes keep keeps hold holds stand stands sit sits stay stays turn turns work works made kept back up put puts set"
)
"""Common verbs that may be said of things without a name: light falls, dust gets into everything."""


def _is_of_things(clause: Clause) -> bool:
    return not clause.role and not clause.mentions_cat and not any(one.role for one in clause.named)


def _is_bearing(word: str, clause: Clause) -> bool:
    """Whether a common verb is said of somebody who is here and of nothing else: they keep at it, they make a face."""
    others = [one for one in clause.named if one not in clause.subject]
    return word in KEPT_UP and clause.role == OTHER and not clause.mentions_cat and not others


def _bears(fact: Fact, at: int, clause: Clause, known: Surroundings) -> bool:
    """Whether this fact lets the clause say this word."""
    word = clause.tokens[at].word
    own = forms(word)
    licence = licence_of(fact)
    sections = [name for name in licence.sections if _holds(name, own, clause.denies)]
    if fact.kind in BLOWS and _is_blow(at, clause) and "hit" not in licence.sections and not clause.denies:
        return False
    if fact.kind in _OF_SOMEBODY and clause.role == OTHER and not _is_theirs(fact, clause.subject):
        return False
    if not sections:
        return (
            fact.kind not in BLOWS
            and any(form in known.fact_words[fact.id] for form in own)
            and _same_denial(fact, clause)
        )
    if not any(clause.role in DOERS.get(section, (clause.role,)) for section in sections):
        return False
    return _doers_fit(fact, at, clause, known)


def _holds(section: str, own: tuple[str, ...], denied: bool) -> bool:
    words = telling()[section]
    plain = any(form in words for form in own)
    only_denied = any(f"~{form}" in words for form in own)
    if denied:
        return only_denied or (plain and (section in NEUTRAL or section in IN_VAIN))
    return plain


def _is_of(section: str, word: str) -> bool:
    return any(form in telling()[section] for form in forms(word))


def _is_blow(at: int, clause: Clause) -> bool:
    """Whether a word says that something was struck, and not only struck at, or in vain."""
    if any(form in _IN_VAIN_STEMS for token in (*clause.tokens, *clause.following) for form in forms(token.word)):
        return False
    own = forms(clause.tokens[at].word)
    if not any(form in telling()["hit"] for form in own):
        return False
    following = [token.word for token in clause.tokens[at + 1 : at + 4]]
    return not any(word in _AIMS for word in following) and any(
        form in telling()["hit"] - telling()["miss"] for form in own
    )


def _same_denial(fact: Fact, clause: Clause) -> bool:
    """A fact that denies is told by a clause that does; one that does not, by one that does not."""
    return _denies(fact) == clause.denies or fact.kind in ("says", "on-topic", "learn", "quest-on", "take-on", "")


def _denies(fact: Fact) -> bool:
    return any(
        word in (" not ", " nothing ", " no ", "cannot")
        for word in (" not ", " nothing ", " no ", "cannot")
        if word in f" {fact.text.casefold()} "
    )


def _doers_fit(fact: Fact, at: int, clause: Clause, known: Surroundings) -> bool:
    """Whether who does it in the clause is who did it. What has no name may be anybody's."""
    licence = licence_of(fact)
    roles = licence.agents
    if not clause.subject:
        return _object_fits(fact, clause)
    if fact.kind not in (*BLOWS, "hurt", "foe-falls"):
        return clause.role in roles or clause.role == "" or (clause.role == OTHER and "cat" in roles)
    suffers = _is_passive(at, clause) or any(form in _SUFFERS_STEMS for form in forms(clause.tokens[at].word))
    if fact.kind == "foe-falls":
        return (clause.role == FOE and _is_about(fact, clause.subject)) or (
            clause.role == CAT and _is_about(fact, clause.named)
        )
    wanted = licence.patients if suffers else licence.agents
    if clause.role not in wanted and clause.role != "":
        return False
    return (
        clause.role == CAT
        or clause.role == ""
        or fact.kind == "strike"
        or fact.kind == "hurt"
        or _is_about(fact, clause.subject)
    )


_IN_VAIN_STEMS = frozenset(map(root, word_set("miss wide air short whiff")))
_SUFFERS_STEMS = frozenset(map(root, _SUFFERS))


_OF_THINGS = frozenset(
    ("opened", "resists", "key-opens", "carry", "pay", "sell", "use", "give", "drop", "tried", "put-on", "take-off")
)
"""Facts that are of one thing and no other."""
_TRADE = frozenset(("pay", "sell", "carry", "give"))
"""Facts that somebody who is here may have a paw in."""
_OF_SOMEBODY = frozenset(
    (
        "likes-more",
        "likes-less",
        "unmoved",
        "warms",
        "meet",
        "says",
        "on-topic",
        "talk",
        "would-talk",
        "has-work",
        "take-on",
    )
)


def _is_theirs(fact: Fact, named: tuple[Named, ...]) -> bool:
    npc = fact.happening.parts.get("npc", "").casefold()
    return any(one.name.casefold() == npc for one in named)


def _object_fits(fact: Fact, clause: Clause) -> bool:
    """Of a blow of nobody's: it falls on whom the fact says."""
    if fact.kind not in BLOWS:
        return True
    foes = any(one.role == FOE for one in clause.named)
    if not foes and not clause.mentions_cat and clause.before:
        return (clause.before[0].role == CAT) == (fact.kind == "strike")
    if fact.kind == "strike":
        return not clause.mentions_cat or foes
    return clause.mentions_cat or not foes


def _is_passive(at: int, clause: Clause) -> bool:
    word = clause.tokens[at].word
    before = [token.word for token in clause.tokens[max(0, at - 3) : at]]
    return any(each in _PASSIVE for each in before) and (word.endswith("ed") or word in _IRREGULAR)


def _is_about(fact: Fact, named: tuple[Named, ...]) -> bool:
    """Whether the enemy of a fact is among these; "the bunny" may be any of its kind."""
    foe = fact.happening.parts.get("foe", "").casefold()
    return any(one.role == FOE and (one.name.casefold() in foe or foe in one.name.casefold()) for one in named)


def _is_shown(at: int, tokens: tuple[Token, ...], known: Surroundings) -> bool:
    """Whether the scene has this word, and it tells no news; or beside the word it has here."""
    word = tokens[at].word
    before = tokens[at - 1].word.split()[-1] if at else ""
    after = tokens[at + 1].word.split()[0] if at + 1 < len(tokens) else ""
    if {(before, word), (word, after)} & known.phrases and before not in _WITHOUT_WEIGHT:
        return True
    if root(word) not in known.seen_words:
        return False
    return root(word) not in hard_words() and not any(root(word) in words for words in telling().values())


_WITHOUT_WEIGHT = word_set("you")


def _is_of_the_action(word: str, clause: Clause, known: Surroundings) -> bool:
    """What the player's character was told to do, as far as it takes no ruling; and what is said not to be."""
    if root(word) not in known.action_words or root(word) in hard_words():
        return False
    return (clause.role == CAT and not any(root(word) in words for words in telling().values())) or clause.denies


def _is_state(word: str, clause: Clause, known: Surroundings) -> bool:
    """What the scene shows of locks, of who stands, of what is carried and what it costs."""
    own, sections = forms(word), telling()
    seen, state = known.request.briefing, known.request.scene.state
    named = {one.id for one in (*clause.named, *clause.subject)}
    if any(form in _READY for form in own):
        able = [each.ready_in == 0 for each in state.character.abilities if each.ability.id in named]
        return bool(able) and all(ready != clause.denies for ready in able)
    if any(form in _SAFE for form in own):
        return seen.safe and not clause.denies and not state.encounter
    if any(form in sections["locked"] for form in own):
        ways = [way for way in seen.exits if {way.id, way.to.id} & named]
        return bool(ways) and all(way.locked != clause.denies for way in ways)
    if any(form in sections["for-sale"] for form in own):
        return any(ware.id in named for ware in seen.wares) and not clause.denies
    if any(form in sections["have"] for form in own):
        mine = {item.id for item in state.character.inventory} | {item.item for item in state.character.inventory}
        return clause.role == CAT and bool(mine & named) and not clause.denies
    cat = state.character
    if clause.role == CAT and any(form in sections["hurting"] for form in own):
        return cat.hp * 2 <= cat.max_hp and not clause.denies
    if clause.role == CAT and any(form in sections["unhurt"] for form in own):
        return cat.hp == cat.max_hp and not clause.denies
    if any(form in sections["standing"] for form in own):
        foes = {foe.id: foe.hp for foe in state.encounter.enemies} if state.encounter else {}
        about = [foes[one.id] for one in (clause.subject if clause.role == FOE else clause.named) if one.id in foes]
        return any(about) and not clause.denies
    return False


_OF = word_set("of")
_PAST = word_set("was were had did")
"""A turn is told in the present: what was so before it, only the facts that speak of the past can say."""
_OF_THE_PAST = frozenset(("says", "on-topic", "learn", "take-on", "quest-on", "", "meet", "search-nothing"))
LEAST_RETOLD = 0.4
"""Part of the words of a fact in the rules' own words that a sentence needs to have told it."""
_READY, _SAFE = frozenset((root("ready"),)), frozenset((root("safe"),))


def _is_counted(at: int, tokens: tuple[Token, ...]) -> bool:
    """Whether a word is the unit of a figure, which is checked as a figure."""
    return is_unit(tokens[at].word) and any(is_numeral(token.word) for token in tokens[max(0, at - 3) : at])


def _company(clause: Clause, reading: _Sentence) -> None:
    """Names of who and what is not here stand only where this turn's facts or the scene speak them."""
    known = reading.known
    here = known.request.briefing.place.id
    for token in clause.tokens:
        if token.compared or not token.named or any(one.here for one in token.named):
            continue
        name = token.word
        if any(name in fact.text.casefold() for fact in known.facts):
            continue
        places = [one for one in token.named if one.place]
        if not places and not any(name in text.casefold() for text in known.texts):
            raise _Unverified("absent", name)
        if places and clause.role == CAT and all(one.id != here for one in places):
            before = clause.tokens[max(0, clause.tokens.index(token) - 2) : clause.tokens.index(token)]
            if any(each.word in _INTO for each in before):
                raise _Unverified("place", name)


def _own_deed(clause: Clause, borne: tuple[Fact, ...], known: Surroundings) -> None:
    """The player's character does no more than the action, the facts, and what a cat does by itself."""
    if clause.role != CAT:
        return
    verb = find_own_verb(clause)
    if not verb or verb in plain_words() or not is_free(verb):
        return
    if stirs_by_itself(forms(verb)) or root(verb) in known.action_words:
        return
    raise _Unverified("agency", verb)


def _told(clause: Clause, borne: dict[str, list[Fact]], known: Surroundings) -> set[str]:
    """The facts that this clause may be said to have told."""
    told: set[str] = set()
    for word, bearing in borne.items():
        if is_free(word) or (word in _COMMON and not clause.role):
            continue
        exact = [fact for fact in bearing if fact.kind in BLOWS or fact.kind in ("foe-falls", "hurt")]
        if exact:
            every = any(token.word in ("both", "all", "they", "neither") for token in clause.tokens)
            told.update(fact.id for fact in (exact if every else exact[:1]))
        for fact in bearing:
            if fact not in exact and _names_what_matters(fact, clause):
                told.add(fact.id)
    return told


def _names_what_matters(fact: Fact, clause: Clause) -> bool:
    """Whether a clause that may be about this fact says what it is about."""
    parts = fact.happening.parts
    said = " ".join(token.word for token in clause.tokens)
    key = (
        parts.get("item") or parts.get("used") or parts.get("condition") or parts.get("place") or parts.get("way") or ""
    )
    if fact.kind in ("take-credits", "leaves-credits", "pay", "sell"):
        return (
            any(token.word in _COUNTS for token in clause.tokens)
            or any(is_numeral(t.word) for t in clause.tokens)
            or not key
        )
    if not fact.kind:
        own = {root(word) for word in written_out(fact.text)} - plain_words()
        return len(own & {root(token.word) for token in clause.tokens}) >= LEAST_RETOLD * len(own)
    if fact.kind == REFUSAL or not key:
        return True
    core = key.casefold().partition(" × ")[0].split()
    return not core or core[-1] in said or fact.kind in ("use", "arrive", "opened", "resists", "key-opens")


_COMMON = (
    LOOSE
    | KEPT_UP
    | word_set(
        "get gets go find part open meet touch through one other remain remains left still more fight leave leaves"
    )
)
"""Words too common to have told a fact by themselves."""
