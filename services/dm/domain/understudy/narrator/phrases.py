"""The words of the understudy: a wry cat noir. No names and no figures: those come from canon and outcomes only."""

from __future__ import annotations

from services.dm.domain.understudy.narrator.grammar import SentencePool, split_parts

DEED = SentencePool(
    "{}, {}{}",
    (
        *split_parts(
            """a whisker later | quick as a dropped call | without asking the moon | on the balls of your paws
            with your ears half back | before anybody can object | in the time it takes to blink | tail low and steady
            as if rehearsed | on your own terms | with more nerve than sense | one heartbeat on | claws politely hidden
            with the grace of a falling piano | like a cat with a plan | against better advice | half by instinct
            in one smooth motion | to nobody's applause | with professional calm""",
            """under the hum of tired neon | while the rain keeps score | between two flickers of a sign
            with the gutters looking on | as steam rolls off the vents | while a tram groans past
            beneath a sky the colour of static | in a smell of solder and fish | over the drip of a broken pipe
            as the puddles tremble | with the night leaning in | to the rhythm of a faulty fan
            while somebody's radio swallows a song | in the glow of a cracked screen | among shadows that know better
            as dust drifts through the light | while the wires gossip overhead | with one lamp as a witness
            as a shutter rattles | in the hush after a siren""",
        ),
        (", ", ": ", " — "),
    ),
    draws=10,
)

WORLD = SentencePool(
    "{}, {}{}",
    (
        *split_parts(
            """the city answers | the answer comes fast | nothing here is free | the other side has plans too
            trouble keeps its appointments | somebody was paying attention | the night collects its toll
            the world takes its turn | consequences travel light | there is a reply | the balance shifts
            fate sharpens something | a shadow makes up its mind | the street has rules | the silence breaks
            luck changes paws | that did not go unseen | the dark pushes back | time moves on | the scene shifts""",
            """with no manners at all | right on cue | as it always does | and it is not subtle | from too close
            in a spray of dirty water | with a sound like torn foil | without so much as a hello | under bad light
            quicker than gossip | as the lamps stutter | in plain sight | through the steam | with bad timing
            as sure as rent | and the wires hum | with a creak of old metal | while you are still turning
            before the echo fades | as if it were owed""",
        ),
        (", and ", ": ", " — "),
    ),
    draws=8,
)

REFUSED = SentencePool(
    "{}, {}{}",
    (
        *split_parts(
            """it was a fine idea | you reach for it | the thought is there | you give it a try | almost
            you shape up to it
            your paws are willing | for a moment it looks possible | bold of you | the plan was elegant | you mean it
            you commit to the attempt | nobody can fault the ambition | it would have looked good | you set your jaw
            on another night, perhaps | you picture it clearly | so close | your tail says yes | worth a thought""",
            """but the city shakes its head | but the rules have claws too | but the world declines
            but it will not be argued with | but the night says no | but that door stays shut
            but fate files a complaint
            but there is a snag | but the facts object | but it does not come off | but nothing gives
            but the street keeps its prices | but the moment passes | but the odds laugh | but reality clears its throat
            but it comes to nothing | but there are limits | but it refuses to happen | but no | but that is that""",
        ),
        (": ", " — "),
    ),
    draws=5,
)

LOOK = SentencePool(
    "{} {}{}",
    (
        *split_parts(
            """you let your eyes | you let your whiskers | you let your ears | you let your nose
            you let your attention
            you let your gaze | you let your patience | you let your curiosity | you let your caution
            you let your instincts | you let your good ear | you let your memory | you let your suspicion
            you let your appetite | you let your better judgement | you let your street sense | you let your paws
            you let your one-track mind | you let your tail | you let your luck""",
            """do the work | go first | read the room | sort light from shadow | count the corners
            make the introductions | settle on the details | find the edges of things | walk ahead of you
            take the long way round | draw up the inventory | wander | lead the way | take the first shift
            ask the questions | do the talking | set the pace | weigh it all up""",
        ),
        (": ", " — "),
    ),
    draws=4,
)

MEMORY = SentencePool(
    "{} {}{}",
    (
        *split_parts(
            """something comes back | a memory turns over | the past pads closer | an old scent returns | a thread holds
            the story so far speaks up | a page turns by itself | a picture settles | the dust lifts | an echo answers
            somewhere behind your ears, a drawer opens | a night from before looks in""",
            """with its edges still sharp | as it was told to you | in its own words | without being asked twice
            through the rain | just as it was | as clear as a dropped tin | from the bottom of the bag
            one paw at a time""",
        ),
        (": ", " — "),
    ),
    draws=2,
)

