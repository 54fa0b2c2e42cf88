# ruff: noqa: E501 (rows of a table)
"""Verbs of every deed, as players say them: single words in their base form, and phrases.

A phrase whose last word is a particle (up, off, on, out …) is also understood with its object in between:
"put on" is in "put the vest on". A verb may stand under several deeds: the object decides which is meant.
"""

from __future__ import annotations

DEEDS: dict[str, str] = {
    "attack": """
        attack, hit, strike, slash, claw, claws, bite, scratch, stab, cut, slice, swipe, swat, swipe at, swat at, smack,
        smash, bash, beat, beat up, beat down, bludgeon, clobber, club, crush, squash, squish, stomp, stomp on, trample,
        kick, punch, slap, bat at, pounce, pounce on, pounce at, leap at, leap on, leap upon, jump on, lunge at, spring
        at, spring on, launch myself at, throw myself at, hurl myself at, fling myself at, rush, charge, charge at, rush
        at, run at, assault, ambush, assail, fight, fight with, battle, brawl with, engage, duel, wrestle, tackle, maul,
        mangle, rip, rip up, rip apart, rip into, tear, tear up, tear apart, tear into, shred, gouge, impale, skewer,
        pierce, poke, prod, jab, whack, thump, thwack, wallop, pummel, pound, batter, hammer, whip, lash, lash out at,
        flog, shoot, shoot at, fire at, zap, blast, burn, torch, spray, kill, slay, murder, destroy, eliminate,
        exterminate, execute, finish, finish off, take out, take down, put down, bring down, knock out, knock down, do
        in, dispatch, end, waste, annihilate, obliterate, wreck, break, hurt, harm, wound, injure, maim, damage, go for,
        go after, go at, go to town on, lay into, tear at, come at, set upon, set about, let fly at, take on, take a
        swing at, take a swipe at, swing at, swing, have a go at, get, dive at, dive on, snap at, chomp, chomp on, gnaw,
        nip at, sink my teeth into, sink my claws into, bring down upon, start a fight with, pick a fight with, jump,
        crumple, attempt to kill, deal with, teach a lesson, ram, headbutt, chop, hack at, hack, strangle, choke,
        throttle, scrap with, scrap, drub, thrash, trounce, clout, cuff, decapitate, behead, gut,
        eviscerate, mutilate, slaughter, butcher, massacre, neutralise, neutralize, terminate, unleash on, open fire on,
        make a move on, mow down, strike at, strike down, claw at, slash at, slice at, stab at, hit at, bite at,
        scratch at, kick at, hiss and strike, savage, molest, whale on, wail on, beat on, pick off, rake, drop kick, backstab, land on
    """,
    "flee": """
        flee, escape, run, run away, run off, run for it, run for my life, make a run for it, make a break for it, make
        a dash for it, make my escape, get away, get out, get out of here, get me out of here, get the hell out, outta
        here, out of here, bolt, scarper, skedaddle, retreat, withdraw, fall back, back off, back away, turn tail, beat
        it, beat a retreat, bail, bail out, leg it, hightail it, hotfoot it, take off, take flight, take to my heels,
        fly, fly away, scram, split, disengage, break away, break off, tap out, leave the fight, exit the fight, skip
        fight, skip the fight, end the fight, quit the fight, leave, abandon the fight, evade, elope, decamp, scamper,
        scamper off, scurry, scurry away, dash away, dash off, sprint away, sprint off, dart away, dart off, run like
        hell, nope out, peace out, book it, vamoose, abscond, clear off, climb out, climb away, hit the road, do a
        runner, show a clean pair of heels, cut and run, slink away, slip away, sneak away, sneak off, run home, run
        back, go away, get lost, shoo myself, pull back, abort, disappear from the fight, climb
    """,
    "move_to": """
        go, go to, go into, go in, go through, go thru, go down, go up, go out, go back, go over to, go inside, go
        outside, go on, go via, go along, go by, walk, walk to, run, run to, jog, head, head to, head for, head back,
        move, move to, travel, travel to, proceed, proceed to, continue, continue to, enter, exit, leave, leave through,
        leave by, leave for, depart, depart for, return, return to, come back, come back to, get back, get back to, get
        to, get into, get out, get out of here, get me out of here, get inside, get down, step, step through, step into,
        step out, climb, climb up, climb down, climb into, climb onto, climb through, climb out, climb over, descend,
        ascend, mount, slide, slide down, slip, slip into, slip through, slip out, slip behind, slip past, slip away,
        sneak, sneak to, sneak into, sneak through, sneak past, sneak out, creep, creep to, crawl, crawl into, crawl
        through, crawl inside, squeeze, squeeze through, squeeze out, jump, jump down, jump through, jump into, jump
        thru, jump off, leap, leap through, leap into, hop, hop into, hop through, hop down, dive, dive through, dive
        into, dash, dash to, dart, dart into, sprint, sprint to, race, race to, rush to, hurry, hurry to, scurry,
        scamper, scoot, trot, trot to, pad, pad over to, pad to, stroll, stroll to, wander, wander to, wander off,
        saunter, amble, march, march to, stride, strut, tiptoe, tiptoe to, prowl, prowl to, slink, slink to, stalk off
        to, follow, take, take me to, bring me to, use, ride, cross, pass, pass through, traverse, visit,
        make for, make my way, make my way to, make off, find my way to, bound, bounce to, push through, press on,
        venture, venture to, journey, hike, hit the road, hit the, swim to, fly to, drop down, drop into, drop through,
        fall through, down to, up to, over to, back to, into, through, to, down, up, out, across, along, via, back, home,
        outside, inside, north, south, east, west, move on, walk away, walk off, the way i came, go back the way i came, back the way i came, return the way i came, set off, set off for, set out, set out
        for, be off to, off to, pop over to, pop into, nip over to, nip to, hang a, turn into, turn down, step outside,
        let myself through, let myself out, show myself out, see myself out, vacate, relocate to, try, take off
    """,
    "take": """
        take, take up, grab, get, get hold of, pick up, pick, pick out, pick off, collect, gather, gather up, snatch,
        snag, nab, nick, fetch, acquire, obtain, retrieve, recover, lift, lift up, loot, pocket, bag, steal, swipe,
        pinch, pilfer, pull out, fish out, dig out, scoop, scoop up, gimme, give me, help myself to, claim, seize,
        clutch, catch, grip, carry, hold, keep, stash, scavenge, salvage, hoard, sweep up, snaffle, appropriate, take
        hold of, lay my paws on, get my paws on, put in my bag, pop in my bag, stow, remove, extract, have, want, need,
        go through, empty, rifle, rifle through, open, pounce on, play with, find, grab hold of, haul, drag, procure,
        yoink, purloin, mine, dibs on, loot up, hoover up, relieve them of
    """,
    "drop": """
        drop, discard, throw away, throw out, toss, toss away, toss out, chuck, chuck away, dump, ditch, get rid of,
        leave behind, leave, abandon, put down, lay down, set down, let go of, part with, bin, trash, lose, shed, jettison,
        dispose of, scrap, unload, litter, cast aside, cast away, relinquish, release, junk, lay aside, put aside
    """,
    "give": """
        give, hand, hand over, hand in, hand back, turn in, deliver, offer, present, pass, pass over, pay, feed, gift,
        donate, bring, show, return, give back, give away, give up, slip, surrender, submit, bestow, lend, loan, share,
        trade, grant, entrust, supply, provide, bribe, tip, contribute, award, serve, toss, render
    """,
    "buy": """
        buy, by, purchase, order, get, get me, acquire, take, i will take, have, give me, gimme, grab, pay for, shop for, pick
        up, procure, spend on, spend my money on, invest in, treat myself to, want, would like, need, obtain, trade for,
        swap for, barter for, i will have, have one, put my money on, splurge on, afford, stock up on, ring up, snap up,
        rent, hire
    """,
    "sell": """
        sell, sell off, pawn, trade in, flog, hawk, unload, offload, cash in, get rid of, swap, exchange, trade, vend,
        peddle, auction, auction off, get money for, liquidate, trade away, hock, fence, flip, barter
    """,
    "equip": """
        equip, wear, put on, don, wield, draw, brandish, unsheathe, ready, slip on, slip into, dress in, change into,
        get into, strap on, attach, fasten, pull on, tie on, arm myself with, arm, hold, grip, switch to, swap to, use,
        change to, try on, pull out, take out, get out, whip out, take in paw, take in hand, gear up with, clip on,
        throw on, pop on, buckle on, suit up in, adorn myself with, sport, outfit, bring out, grab, put around, bring,
        produce, bare, extend, unleash, fit, pin on, prepare, raise
    """,
    "unequip": """
        unequip, take off, remove, doff, strip, strip off, unwield, sheathe, sheath, put away, undress, unstrap, unbuckle,
        unfasten, pull off, slip off, shed, detach, unclip, unwear, slip out of, get out of, drop, stow, store, shrug
        off, peel off, disarm, stash, unpin, untie
    """,
    "use": """
        use, apply, activate, employ, try, trigger, operate, utilise, utilize, spend, consume, pop, light, ignite, crack,
        crack open, open, deploy, put, put on, set off, try out, make use of, play, have, work with, raise,
        burn, snap, break out, engage, wield, brush, brush off, brush with, fire, fire off, set fire to, get off me
    """,
    "eat": """
        eat, eat up, drink, drink up, drink down, consume, devour, swallow, munch, munch on, chew, chew on, chew up, gulp,
        gulp down, wolf, wolf down, lap, lap up, lick, lick up, sip, taste, nibble, nibble on, bite, bite into, snack on,
        feast on, dine on, scoff, slurp, ingest, gobble, gobble up, down, finish, finish off, sniff, smoke, inhale, chomp,
        chomp on, crunch, have, take, tuck into, polish off, quaff, guzzle, swig, knock back, feed on, feed myself, try,
        open, put away, scarf, scarf down, nosh, snort, apply, use, break open
    """,
    "heal": """
        heal, heal up, heal myself, heal me, patch up, patch myself up, patch me up, mend, mend myself, recover, recover
        hp, get better, restore my health, restore health, bandage, bandage myself, treat my wounds, tend my wounds, lick
        my wounds, first aid, eat something, drink something, eat, snack, cure, cure me, cure myself, fix myself, fix me,
        regenerate, get some health, full heal, have a snack, have something to eat, grab a bite
    """,
    "throw": """
        throw, toss, hurl, lob, fling, chuck, pitch, cast, sling, launch, bowl, shoot, fire, heave, shy, use, zap with,
        hit with, tape, tape up, tie up, tie, tie down, bind, wrap, flick, aim, point, stick, set off, light, put, set fire to, set on fire, set alight, burn, zap, torch
    """,
    "cast": """
        use, cast, do, activate, perform, try, trigger, unleash, invoke, launch, fire, fire off, execute, employ, channel,
        go for, give, deploy, send, send in, summon, release, play, hit with, attack with, do the, pull off, pop, let
        loose, let fly, start, become, turn, turn into, make myself, wind, wind up, set, make, go, work, whip out,
        show them, show, throw, focus, direct
    """,
    "defend": """
        defend, defend myself, guard, guard myself, block, parry, dodge, duck, brace, brace myself, shield, shield
        myself, protect myself, take cover, evade, hold my ground, stand my ground, hold the line, hold off, hold it off,
        keep off, keep my guard up, cover up, cover, get behind cover, deflect, ward off, fend off, sidestep, be careful,
        hunker down, hunker, turtle, wait, stall, buy time, play for time, stay back, keep my distance, hold back, play
        safe, defensive stance, on guard, keep away, weather, bide my time, be ready, roll aside, weave, avoid
    """,
    "hide": """
        hide, hide myself, conceal myself, sneak, stealth, go stealth, go into stealth, get out of sight, stay out of
        sight, keep out of sight, lie low, lay low, keep low, vanish, disappear, crouch, skulk, lurk, blend in, blend
        into, slip into the shadows, melt into the shadows, stay hidden, camouflage, be quiet, be stealthy, make myself
        scarce, make myself small, take cover, duck behind, crouch behind, get behind, become invisible, go invisible,
        play dead, go to ground, hole up, keep quiet, prowl, stalk, creep, tiptoe, slink
    """,
    "rest": """
        rest, sleep, nap, take a nap, have a nap, catnap, doze, doze off, snooze, lie down, lay down, curl up, relax, take
        a rest, have a rest, take a break, take a breather, catch my breath, camp, make camp, recuperate, recover, go to
        sleep, go back to sleep, fall asleep, get some sleep, get some rest, hit the hay, hit the
        sack, take a siesta, rest up, long rest, short rest, settle down, bed down, turn in, kip, slumber, have
        forty winks, drowse, unwind, chill, chill out, take five, put my feet up, lie, bask, hibernate,
        repose, recline, loaf, laze, lounge, snuggle down
    """,
    "search": """
        search, search around, look for, look for hidden, look behind, look under, look beneath, look inside, look for
        secrets, explore, investigate, rummage, rummage through, rummage around, forage, scout, scout around, scour, comb,
        poke around, sniff around, sniff about, sniff the, sniff, snoop, snoop around, hunt for, hunt around, seek, find
        hidden, find secrets, feel around, dig around, dig, check for traps, check for secrets, check for, nose around,
        root around, root through, probe, inspect the place, scan, scan the, frisk, ransack, loot the place, hunt, scrounge,
        scavenge, search through, go through, ferret, listen, listen for, smell, find, turn over, turn upside down
    """,
    "unlock": """
        unlock, open, open up, force, force open, pick, pick the lock, pick the lock of, pick the lock on, break open,
        break down, break into, pry, pry open, prise open, jimmy, bust open, bust down, kick in, kick down, kick open,
        smash, smash in, smash open, crack, crack open, hack, hack into, unbar, unbolt, unlatch, undo, claw open, tear
        open, push open, shove open, pull open, get open, get through, lockpick, try, try to open, scratch open, bash in,
        bash open, ram, batter down, cut open, cut through, slash open, slice open, rip open, lever open, wedge open,
        sweet talk, charm, purr at, use the key on, melt, tear down, talk open, claw
    """,
    "talk": """
        talk, talk to, talk with, speak, speak to, speak with, chat, chat to, chat with, converse with, have a word with,
        have a chat with, ask, question, tell, say to, address, approach, consult, interview, interrogate, quiz, query, enquire,
        inquire, call, call to, call out to, answer, reply, reply to, respond to, greet, hail, say hello to, say hi to,
        ask about, ask for, ask if, inform, mention, discuss, tell about, gossip with, small talk with, report to,
        report, explain, whisper to, shout to, shout at, yell at, turn to, go to, go see, go talk to, go ask, go tell, visit, see,
        wake, wake up, bother, meow at, meow to, confess, confer with, introduce myself to, meet, listen to, natter with,
        have a natter with, strike up a conversation with, catch up with, pump for information, hear out, request, bid,
        invite, order, command, see if, find out from, find out, get information from, get info from, i speak to, hire
    """,
    "accept": """
        accept, accept the quest, accept the job, take the job, take the quest, take on, agree, agree to, agree to help,
        sign, sign up, sign up for, sign for, start, start the quest, begin, begin the quest, say yes, say yes to, i will
        do it, i will help, will do it, will do, i am in, count me in, deal, you have a deal, sign the form, put my paw
        on, take, undertake, volunteer, volunteer for, promise, swear, vow, commit to, join, enlist, do it, i do, give my
        word, shake on it, shake on, okay i will, let us do it, embark on, tackle, enrol, consent
    """,
    "level_up": """
        level up, lvl up, levelup, lvlup, raise, increase, improve, upgrade, boost, advance, train, put it in, put it
        into, put a point in, put a point into, put my point in, put my point into, put points in, put points into, put
        the point in, put the point into, spend my point on, spend the point on, spend it on, spend my level on, spend level on, invest
        in, choose, pick, learn, level, rank up, bump, bump up, enhance, get better at, specialise in, specialize in, add
        to, add a point to, add one to, plus one, develop, strengthen, make me stronger, go for, max, max out, take, skill
        up, power up, put, assign, allocate
    """,
    "examine": """
        look, look at, look around, look over, examine, x, inspect, study, observe, watch, check, check out, view, see,
        describe, consider, eye, stare, stare at, gaze at, gaze, peer at, peer into, peer, peek, peek at, scan, survey,
        regard, take a look at, have a look at, take a look, have a look, have a closer look at, take a closer look at,
        contemplate, glance, glance at, squint at, appraise, investigate, scrutinise, scrutinize, look into, look in, look
        inside, look behind, look through, look under, look up at, look down, look out, size up, sniff, smell, listen to,
        find, search, identify, assess, l, tell me about, what about, ponder, take in, look back at, look closely at,
        get a look at, browse, admire, look again at, turn to, point at, analyse, analyze, gawk at, ogle, zoom in on
    """,
    "read": """
        read, read out, read aloud, read me, peruse, skim, decipher, make out, read through, read over, study, look at
        the writing on, translate, see what it says on, look up, consult, scan, leaf through, browse, flick through
    """,
    "show": """
        show, show me, list, display, tell me, remind me of, remind me, check, open, view, see, look at, look in, look
        into, look through, count, i want to see, let me see, review, print, explain, explain to me, describe,
        go over, examine, check my, what about, tell me about, i need to know, i want to know, i would like to know, i
        wonder, bring up, pull up, inspect, tell, recap, rummage through, consult, read me, read, recite, chek
    """,
    "wait": """
        wait, wait a bit, wait a moment, wait here, do nothing, stay, stay here, stay put, pass, pass the turn, skip, skip
        turn, skip my turn, skip a turn, end turn, hang around, hang on, hold on, stand by, stand still, sit tight, chill,
        pause, z, loiter, linger, idle, dawdle, bide my time, kill time, let time pass, think, think about, ponder,
        hesitate, stop, just wait, i wait, sit and wait, freeze, keep still, hold still
    """,
    "repeat": """
        again, g, same again, same, repeat, once more, one more time, do it again, do that again, and another, another,
        another one, encore, keep going, keep at it, ditto, as before, try again, do the same, more of the same, and again
    """,
}
