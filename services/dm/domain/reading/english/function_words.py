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

SUPERLATIVES: dict[str, str] = {
    "cheapest": "least price",
    "least expensive": "least price",
    "lowest price": "least price",
    "most affordable": "least price",
    "dearest": "most price",
    "most expensive": "most price",
    "priciest": "most price",
    "poshest": "most price",
    "fanciest": "most price",
    "costliest": "most price",
    "most valuable": "most price",
    "weakest": "least hp",
    "weaker": "least hp",
    "half dead": "least hp",
    "in a bad way": "least hp",
    "worse off": "least hp",
    "bleeding": "least hp",
    "healthier": "most hp",
    "cheaper": "least price",
    "most hurt": "least hp",
    "most injured": "least hp",
    "most wounded": "least hp",
    "lowest": "least hp",
    "lowest hp": "least hp",
    "least hp": "least hp",
    "wounded": "least hp",
    "injured": "least hp",
    "hurt": "least hp",
    "damaged": "least hp",
    "almost dead": "least hp",
    "dying": "least hp",
    "sickest": "least hp",
    "nearly dead": "least hp",
    "bloodied": "least hp",
    "knackered": "least hp",
    "battered": "least hp",
    "limping": "least hp",
    "staggering": "least hp",
    "wobbly": "least hp",
    "worn out": "least hp",
    "on its last legs": "least hp",
    "at death 's door": "least hp",
    "nearest to death": "least hp",
    "closest to death": "least hp",
    "beat up": "least hp",
    "beaten up": "least hp",
    "badly hurt": "least hp",
    "more hurt": "least hp",
    "scratched": "least hp",
    "undamaged": "most hp",
    "untouched": "most hp",
    "unscathed": "most hp",
    "full hp": "most hp",
    "fittest": "most hp",
    "healthiest": "most hp",
    "strongest": "most strength",
    "healthy": "most hp",
    "fresh": "most hp",
    "freshest": "most hp",
    "unhurt": "most hp",
    "unharmed": "most hp",
    "toughest": "most hp",
    "highest hp": "most hp",
    "most hp": "most hp",
    "biggest": "most strength",
    "best": "most strength",
    "most powerful": "most strength",
    "most damage": "most strength",
    "deadliest": "most strength",
    "sharpest": "most strength",
    "better": "most strength",
    "worst": "least strength",
    "smallest": "least strength",
    "crappiest": "least strength",
    "weak one": "least hp",
    "weaker one": "least hp",
    "hurt one": "least hp",
    "strong one": "most hp",
    "stronger one": "most hp",
    "tough one": "most hp",
    "big one": "most hp",
    "bigger one": "most hp",
    "small one": "least hp",
    "smaller one": "least hp",
    "little one": "least hp",
    **dict.fromkeys(
        [
            "weak",
            "wobbly",
            "wobbling",
            "staggering",
            "limping",
            "bleeding",
            "battered",
            "groggy",
            "reeling",
            "faltering",
        ],
        "least hp",
    ),
    "heaviest": "most weight",
    "lightest": "least weight",
}
