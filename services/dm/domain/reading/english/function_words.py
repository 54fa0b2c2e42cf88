# ruff: noqa: E501 (rows of a table)
"""Small words: what may stand before a verb, between nouns, and what carries no meaning of its own."""

from __future__ import annotations

from services.dm.domain.english.word_lists import word_set


def split_phrases(text: str) -> tuple[tuple[str, ...], ...]:
    """The words of each phrase of a table, with a bar between two."""
    return tuple(tuple(phrase.split()) for phrase in text.split("|"))


DETERMINERS = word_set(
    "the a an some any my his her its their our your this that these those of one's bit piece pair "
    "couple bunch lot kind sort such few nearest nearby next closest"
)
FILLERS = word_set("""straight please pls kindly just really very quite so too now then ok okay well um uh erm hmm oh ah hey yo like actually maybe
    perhaps simply only even right alright anyway anyways also still again finally first second third next quickly
    slowly carefully quietly gently softly silently sneakily cautiously politely loudly boldly bravely calmly casually
    finally immediately suddenly instantly fast quick hard harder together right away here there dude man bro sir mate
    lol haha xd hehe wheee wheeee yay gotta bloody damn fucking freaking goddamn thing stuff more some much bit
    time back away all over up down out off on in around about for me myself instead anymore yet today tonight and or but
    simultaneously once twice both already someone somehow asap""")
"""Words that do not tell one thing from another in a noun phrase that has others."""

SUBJECTS = word_set("i we ill")
"""A player's character."""

LEADS: tuple[tuple[str, ...], ...] = tuple(
    tuple(phrase.split())
    for phrase in """
    i would like to|i would love to|i want to|i wanna|i need to|i have to|i must|i should|i will|i shall|i am going to|i am gonna|
    i am about to|i am trying to|i try to|i attempt to|i decide to|i choose to|i go and|i begin to|i start to|i proceed to|
    i prefer to|i then|i also|i just|i quickly|i slowly|i carefully|i quietly|i do|i can|i could|i might|i may|i did|i am|i|we will|we|
    let us|let me|lets|let us just|time to|try to|trying to|attempt to|want to|need to|would like to|going to|gonna|wanna|
    go and|go ahead and|proceed to|start to|begin to|begin|decide to|have to|had better|better|got to|you should|you must|
    please|please do|kindly|now|then|next|first|firstly|second|secondly|finally|lastly|and|and then|but|so|well|ok|okay|k|alright|right|
    um|uh|hmm|oh|ah|hey|yo|actually|maybe|perhaps|just|simply|only|even|also|still|again|quickly|slowly|carefully|quietly|
    gently|softly|silently|sneakily|cautiously|politely|loudly|boldly|bravely|calmly|casually|immediately|suddenly|instantly|
    desperately|angrily|furiously|happily|sadly|gracefully|elegantly|viciously|violently|nervously|secretly|stealthily|
    hereby|yes|yeah|yep|sure|fine|great|cool|good|nice|no|nope|dude|man|bro|sir|madam|mister|mate|guys|fuck it|screw it|whatever|lol|
    in that case|this time|instead|meanwhile|after that|afterwards|later|before that|one more time|once more|at once|for now|
    at last|at first|to start|i guess|i think|i suppose|i say|i hereby|my character|the cat|this cat|my cat|player|can i please|
    could i please|may i please|would you please|could you please|can you please|would you|could you|can you|will you|hurry and|
    quick|fast|imma|ima|finna|i would|i|continue to|manage to|dare to|use my turn to|use my action to|for my turn i|attempt|
    """.replace("\n", "").split("|")
    if phrase.strip()
)
"""Phrases that may stand before the verb without changing what is done."""

REQUESTS = split_phrases(
    """
    can i | could i | may i | can we | could we | might i | am i allowed to | is it ok if i | is it okay if i |
    is it possible to | is it possible that i | would it be possible to | do you mind if i | mind if i |
    am i able to | can one
    """
)
"""Asking for leave: a question, of which only what costs nothing is simply done."""

PREPOSITIONS = word_set(
    "with using at on onto upon in into inside to towards toward from for about behind under underneath beneath over off "
    "against past across through thru via by near around between among beside below above as regarding concerning "
    "until till while without beyond along after before than like because so if when where that who which since unless "
    "out away except instead"
)
TAILS = word_set(
    "because while since unless until till when whenever so if where which who whose that although though as "
    "before after except but"
)
"""Words that begin what is said about a deed rather than what it is done to."""

PRONOUNS = word_set(
    "it him his her them they he she that this these those himself herself itself themselves one ones em"
)
MASCULINE = word_set("he him his himself tom brother mister mr sir lord king boy father uncle man tomcat male")
FEMININE = word_set(
    "she her hers herself auntie aunt lady mother sister queen madam mrs miss girl mum woman female dame"
)

NEGATIONS = split_phrases(
    """
    do not | never | i do not | i will not | i would not | i refuse to | refuse to | stop | avoid | without | not
    | i am not going to | we do not | let us not | i did not | please do not | rather not | i would rather not |
    cannot | i cannot | leave alone | forget | forget about | nobody | nothing
    """
)
CORRECTIONS = split_phrases(
    """
    no wait | wait no | scratch that | no sorry | sorry no | i mean | i meant | correction | actually no |
    no actually | or rather | on second thought | on second thoughts | no no | oops no | make that | strike that |
    belay that | cancel that | ok but actually not | actually
    """
)
CONDITIONS = word_set("if unless when whenever once in case should") - {"in", "case", "should"}

ORDINALS: dict[str, int] = {
    word: number
    for number, words in enumerate(
        (
            "first 1st 1 one #1 1. i.",
            "second 2nd 2 two #2 2.",
            "third 3rd 3 three",
            "fourth 4th 4 four",
            "fifth 5th 5 five",
            "sixth 6th 6 six",
            "seventh 7th 7 seven",
            "eighth 8th 8 eight",
            "ninth 9th 9 nine",
            "tenth 10th 10 ten",
        ),
        1,
    )
    for word in words.split()
}
CARDINALS = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "2": 2,
    "3": 3,
    "4": 4,
    "5": 5,
    "both": 2,
    "twice": 2,
    "thrice": 3,
    "couple": 2,
}
EVERYTHING = word_set("all everything every everyone everybody each whole lot")

_MEASURED = {
    "least price": "cheapest, least expensive, lowest price, most affordable, cheaper",
    "most price": "dearest, most expensive, priciest, poshest, fanciest, costliest, most valuable",
    "least hp": """
        weakest, weaker, half dead, in a bad way, worse off, bleeding, most hurt, most injured, most wounded,
        lowest, lowest hp, least hp, wounded, injured, hurt, damaged, almost dead, dying, sickest, nearly dead,
        bloodied, knackered, battered, limping, staggering, wobbly, worn out, on its last legs, at death 's door,
        nearest to death, closest to death, beat up, beaten up, badly hurt, more hurt, scratched, weak one,
        weaker one, hurt one, small one, smaller one, little one, weak, wobbling, groggy, reeling, faltering
    """,
    "most hp": """
        healthier, undamaged, untouched, unscathed, full hp, fittest, healthiest, healthy, fresh, freshest, unhurt,
        unharmed, toughest, highest hp, most hp, strong one, stronger one, tough one, big one, bigger one
    """,
    "most strength": "strongest, biggest, best, most powerful, most damage, deadliest, sharpest, better",
    "least strength": "worst, smallest, crappiest",
    "most weight": "heaviest",
    "least weight": "lightest",
}
SUPERLATIVES = {said.strip(): measure for measure, row in _MEASURED.items() for said in row.split(",")}
