# ruff: noqa: E501 (rows of a table)
"""Gestures of a cat, and things that people say, that ask nothing of the rules: answered in the story."""

from __future__ import annotations

MANNERS: dict[str, str] = {
    "emote": """
        throw a tantrum|fit|party|glance|look, take a shower|bath|dip|stroll|nap|breath|sip|picture, do a, act, act like, behave,
        knock|push|tip|nudge ~ off, lean, lean in, lean over, lean on, let the, raise my, lift my, hold up my, wave my, lower my, flatten my, perk up, prick up my, blow, blow on, vibrate, call myself, name
        myself, tag, race, trip, cheer on, high five, fist bump, smack my lips, kneel, kneel down, bow down, chant, pray for, crouch down, wriggle, wiggle, struggle, squirm, break free, get free, free myself, meow, mew, miaow, mrow, mrrp, purr, hiss, growl, yowl, howl, roar, scream, yell, shout, cry, weep, sob, laugh, giggle, grin,
        smile, smirk, frown, scowl, pout, sulk, sigh, yawn, stretch, groom, groom myself, wash, wash my face, clean
        myself, clean my fur, lick, lick my paw, lick my paws, scratch my ear, scratch myself, knead, make biscuits, roll
        over, roll, roll around, show my belly, wag my tail, flick my tail, swish my tail, twitch my tail, chase my tail, chase,
        twitch, blink, wink, nod, shrug, shake, shake off, shake my head, bow, curtsey, curtsy, dance, do, do a flip, flip, somersault, do a somersault, perform, sing, hum, whistle,
        clap, wave, salute, stamp, strut, pose, sneeze, cough, shiver, tremble, snarl, spit, spit in my paws, puff up, puff
        up my tail, fluff up, sit, sit down, sit on, sit in, sit with, sit by, sit still, sit very still, perch, perch on, loaf,
        jump up and down, jump around, hop around, spin around, turn around, turn round, backflip, do a backflip, cartwheel, do a
        trick, play, play with, pet, stroke, hug, cuddle, kiss, nuzzle, boop, tickle, pat, headbutt, rub, bite my tail,
        lick the, eat the air, drop to the floor, fall over, fall down, fall, faint, drool, beam, preen, sniff the air, sniff,
        smell the, look away, look away from, close my eyes, cover my eyes, cover my ears, look bored, look innocent, look
        sad, look at the sky, admire, celebrate, cheer, mourn, grieve, dream, remember, daydream, wonder, imagine, think
        of, think about, reflect, pray, meditate, apologise, apologize, say sorry, thank, curse, swear at, flip off,
        gloat, boast, brag, rejoice, knock over, knock off, knock down, push off, push over, tip over, paw at, bat, swat at the
        air, climb, climb on, climb onto, climb up on, jump on, jump onto, jump off, jump over, leap over, dive, dive in,
        ride, swim, wade, splash, skate, slide around, lie on, lie in, lie under, curl up, curl up on, curl up next to, snuggle,
        snuggle up to, cosy up, lean against, hang, wear a smile, act natural, act casual, pretend, pretend to sleep, play
        along, play dead, surrender, beg for mercy, plead for mercy, ask for mercy, beg for my life, plead for my life, cry uncle, give up, run around, run in circles, zoom around, walk in circles, pace, hop,
        skip along, juggle, paint, draw a, scratch my name, mark, mark my territory, spray, pee, pee on, poop, fart, burp,
        bury, hiccup, whimper, whine, moan, groan, chirp, chatter, trill, purr loudly, chuckle, blush, get up, stand up, stand,
        stand on, wake up, warm, warm my paws, warm myself, dry, dry off, dry myself, shake myself, bathe, take a bath, have a
        bath, warm up, cool off, get in line, queue, queue up, stand in line, line up, cut in line, jump the queue, take a number,
        mingle, people watch, party, make a wish, leave alone, sharpen my claws, sharpen my claws on, scratch behind, scratch up, scratch
        at, point, point at, say, sayy, whisper, mutter, mumble, babble, rant, recite, caw, bark, woof, moo, quack, flap,
        flap my, object, insult, mock, taunt, tease, make faces, make a face, stick out my tongue, glare, glare at, stare into space,
        stare out, arch, listen to the, enjoy, relish, savour, savor, tip, leave a tip, clean, tidy, tidy
        up, polish, decorate, hang up, hang my, write, doodle, count, count the, ignore, take a selfie, take a picture,
        take a photo, take a bow, take a seat, have a seat, take a deep breath, take a peek, take a stand, make a scene, cast my
        gaze, beat my chest, catch flies, pull, pull the tail of, tug, tug at, poke, prod, wash myself, wash my paws|fur|ears|tail|whiskers|back|belly, lick my paws|fur|ears|tail|whiskers|back|belly, clean my paws|fur|ears|tail|whiskers, shut up, be quiet, hush, breathe, hide my face, keep my mouth shut, say nothing, be brave, tell myself, pity, love,
        hate, like, miss, give a speech, make a speech, give a wave, give a nod, give a hug, give a kiss, play the, stand and stare, wag, sway, wobble, limp, tap my, drum, let it, let her, let him, let them, cross my
        paws, cross my arms, hold my breath, carry on, turn to, run my, drape, slump, flop, flop down, sprawl
    """,
    "cannot": """
        refund, get a refund, get my money back, want my money back, give me my money back, put out, steal, rob, pickpocket, shoplift, burgle, mug, burn, burn down, set fire to, set on fire, set alight, ignite, light up, blow
        up, explode, detonate, teleport, teleport to, fly, fly to, fly up, levitate, hover, summon, conjure, cast fireball,
        cast, wish for, create, craft, build, make, forge, construct, invent, brew, cook, bake, fish, plant, grow, dig a
        hole, dig, tunnel, tame, adopt, marry, hypnotise, hypnotize, mind control, possess, enslave, recruit, hire, kidnap,
        arrest, tie up, capture, catch, cage, skin, turn off, switch off, turn on, drown, poison, infect, sabotage, vandalise, resurrect, revive, raise
        the dead, raise, reincarnate, transform, transform into, morph, become, turn into, change class, clone, duplicate, copy, delete,
        kill myself, die, commit suicide, jump off, jump in, jump into, swim, swim across, swim to, swim under, dive into, dive under,
        phone, call a taxi, google, download, upload, hack the, time travel, rewind, go back in time, respawn, revert,
        unlock all, take over, conquer, rule, destroy the, set free, free, escape from the city, use the environment, surrender to, bet,
        gamble, wager, invest, gift wrap, leave with, store with, deposit, carry for, hold for, throw at them, use as,
        drop it on, lure, bait, distract, trap, set a trap, set up, barricade, borrow, skip the quest, skip
        this quest, sign, mix, combine, stick, glue, weld, repair, fix, paint, order, command, dance with, invite, ask to dance, trade places,
        smuggle, wash, knock, knock onto, push onto, tip onto, collapse, flood, squeeze out, cut the, chop down, pluck
    """,
    "greeting": """
        say good morning|day|evening|afternoon, hi, hello, hey, hiya, howdy, greetings, good morning, good day, good evening, good afternoon, yo, sup, whats up,
        what is up, salutations, hullo, ahoy, morning, evening, heya, hi there, hello there, hey there, wave at, wave to, nod to,
        nod at, bow to, greet, say hi, say hello, good morning to you, welcome
    """,
    "farewell": """
        bye, goodbye, good bye, farewell, see you, see you later, see ya, cya, later, so long, take care, good night, goodnight, bye bye,
        ciao, cheerio, ta ta, until next time, say goodbye, say goodbye to, wave goodbye
    """,
    "thanks": """
        thanks, thank you, thank, thank the, thx, ty, cheers, much obliged, many thanks, i appreciate it, grateful, thanks a lot,
        thank you very much, bless you, say thanks, say thank you, say thank you to, express my gratitude
    """,
    "small-talk": """
        how are you, how is it going, how are things, how do you do, how have you been, nice weather, nice to meet you, nice place,
        pleased to meet you, lovely day, how is life, what is new, are you ok, are you okay, how do you feel, how was your day,
        you ok, are you well, i am fine, i am good, and you, do you like, what do you like, do you love, are you happy, are you
        married, how old are you, you look, you seem, nice hat, nice, cool, wow, lol, haha, hahaha, ha, hehe, lmao, rofl, omg, awesome, great,
        amazing, good, good job, well done, sorry, oops, excuse me, pardon me, my bad, ok, okay, k, kk, sure, fine, right, alright,
        got it, understood, makes sense, yes, no, maybe, nope, yep, yeah, hmm, hm, ah, oh, ugh, meh, whatever, poor, that is sad, that is nice, that is funny,
        thats sad, that is great, i see, i understand, interesting, really, no way, damn, dang, fuck, shit, crap, hell, woohoo, yay,
        hooray, boo, mum, mom, mommy, mummy, mama, dad, daddy, no no no no, no no no, stop, stop it, leave me alone, go away, oh no, bored, i am
        bored, why not, decline, reject, refuse, idk, i dunno, i do not know, do not know, dunno, nothing, nevermind, never mind, forget it, i am hungry, i am tired, i am cold, i am sad,
        i am scared, i am going to die, i will die, i am dying, i do not want to die, i love you, i hate you, i hate this, this sucks, you suck, shut up, lets go, come on, please, plz
    """,
    "wish": """
        i wish, wish, if only, i dream of, i hope, would that i, may i be granted, let me be granted, let there be, i would rather be,
        by the dot, dear god, i want my mum, i want my mom, i want to go home, i want to be, i want to be a, can i be a, make me
        a, make me rich, grant me, bless me with
    """,
}