SELF = SentencePool(
    "{}, {}{}",
    (
        *split_parts(
            """you take stock | a quick lick of the shoulder | you count what counts | you sit down to the arithmetic
            you check the fur and the ledger | you pat yourself down | an honest inventory | you do the sums
            you consult your own bruises | a private audit | you hold a meeting with yourself
            you turn out your pockets""",
            """the way the cautious do | with no flattery | as old strays teach | under the nearest lamp
            in the order that matters | between two drips of rain | without moving your lips | tail round your feet
            before anybody asks | with a professional eye | as the night allows | for the record""",
        ),
        (": ", " — "),
    ),
    draws=2,
)

CALM = SentencePool(
    "{} {} {}.",
    split_parts(
        """somewhere a drone | the rain | a vending machine | a distant tram | the gutter | a loose cable | the smog
        a moth on a lamp | an old antenna | the neon | a tin roof | the night shift""",
        """hums to itself | keeps its own counsel | counts the seconds | mutters in static | clears its throat
        flickers like a bad memory | pretends not to watch | carries on regardless | waits for somebody to blink
        sighs through its teeth | practises looking innocent | holds its breath""",
        """while you decide what comes next | as if the city had asked a question | and nobody claps
        and the moon declines to comment | while your tail draws question marks | as though it had seen this before
        and the night stays unpaid | while the puddles take notes | and somewhere a window closes
        as if you owed it money | while your whiskers tune themselves | and the street lets it pass""",
    ),
)

FIGHT = SentencePool(
    "{} {} {}.",
    split_parts(
        """the air | every shadow | the space between you | the next breath | the floor | the light | the silence
        the whole street | each heartbeat | the distance | your shadow | the moment""",
        """tastes of copper | draws tight as wire | belongs to whoever moves first | leans towards violence
        has teeth in it | smells of singed fur | shivers like a struck bell | narrows to a point | turns on a claw
        waits for blood | refuses to stay neutral | hums with bad intentions""",
        """and nobody is leaving politely | and your ears lie flat | while the odds are rewritten
        and there is no referee | as claws shift for purchase | and mercy is not on the menu
        while somewhere a siren loses interest | and the exits look far away | as both sides do the arithmetic
        and the rain picks no favourite | while your tail keeps the beat | and it is not over""",
    ),
)

HURT = SentencePool(
    "{} {} {}.",
    split_parts(
        """every step | each breath | your left flank | the old ache | your fur | your pulse | your balance | the night
        the pavement | your shadow | the next corner | your pride""",
        """asks for a bandage | sends you the bill | argues for a lie-down | limps a little | tells the truth about it
        keeps a tally of the bruises | smells of blood and rust | has had better evenings | throbs in bad rhythm
        wants a word about caution | pulls at the stitches | reminds you that luck is rented""",
        """and a quiet corner starts to look like treasure | and rest sounds like strategy
        while the city looks for weakness | and pride is thin armour | though you stay on your feet
        and nobody offers a pillow | while the rain stings where it can | and even the neon looks sorry
        though your ears stay up | and a wise cat would take the hint | while your paws keep their own opinion
        and the gutter sends its regards""",
    ),
)

END = SentencePool(
    "{} {} {}.",
    split_parts(
        "the last page | the story | this telling | the tale | the record | the long night | the rain | the city",
        "closes softly | comes to rest | finds its ending | goes quiet | signs off | lets go | lies down | bows out",
        """and the neon dims a little | and nothing is left to roll | with your name in the gutter press
        and the street keeps the memory | as the trams stop running | and the moon turns the page
        and somebody else feeds the pigeons | with a last flick of the tail""",
    ),
)

CLAIM = SentencePool(
    "{}, {}, {}.",
    split_parts(
        """you wait for it to become true | you say it with conviction | the words come out beautifully
        it sounds almost convincing | you declare it to the night | the wish is a good one | you hold the thought
        it makes a fine story | you announce it to the rain | you let the words hang there""",
        """but the city checks its books | but reality wants a receipt | but saying is cheap here
        but the night was listening and shrugs | but the street has heard better | but wishes do not clear customs
        but the facts stay seated | but nobody signs for it | but the lamps do not even flicker
        but this town runs on proof""",
        """and nothing of the kind turns up | and your paws stay as they were | and the world goes on unchanged
        and the ledger does not move | and things remain what they are | and the only echo is your own
        and the moment passes you by | and it stays a thing you said | and the puddle shows the same cat
        and not a hair is different""",
    ),
)

