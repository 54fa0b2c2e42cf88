# ruff: noqa: E501 (rows of a table)
"""Ways of winning somebody over, by the word the rules know them by; and stats by the verbs that imply them."""

from __future__ import annotations

from services.dm.domain.english.word_lists import word_set

APPROACHES: dict[str, str] = {
    "flatter": """
        flatter, compliment, praise, butter up, admire, suck up to, sweet talk, sweettalk, adulate, fawn over, fawn on,
        kiss up to, soft soap, tell, say, pay a compliment to, make
        compliments to, congratulate, toady to, brownnose, stroke the ego of, say something nice to, say nice things to,
        be nice to, praise to the skies, sing the praises of, speak kindly to, lay it on thick with, curry favour with
    """,
    "charm": """
        make ~ like|trust|love me, get ~ to like|trust|love|help|warm, get in good with, make a good impression on, impress, make friends, get on the good side of, use my charm on, charm, flirt, flirt with, hit on, seduce, woo, court, win over, befriend, make friends with, endear myself to,
        purr at, purr for, purr to, purr against, rub against, rub up against, headbutt, head bump, boop, chat up, bat my
        eyes at, bat my eyelashes at, make eyes at, cosy up to, cozy up to, smile at, ingratiate myself with, wind up a
        bit, look cute at, be charming to, cuddle up to, be friendly to, give puppy eyes to, act cute for, weave round,
        weave around, brush against
    """,
    "threaten": """
        threaten, intimidate, menace, bully, scare, frighten, terrorise, terrorize, warn, blackmail, coerce, growl at,
        hiss at, snarl at, extort, pressure, strongarm, bare my teeth at, show my claws to, bare my claws at, spook,
        threaten to kill, make threats at, arch at, cow, browbeat, growl that, snarl that, hiss that, stare down, dare, challenge, accuse, confront, blame,
        demand, demand from, insist
    """,
    "reason": """
        talk ~ out of|into, persuade, convince, reason with, argue, argue with, negotiate, negotiate with, talk into, talk round, talk over,
        talk out of, appeal to, explain to, debate, debate with, make a case to, make my case to, haggle, haggle with,
        bargain, bargain with, beat down, get a discount from, ask for a discount, make a deal with, urge, encourage,
        advise, propose to, propose, suggest to, suggest, discuss terms with, mediate, get to, sway, influence, win round,
        prevail upon, talk sense into, barter with, knock down the price, ask for credit, owe, go lower, come down a bit, come down a little, do it for less, make it cheaper, lower the|your|his|her price|prices, bring down the price|prices,
        drop the|your price|prices, come down on the price, come down a bit, make me a discount|deal|bargain,
        give me a discount|deal|bargain, do me a discount|deal, make me a better price|offer, give me a better price|offer,
        knock ~ off the price, see if ~ will do|lower|haggle|bargain|budge|knock, get the price down, get a better price,
        get a discount, get a bargain, cut me a deal, let me have it for, put in a good word with
    """,
    "joke": """
        joke with, joke, crack a joke at, crack a joke, tell a joke to, tell a joke, tell joke, tell jokes, make ~ laugh, tell ~ a joke, amuse, tease, banter,
        banter with, kid, entertain, jest, jest with, make a joke, crack jokes, be funny, tell jokes, clown, clown around
        for, wisecrack, pun, humour, humor, tickle, wind up
    """,
    "lie": """
        lie to, lie, bluff, deceive, trick, fool, con, bamboozle, mislead, hoodwink, swindle, cheat, dupe, fib to, fib,
        pretend, pretend to be, make up a story, feed a story, spin a yarn to, bullshit, impersonate, scam, delude, tell a
        lie, tell lies, outwit, beguile
    """,
    "plead": """
        plead with, plead, beg, beg for, implore, beseech, entreat, pray to, cry to, whine at, whine, ask nicely, ask for
        mercy, meow sadly at, meow pitifully at, grovel, grovel before, ask for help, cry for, throw myself on the mercy
        of, ask a favour of, ask to borrow, borrow from, petition, pester, nag, sob at, mew at, can i owe, have mercy,
        ask to help me, ask to come with me, ask for a lift, ask for backup
    """,
    "bribe": """
        bribe, pay off, buy off, grease, grease the palm of, slip some money to, slip money to, offer money to, offer a
        bribe to, tempt, corrupt, suborn
    """,
    "console": "console, comfort, soothe, calm, calm down, reassure, pacify, placate, mollify, cheer up, apologise to, "
    "apologize to, appease, sympathise with, sympathize with",
}