ORDERS = SentencePool(
    "{}, {}, {}.",
    split_parts(
        """a strange voice borrows your mouth | you speak in somebody else's memos | the words sound like a manual
        you address the sky in an official tone | something in you recites regulations | you talk to the wires
        you try to bribe the ceiling | you read out a notice that is not there""",
        """and a passing moth ignores it | and the pipes gurgle with laughter | but the city takes no dictation
        but nobody up there is hiring | and a drain answers for everyone | but the fine print eats itself
        and the sky stays out of it | but the dark does not do requests""",
        """so the night goes on as it was | and the rules stay where they are | and only your own paws will move you
        and it all comes back to whiskers and nerve | while the rain rules on the matter | and that settles it
        and you are still just a cat with options | so you are back to doing things the honest way""",
    ),
)

DECLINED = SentencePool(
    "{}, {}, {}.",
    split_parts(
        """you leave it be | you think better of it | you keep your claws in | not that, not now | you let it pass
        you hold back | you draw the line there | you keep out of it""",
        """which takes a certain style | and it costs you nothing | though your tail argues | as a matter of policy
        and the moment respects it | for reasons of your own | which is rarer than courage | and you mean it""",
        """and the night finds other business | and nothing comes of it | and the street moves on
        so the thing stays undone | and nobody is the worse for it | while the rain agrees
        and that is a decision too | and your whiskers relax a little""",
    ),
)

FOREIGN = SentencePool(
    "{}, {}, {}.",
    split_parts(
        """your words come out in a far-off tongue | you speak the speech of another harbour
        that is a language from beyond the wall | the syllables are lovely | you sing something the alley does not know
        it sounds like home to somebody""",
        """and the street tilts its head | and every ear turns without understanding | but the local gutters are slow
        and an old stray bows politely | but nobody here can follow | and the pigeons ask for a translation""",
        """and the game is played in English, friend | so say it once more in English, if you please
        and English would do nicely, since this game is played in it | for the gutters of this game speak English
        and the welcome stands, in English, which is what is played here""",
    ),
)

POLITE = {
    "de": "Verzeihung, hier wird nur englisch gespielt.",
    "fr": "Pardon, ici on joue en anglais.",
    "es": "Perdona, aquí se juega en inglés.",
    "it": "Scusa, qui si gioca in inglese.",
    "pt": "Desculpa, aqui joga-se em inglês.",
    "nl": "Pardon, hier wordt in het engels gespeeld.",
    "pl": "Przepraszam, tutaj gramy po angielsku.",
    "sv": "Ursäkta, här spelar vi på engelska.",
    "cs": "Promiň, tady se hraje anglicky.",
    "tr": "Affedersin, burada ingilizce oynuyoruz.",
}
"""To the ten most likely to be spoken: in which language the game is played. No name in them but the first word."""

KNOWN = SentencePool(
    "{}, {}{}",
    (
        *split_parts(
            """any gutter could tell you | ask the pigeons | the street has it like this | word gets around
            what everybody knows | you put two and two together | the long and the short of it
            the matter stands like this | a cat keeps track | you go through it once more | the city keeps count
            you lay it out in a row""",
            """with no flattery | for the record | between two drips of rain | in plain alley speech
            before anybody asks | as the night allows | from the beginning | without moving your lips
            in the order that matters
            tail round your feet | as old strays teach | and it bears repeating""",
        ),
        (": ", " — "),
    ),
    draws=2,
)

NEAR = SentencePool(
    "{}, {}: ",
    split_parts(
        """what this corner would understand | what comes near it | the nearest thing that works here
        something like it |         what the street has heard of | a word that would do
            what might have been meant | try it another way
        the alley offers a translation | put plainly it may be""",
        """as far as anybody can guess | at a guess | for a start | if that was it | with a tilt of the head
        by the sound of it | give or take a whisker | for what it is worth | on a good night | take your pick
        roughly | between us | to be going on with""",
    ),
    draws=1,
)

LEFT = SentencePool(
    "{}, {}: ",
    split_parts(
        """that leaves something undone | not everything fits in one breath | the rest has to wait
        there is more to come |         the list is not finished | one thing at a time
            the tail end of the plan is left | some of it is still to do
        the night is long enough for the rest | the other half of the plan keeps
        the plan was longer than the turn | a few words are left hanging | there was another thing""",
        """for the next turn | when you are ready | as soon as there is room | if it still appeals | in your own time
        whenever it suits | for when the dust has settled | on your word | still to do | after this
        with a fresh breath""",
    ),
    draws=1,
)

COURTESY = SentencePool(
    "{}, {}, {}.",
    split_parts(
        """you say it nicely | manners first | the words go out warm | you put some purr into it | it is kindly said
        you mean it, too | a good tone costs nothing | you speak from the whiskers""",
        """and it is taken as it was meant | and an ear turns your way | and the air grows a degree warmer
        with a slow blink to go with it | and the moment takes it well | and nobody minds""",
        """so there is room for more | and talk is easily carried on | and the night is a little less wide
        while the neon hums along | and that is how it begins around here | and it does no harm at all""",
    ),
)

MURMUR = SentencePool(
    "{}, {}, {}.",
    split_parts(
        """you make a noise | something between a purr and a hiccup comes out | you mumble into your fur
        a sound escapes you | you express yourself | the thought does not survive the trip to your mouth
        you open your mouth and close it again | you say something to the rain""",
        """and it means a great deal to nobody | and a drainpipe answers in kind | and even the moths pretend to miss it
        and a gull far off agrees | and it hangs there like washing | and the city files it unread
        and your own ears turn to see who said it | and no one asks you to repeat it""",
        """and the night waits for something it can use | so the moment is still yours
            while your paws stay where they are
        and the street looks at you, patient | so the question is what you do | and nothing in particular happens
        while the options stand about, waiting | and your tail suggests something simpler""",
    ),
)

WAIT = SentencePool(
    "{}, {}, {}.",
    split_parts(
        """you wait | you let the moment pass | you sit like a paperweight | you do nothing, expertly | you hold still
        you count drips | you let the world go first | you become part of the furniture""",
        """as only a cat can | with great dignity | in a patch of better air | eyes at half mast
            with both ears on duty
        and the dust settles on you | with the patience of rust | as if it were a profession""",
        """and the city spends a little of its time on you | and the seconds go by on soft paws
        while somewhere something does not happen | and the rain fills in the gaps | and the neon blinks first
        while the night walks around you | and no one charges you for it | and the lamps change shifts""",
    ),
)

EMOTE = SentencePool(
    "{}, {}, {}.",
    split_parts(
        """you make yourself heard | you give it your whole chest | it comes from the heart | you let it out
        you offer the night your opinion | there is a certain artistry in it | you do it with feeling
            you commit to the bit""",
        """and the echo improves on it | and a window lights up | and a stray applauds with one ear | to mixed reviews
        and the drains harmonise | and a lamp buzzes in sympathy | and the silence makes room | without a permit""",
        """and you feel the better for it | and it changes nothing except the mood | and the city pretends to cough
        so that is said | and the moment loosens its collar | and somewhere a critic is born
        and your fur lies smoother | and the rain keeps the rhythm""",
    ),
)

SPEECH = SentencePool(
    "{}, {}, {}.",
    split_parts(
        """you say it out loud | your words go out into the dark | you speak your piece | you address the scenery
        the speech is a good one | you try it on the empty air | you talk as one talks to lamp posts
            you put it plainly""",
        """but no one here picks up the thread | but there are no ears for it | but it is a monologue
        but the audience is brick | but only the pipes are listening | but nobody is there to answer
        but the shadows keep mum | but the reply is rain""",
        """and it is good advice all the same | so you keep the best line for later | and your tail nods along
        and the silence takes a bow | so the moment stays open | and a poster peels in reply
        and you let the last word stand | and the night does not interrupt""",
    ),
)

NOTHING_DONE = SentencePool(
    "{}, {}, {}.",
    split_parts(
        """the moment settles | a pause opens up | things stand as they stand | the scene holds | it goes quiet
        the dust decides where to land | a breath goes by | the night resets its face""",
        """with everybody where they were | and the shadows shuffle | as if waiting for a cue | in no hurry at all
        and you are in the middle of it | with your whiskers forward | under the usual hum
            and the wet stone shines""",
        """and there is room for a decision | so the next step is yours | and the city keeps the meter running
        while your paws consider their options | and nothing is settled yet | so you take it in
        and the odds are patient | while the neon changes its mind""",
    ),
)