STATS: dict[str, str] = {
    "claws": """
        force, smash, break, bash, kick, punch, hit, strike, scratch, scratch at, claw, claw at, slash, rip, rip open, rip
        out, tear, tear open, pull, pull at, pull on, pull out, pull off, push, shove, turn, twist, crank, wind, wind up,
        wrench, yank, tug, tug at, lift, heave, shift, drag, pry, pry open, prise, prise open, lever, ram, hammer, bang on,
        beat, brute force, muscle, move, shut off, turn off, turn on, shut, switch off,
        close, force open, break open, crack, crack open, bite, gnaw, gnaw at, chew, chew on, sharpen my claws on, scrape,
        scrape off, dig, dig at, dig up, rotate, spin, budge, loosen, dislodge, jerk, haul, attack, rattle, cut,
        push at, push against, push on, lean on, throw myself against, crush, stop, trun, open up, swing, attack
    """,
    "paws": """
        climb, climb on, climb onto, climb on top of, climb in, jump on, jump onto, hop on, hop onto, hop in, step on,
        step onto, step in, step into, get on,  bat at, knock on,
        get something out of, reach inside, drink from, stick ~ in|into, put ~ in|into|on|to, paw, paw at, touch, tap, poke, prod, pat, reach into, reach for, reach in, reach behind, reach under, stick my paw
        in, stick my paw into, stick a paw in, stick a paw into, put my paw in, put my paw into, put a paw in, put a paw
        into, pick, pick at, slip a paw into, feel inside, fish in, fish around in, fish out of, fiddle with, unpick,
        tease out, delicately, press, push the button on, hook out, knead, crawl under, squeeze under, empty, clear, clean out, lift the lid of, unhook,
        untie, sit in, sit on, sit down on, curl up on, curl up in, turn round on, turn around on, slip into, rummage in,
        grab, catch, take from, handle, pickpocket, open, pull out, take out, pull
    """,
    "whiskers": """
        listen, listen to, listen at, listen in, listen closely to, put my ear to, put an ear to, put my ear on, put an
        ear on, put one ear to, put an ear against, put my ear against, put an ear at, lay my ear on, lay my ear upon, lay
        mine ear upon, lay an ear on, lay|put|press|hold|lean|rest|place|stick ~ ear to|on|against|at|upon|over, ear to|on|against, press my ear to, press my ear against, sniff, sniff at, sniff around, smell, feel,
        sense, whisker, brush my whiskers against, search, look into, look inside, look behind, look under, look in, peer
        into, inspect closely, feel for, feel under, feel around, put my nose in, stick my nose in, stick my head
        in, put my head in, stick my head into, nose, nose around in, taste, lick, eavesdrop on, hear,
        search through, rummage through
    """,
    "wits": """
        call, make a call on|with, phone, interact with, mess with, mess around with, fool around with, do something with|to, experiment with, jiggle,
        put, plug ~ into|in, melt ~ with, give ~ a go, give ~ another go, give ~ a try, give ~ another try, give ~ a whirl, give ~ a shot,
        hack, hack into, read, study, analyse, analyze, decode, decipher, figure out, work out, solve, puzzle out,
        understand, tinker with, repair, fix, rewire, program, reprogram, type, type on, type into, log in, log into, log
        on to, have a go at, have a try at, give ~ a go|try, operate, use, try, attempt, activate, work, switch on, boot, boot up, restart, reboot, turn on, calibrate,
        adjust, answer, pick up, ring, dial, call, examine closely, leaf through, browse, search, consult, look up, sign,
        sign in, write in, write on, set, bet on, bet, gamble on, gamble, play, play with, spin, use my head on, use my
        head, think about, investigate, look for, fill in, fill out, press, push, submit to, file, put in,
        unlock, unscramble, disarm, dismantle, take apart, engineer, troubleshoot, diagnose, query, search through
    """,
    "purr": """
        charm, purr at, purr to, purr into, sweet talk, sweettalk, talk to, talk nicely to, sing to, soothe, persuade,
        coax, flatter, pray, pray at, pray to, bow to, kneel before, caress, plead with, rub
        against, meow at, meow into, complain, complain to, complain into, complain about, file a complaint, file a very
        polite complaint, talk into, speak into, speak to, whisper to, make an offering to, worship, comfort, curl up in
    """,
}

PRAISE = word_set("""beautiful radiant wonderful pretty handsome lovely magnificent gorgeous brilliant clever wise kind sweet charming elegant
    impressive amazing awesome great best finest greatest cutest cute adorable stunning splendid marvellous marvelous fabulous
    fantastic glorious majestic noble strong smart intelligent talented generous gracious graceful dashing delightful
    exquisite perfect respected admire flattering fluffy soft shiny divine incredible superb fair fine""")
"""Telling somebody that they are any of these is flattery."""
