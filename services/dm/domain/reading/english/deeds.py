# ruff: noqa: E501 (rows of a table)
"""Verbs of every deed, as players say them: single words in their base form, and phrases.

A phrase whose last word is a particle (up, off, on, out …) is also understood with its object in between:
"put on" is in "put the vest on". A verb may stand under several deeds: the object decides which is meant.
"""

from __future__ import annotations

DEEDS: dict[str, str] = {
    "attack": """
        use ~ on|against|at, make attack on, make an attack on, launch an attack on, sink my teeth|claws|fangs in|into, fry, cook, roast, electrocute, smush, mince, flatten, dismantle, take apart, tase, scorch, fight off, beat back, sock, tear off, knock over, crack, unleash hell on, dropkick, nuke, attack, hit, strike, slash, claw, claws, bite, scratch, stab, cut, slice, swipe, swat, swipe at, swat at, smack,
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
        scratch at, kick at, hiss and strike, savage, molest, whale on, wail on, beat on, pick off, rake, drop kick,
        backstab, land on, lunge, lunge for, fuck up, mess up, beat the shit out of, kick the shit out of, have at,
        fight against, make a fight against, go to town on, sic, swat away, take a bite out of, take a bite of, let ~
        have it, put an end to, make mincemeat of, drop kick, body slam, slam, slam into, bonk, boop to death, knife,
        clock, deck, punch out, time to die, use my claws on, use my teeth on, use claws on, give ~ a
        smack|whack|kick|slap|punch|swipe, tear ~ to pieces|shreds|bits, cut ~ to pieces|shreds|ribbons|bits, turn ~
        into scrap|confetti|mince, put ~ out of its misery, get ~ in the face|throat|eye|belly, ring ~ at, zap at,
        jump at, fly at, drive|plunge|thrust|jam|ram|bury|stick ~ into, bring|swing ~ down on, throw a punch at, bring the fight to, attack at, attack on
    """,
    "flee": """
        scramble, scramble for|to|through|out|up|back, bolt for, dive for, dart for, limp out|to|for|away, stagger out,
        hobble out|away,
        go|head|get home, flee, escape, run, run away, run off, run for it, run for my life, make a run for it, make a break for it,
        make a dash for it, make my escape, get away, get out, get out of here, get me out of here, get the hell out,
        outta here, out of here, bolt, scarper, skedaddle, retreat, withdraw, fall back, back off, back away, turn
        tail, beat it, beat a retreat, bail, bail out, leg it, hightail it, hotfoot it, take off, take flight, take to
        my heels, fly, fly away, scram, split, disengage, break away, break off, tap out, leave the fight, exit the
        fight, skip fight, skip the fight, end the fight, quit the fight, leave, abandon the fight, evade, elope,
        decamp, scamper, scamper off, scurry, scurry away, dash away, dash off, sprint away, sprint off, dart away,
        dart off, run like hell, nope out, peace out, book it, vamoose, abscond, clear off, climb out, climb away, hit
        the road, do a runner, show a clean pair of heels, cut and run, slink away, slip away, sneak away, sneak off,
        run home, run back, go away, get lost, shoo myself, pull back, abort, disappear from the fight, climb, get out
        of this|the fight, leave this|the fight, leave this|the battle, abandon this|the battle|fight, quit this|the
        fight|battle, exit combat|fight, leave combat, flee combat, end combat, break from, break away from, get away
        from, run from, run away from, outrun, lose them, lose it, shake ~ off, shake off, tactical retreat, strategic
        retreat, retreat from, disengage from, escape from, back out, back out of, head for the exit|door|hills, run
        for the exit|door|hills, no more fighting, let me out, i am out, i am out of here, i am outta here, i am gone,
        i am leaving, nope out of, get out while i can, get the fuck out, get to safety, save myself, save my
        skin|tail|hide|life, jump out, jump out through, leap out, hop out, slide out, squeeze out, sneak out, slip
        out, dash out, run out, rush out, swim away, crawl away, walk away, back out, head for the exit|door|hills,
        run for the exit|door|hills, go, go to, go back, go back to, go down, go up, go out, go through, walk, walk
        back, walk to, walk back to, walk out, head, head to, head back, head back to, head for, head out, return,
        return to, jump, jump down, jump through, jump into, leap, leap through, hop, hop through, slide, slide down,
        slide back, slide back down, squeeze, squeeze through, squeeze into, crawl, crawl out, crawl through, crawl
        into, dive through, dive into, dive out, climb down, climb up, climb back, climb through, exit, exit through,
        slip through, swim, dash, dash to, dash for, dash through, run to, run through, run into, run down, run up,
        run back to, sprint, sprint for, rush to, back to, move, move to, get to, get through, get into, take me to,
        make for, drop down
    """,
    "move_to": """
        shuffle, shuffle out|to|through|back, limp, limp to|out|back, stagger, stagger to|out|back, trudge, trudge to|back,
        hobble, hobble to|out|back, clamber, clamber up|down|into|through|out, lope, lope to|off to, scramble,
        scramble up|down|through|into|out, duck through|under|into, slope off to,
        bring|take|carry|deliver|return ~ to, climb|crawl|swim|slide|walk|run back, go, go to, go into, go in, go through, go thru, go down, go up, go out, go back, go over to, go inside, go
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
        yoink, purloin, mine, dibs on, loot up, hoover up, relieve them of, put|pop|slip|place|chuck|throw|toss|sling|bung|slide ~ in|into|inside my|the
        bag|backpack|pocket|pack|inventory|pouch|satchel, stuff ~ in|into|inside my|the bag|backpack|pocket|pack, add
        ~ to my|the inventory|bag|pack|collection, take ~ in my mouth, carry off, make off with, reach for, put my
        paw|paws on, get a hold of, pocket it, stick ~ in|into my|the bag|pocket|pack, shove ~ in|into my|the
        bag|pocket|pack, drop ~ in|into my bag|pocket|pack, sweep ~ into my bag, pack, pack up, tuck ~ into my bag,
        bring ~ with me, take ~ with me, take along, bring along, get, liberate, relieve ~ of, yank
    """,
    "drop": """
        release, leave the|my|this|that, drop, discard, throw away, throw out, toss, toss away, toss out, chuck, chuck away, dump, ditch, get rid of,
        leave behind, abandon, put down, lay down, set down, let go of, part with, bin, trash, lose, shed, jettison,
        dispose of, scrap, unload, litter, cast aside, cast away, relinquish, junk, lay aside, put aside, set
        ~ on the ground|floor, set ~ on the, put ~ on the ground|floor, place ~ on the ground|floor, lay ~ on the
        ground|floor, put ~ in|into the trash|bin|gutter|dumpster|canal, throw ~ into|in the
        gutter|corner|trash|bin|canal|dumpster, fling ~ into|in the gutter|corner|trash|bin, remove ~ from my|the
        bag|inventory|pack, remove ~ from inventory, take ~ out of my bag and leave|drop it, delete, let ~ fall, let ~
        go, spit out, stop carrying, rid myself of, empty out, unburden myself of, leave ~ here, leave ~ on the
        floor|ground, leave ~ behind, put ~ back, put ~ back where, lay ~ back, put back, put ~ down, place down, just leave, deposit ~ here, kick away, cast off, tip ~
        out of my bag, throw ~ on the floor|ground, throw down, get rid off
    """,
    "give": """
        give, hand, hand over, hand in, hand back, turn in, deliver, offer, present, pass, pass over, pay, feed, gift,
        donate, bring, show, return, give back, give away, give up, slip, surrender, submit, bestow, lend, loan, share,
        trade, grant, entrust, supply, provide, bribe, tip, contribute, award, serve, toss, render, here you go, here
        you are, here is, here, here take, take this, let ~ have, let ~ keep, slide ~ over to, slide ~ across to, push
        ~ over to, push ~ to, push ~ towards, nudge ~ towards|to, lay ~ in front of, lay ~ before, put ~ in front of,
        put ~ before, place ~ in front of, place ~ before, drop ~ at the feet of, leave ~ with, make ~ a present of,
        give ~ to, toss ~ over to, toss ~ to, throw ~ to, hold ~ out to, hold out, present ~ with, you can have, i
        brought you, i brought, i have brought, i got you, i found you, please accept, please take, here comes, treat
        ~ to, put ~ in|into, slip ~ to, pay ~ with, bring ~ to, show ~ to, take ~ to, return ~ to
    """,
    "buy": """
        buy, by, purchase, order, get, get me, acquire, take, i will take, have, give me, gimme, grab, pay for, shop for, pick
        up, procure, spend on, spend my money on, invest in, treat myself to, want, would like, need, obtain, trade for,
        swap for, barter for, i will have, have one, put my money on, splurge on, stock up on, ring up, snap up,
        rent, hire, please, sell me, wrap up, splash out on, go for, trade credits|money|coins|cash for, exchange
        credits|money|coins|cash for, hand over credits|money for, pay credits|money for, put ~ on the counter and
        pay, i choose, add, i pick, fetch me, pass me, hand me, i will go with, for me, get myself, treat myself to,
        grab myself, get one of, take one of, give me one of, do me, pour me, serve me, hook me up with, set me up
        with, let me have, let me get, id like, i fancy
    """,
    "sell": """
        sell, sell off, pawn, trade in, flog, hawk, unload, offload, cash in, get rid of, swap, exchange, trade, vend,
        peddle, auction, auction off, get money for, liquidate, trade away, hock, fence, barter, make some money
        off, make money off, turn ~ into money|cash|credits|coins, convert ~ to|into cash|money|credits|coins, offer ~
        for sale, take ~ off my paws|hands, put ~ up for sale, get cash for, get credits for, give me
        money|credits|cash|coins for, trade ~ for money|cash|credits|coins, exchange ~ for money|cash|credits|coins,
        swap ~ for money|cash|credits|coins, want to buy, wanna buy, would you buy, will you buy, buy ~ from me, buy ~
        off me, i have ~ for sale, hand ~ over for cash|money, turn in ~ for cash|money, part with ~ for
        money|credits|cash|coins, pawn off
    """,
    "equip": """
        equip, wear, put on, don, wield, draw, brandish, unsheathe, ready, slip on, slip into, dress in, change into,
        get into, strap on, attach, fasten, pull on, tie on, arm myself with, arm, hold, grip, switch to, swap to, use,
        change to, try on, pull out, take out, get out, whip out, take in paw, take in hand, gear up with, clip on,
        throw on, pop on, buckle on, suit up in, adorn myself with, sport, outfit, bring out, grab, put around, bring,
        produce, bare, extend, unleash, fit, pin on, prepare, raise, take ~ in paw|hand, take ~ in my
        paw|paws|claws|mouth, strap ~ to|onto my, clip ~ onto|to|on my, put ~ on my|me, put ~ over my, put ~
        round|around my, stick ~ on my, tie ~ round|around my, pull ~ over my, slide ~ on|onto my, slip ~ on|onto
        my|over my, hang ~ round|around my, hook ~ on|onto|in|into my, get ~ on, get dressed, get dressed in, gear up,
        suit up, suit up with, dress myself in, dress up in, select, set ~ as my weapon, set ~ as weapon, replace ~
        with, swap ~ for|with|to, exchange ~ for|with, trade ~ for|with, change ~ for|to|with, switch ~ for|with|to,
        switch, swap, buckle up, install, mount, make ~ my weapon, use ~ as my weapon|armour|armor|hat, use ~ instead,
        hold ~ in my, go with, fight with, arm up with, don the, try ~ on, wear ~ on my, change weapon to, change
        weapons to, change outfit to, load up, pop ~ on my, dress, strap into
    """,
    "unequip": """
        unequip, take off, remove, doff, strip, strip off, unwield, sheathe, sheath, put away, undress, unstrap, unbuckle,
        unfasten, pull off, slip off, shed, detach, unclip, unwear, slip out of, get out of, drop, stow, store, shrug
        off, peel off, disarm, stash, unpin, untie, stop wearing, stop using, lower, holster, undo, get undressed,
        strip down, wriggle out of, squirm out of, climb out of, shake off, lay aside, take ~ off me|my, put ~ back
        in|into my|the bag|pack|pocket, put ~ in|into my|the bag|pack|backpack, back in the bag with, free my paws,
        empty my paws, uncover my, bare my, change out of, disarm myself, get ~ off me, get ~ off, no longer wear,
        lose the, lower my weapon, take everything off, get naked, take everything off, take it all off, stick ~ back in|into my|the bag|pack, off with
        my|the, remove ~ from my, unhook, unplug, unhand
    """,
    "use": """
        use, apply, activate, employ, try, trigger, operate, utilise, utilize, spend, consume, pop, light, ignite, crack,
        crack open, open, deploy, put, put on, set off, try out, make use of, play, have, work with, raise,
        burn, snap, break out, engage, wield, brush, brush off, brush with, fire, fire off, set fire to, get off me,
        switch on, turn on, inject, rub ~ on my, put ~ on my wound|wounds|nose, rub, smear, dab, heal with, patch
        myself up with, patch me up with, patch up with, bandage myself with, bandage myself using, cure myself with,
        mend myself with, fix myself with, repair myself with, repair me with, treat myself with, treat my wounds
        with, heal myself with, heal me with, fuel up with, recharge with, power up with, set ~ off, let off, press,
        trigger, wind up, down
    """,
    "eat": """
        neck, scoff, shovel ~ in, shovel ~ into my, get ~ down, get ~ down me,
        have a bite of, take a bite of, take a bite out of, have some, eat some, take a sip of, have a sip of, eat, eat up, drink, drink up, drink down, consume, devour, swallow, munch, munch on, chew, chew on, chew up, gulp,
        gulp down, wolf, wolf down, lap, lap up, lick, lick up, sip, taste, nibble, nibble on, bite, bite into, snack on,
        feast on, dine on, scoff, slurp, ingest, gobble, gobble up, down, finish, finish off, sniff, smoke, inhale, chomp,
        chomp on, crunch, have, take, tuck into, polish off, quaff, guzzle, swig, knock back, feed on, feed myself, try,
        open, put away, scarf, scarf down, nosh, snort, apply, use, break open
    """,
    "heal": """
        heal, heal up, heal myself, heal me, patch up, patch myself up, patch me up, mend, mend myself, recover, recover
        hp, get better, restore my health, restore health, bandage, bandage myself, treat my wounds, tend my wounds, first aid, eat something, drink something, eat, snack, cure, cure me, cure myself, fix myself, fix me,
        regenerate, repair, repair me, repair myself, fix up, fix myself up, patch, patch me, purr to heal, get my hp up, get my health up, get hp back, get my hp back, top up my hp|health, get some health, full heal, have a snack, have something to eat, grab a bite
    """,
    "throw": """
        throw, toss, hurl, lob, fling, chuck, pitch, cast, sling, launch, bowl, shoot, fire, heave, shy, use, zap with,
        hit with, tape, tape up, tie up, tie, tie down, bind, wrap, flick, aim, point, stick, set off, light, put, set
        fire to, set on fire, set alight, burn, zap, torch, lob ~ at, bung, yeet, pelt, pelt ~ with, drop ~ on, roll,
        skim, tip ~ over, pour, pour ~ on|over, spray ~ in|at|on|into, squirt, blow up with, explode, detonate, send
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
        safe, defensive stance, on guard, keep away, weather, bide my time, be ready, roll aside, weave, avoid, guard
        up, stand firm, stand fast, brace for, brace for impact, raise my guard, raise my defence|defense|shield|paws,
        get my paws up, paws up, get ready, get ready for, take a defensive|guarding stance|position|pose, defensive
        mode|stance|position, go defensive, go on the defensive, stay|be on the defensive, stay defensive, stay on
        guard, stay back, stay alert, play defence|defense, play it safe, protect my belly|head|face|neck, curl up to
        protect, jump|leap|roll|hop|get|step|dive out of the way, roll|jump|step|hop|dodge|leap to the side,
        roll|jump|step|hop|leap aside, jump back, hop back, step back, hang back, take the hit, tank, tank the hit,
        soak the hit, resist, wait for an opening, stay out of reach, keep out of reach, get behind, keep my distance,
        keep my paws up, keep dodging, keep guarding, hold it back, watch out, shelter, take shelter, take cover
        behind, use ~ as a shield, make myself hard to hit, absorb, endure, let it come, let him come, let them come,
        wait and see
    """,
    "hide": """
        keep to the shadows|shadow|dark, stick to the shadows|shadow|dark, melt into the shadows|shadow|dark,
        crawl|dive|jump|sneak|tuck behind|under|beneath, hide behind|under|in|inside, hide, hide myself, conceal myself, sneak, stealth, go stealth, go into stealth, get out of sight, stay out of
        sight, keep out of sight, lie low, lay low, keep low, vanish, disappear, crouch, skulk, lurk, blend in, blend
        into, slip into the shadows, melt into the shadows, stay hidden, camouflage, be quiet, be stealthy, make myself
        scarce, make myself small, take cover, duck behind, crouch behind, become invisible, go invisible,
        play dead, go to ground, hole up, keep quiet, prowl, stalk, creep, tiptoe, slink, find a hiding spot|place,
        find somewhere to hide, find a place|spot to hide, look for a place|spot|somewhere to hide, stay in the
        shadows|dark, keep to the shadows, wait in the shadows|dark, stick to the shadows, go into stealth mode,
        stealth mode, sneak mode, sneak mode on, go sneaky, enter stealth, stay unseen, stay out of view, stay quiet,
        go unnoticed, remain unseen|hidden, avoid being seen|spotted|noticed, get under, get low, get out of view,
        slip into the dark|shadow|shadows, melt into the dark|shadow|shadows, fade into the
        dark|shadow|shadows|background, become one with the shadows, duck, duck under, duck out of sight, duck into,
        crouch under, cower, cower behind|under, tuck myself|me behind|under|into|in, make myself|me invisible, press
        myself|me into|against, press into, flatten myself, flatten myself against, squeeze behind, crawl behind, go
        prone, set up an ambush, lie in wait, lie in ambush, lay in wait, move silently, move quietly, stand very
        still, keep very still, do not move, play hide and seek, cover my tracks, take a hiding place, go dark, hide
        away, keep still so
    """,
    "rest": """
        rest, sleep, nap, take a nap, have a nap, catnap, doze, doze off, snooze, lie down, lay down, curl up, relax, take
        a rest, have a rest, take a break, take a breather, catch my breath, camp, make camp, recuperate, go to
        sleep, go back to sleep, fall asleep, get some sleep, get some rest, hit the hay, hit the
        sack, take a siesta, rest up, long rest, short rest, settle down, bed down, turn in, kip, slumber, have
        forty winks, drowse, unwind, chill, chill out, take five, put my feet up, lie, bask, hibernate,
        repose, recline, loaf, laze, lounge, snuggle down, go to bed, go sleep, go nap, crash, crash on, crash out,
        crash here, get some shut eye, shut my eyes, close my eyes for, have|take|make|do a
        short|long|quick|little|brief|good rest|nap|break|breather|sleep, make a rest, do a rest, have|take|grab a
        power nap, have|take|grab a little|short|quick nap, have|take a lie down, take a load off, regain my
        strength|energy|health|breath, regain strength|energy|health|hp, get my strength|energy|breath back, recharge,
        recharge my batteries, restore my energy|strength|hp, spend the night, stay the night, stay here for the
        night, sleep it off, sleep for, chill for, take|have forty winks, time for a nap|rest|breather|break|sleep,
        nap time, naptime, bedtime, wait till i am better|healed|rested, wait until i am better|healed|rested, rest my
        paws|eyes|legs|bones, lick my wounds, tend my wounds, tend to my wounds, nurse my wounds, find a
        quiet|safe|warm|cosy|comfy|dark|cozy|soft corner|spot|place and nap|rest|sleep|doze, warm up here, sit and
        rest, sit down and rest, cat nap, have a kip, get some zs, hit pause and rest, refill my health, refresh
        myself, lie in the sun for
    """,
    "search": """
        search, search around, look for, look for hidden, look behind, look under, look beneath, look inside, look for
        secrets, explore, investigate, rummage, rummage through, rummage around, forage, scout, scout around, scour, comb,
        poke around, sniff around, sniff about, sniff the, sniff, snoop, snoop around, hunt for, hunt around, seek, find
        hidden, find secrets, feel around, dig around, dig, check for traps, check for secrets, check for, nose around,
        root around, root through, probe, inspect the place, scan, scan the, frisk, ransack, loot the place, hunt, scrounge,
        scavenge, search through, go through, ferret, listen, listen for, smell, find, turn over, turn upside down,
        check every corner|inch|nook|crack, check everywhere, check around, search for hidden, search everything,
        search everywhere, search all over, have a rummage, have|take a good look for, look for anything, look for
        anything hidden|useful, look for something, look for something useful, look for useful, look for stuff, look
        for hidden, look around for, look around for hidden, look for secret|hidden
        doors|passages|things|stuff|treasure, look for clues|traps|loot|valuables|food, search for
        loot|secrets|clues|traps|stuff|valuables|treasure|food, see what i can find, see what else is here, see what
        is hidden, see if there is anything, see what we can find, see if i missed anything|something, check if i
        missed anything|something, nose through, paw through, dig through, sift through, turn ~ upside down, turn the
        place upside down, look under everything, look behind everything, look in every, look in every corner, look
        closer around, make a search, do a search, perception check, roll perception, search check, investigation
        check, use my nose|whiskers|senses to find|search, feel along, feel my way along, leave no stone unturned,
        examine the walls|floor for, check the walls|floor for, check for hidden, check for anything, check for loot,
        have a snoop, have a sniff around, take a sniff around, sniff|nose|poke|hunt|scout|root around for, sniff|nose|poke
        about for, nose about, poke about, hunt|forage for, hunt for food|something, have a nose around
    """,
    "unlock": """
        unlock, open, open up, force, force open, pick, pick the lock, pick the lock of, pick the lock on, break open,
        break down, break into, pry, pry open, prise open, jimmy, bust open, bust down, kick in, kick down, kick open,
        smash, smash in, smash open, crack, crack open, hack, hack into, unbar, unbolt, unlatch, undo, claw open, tear
        open, push open, shove open, pull open, get open, get through, lockpick, try, try to open, scratch open, bash in,
        bash open, ram, batter down, cut open, cut through, slash open, slice open, rip open, lever open, wedge open,
        sweet talk, charm, purr at, use the key on, melt, tear down, talk open, claw, use ~ to open, use ~ to unlock,
        get ~ open, push|pull|slide|lift|force|pry|prise|smash|bash|kick|cut|hack|crack|wrench|yank|tear|rip|break ~
        open, fiddle with, fiddle with the lock of|on, jam my claw in, enter the code at|for|on|in, enter the code,
        enter code, guess the code, bypass, override, tamper with, tamper with the lock on|of, work on the lock of|on,
        work on the lock, work at the lock, pick at the lock, try the lock, try the key, try the key in|on, use my key
        on, use the key, use key, use key on, use my key, put the key in|into, turn the key, turn the key in, slide
        the bolt, lift the latch, get past, get past the lock, want ~ unlocked, want ~ open, let me through, disable
        the lock, disable the lock on, break the lock, break the lock on, break the lock of, smash the lock, smash the
        lock on, force the lock, force the lock on|of, hack the lock, hack the lock on|of, crack the lock, crack the
        lock on|of, scratch at the lock, unjam, unseal, free
    """,
    "talk": """
        talk, talk to, talk with, speak, speak to, speak with, chat, chat to, chat with, converse with, have a word with,
        have a chat with, ask, question, tell, say to, address, approach, consult, interview, interrogate, quiz, query, enquire,
        inquire, call, call to, call out to, answer, reply, reply to, respond to, greet, hail, say hello to, say hi to,
        ask about, ask for, ask if, inform, mention, discuss, tell about, gossip with, small talk with, report to,
        report, explain, whisper to, shout to, shout at, yell at, turn to, go to, go see, go talk to, go ask, go tell, visit, see,
        wake, wake up, bother, meow at, meow to, confess, confer with, introduce myself to, meet, listen to, natter with,
        have a natter with, strike up a conversation with, catch up with, pump for information, hear out, request, bid,
        invite, order, command, find out from, find out, get information from, get info from, i speak to, start a conversation with, start a chat with, have a conversation with, strike up a chat with, strike up
        conversation with, go over and talk to, go over to ~ and talk, walk up to ~ to talk, walk over and talk to,
        see what ~ has to say, hear what ~ has to say, get the attention of, get ~ to talk about, continue the
        conversation, continue the conversation with, keep talking to, keep talking, say something to, have a little
        chat with, have a quick word with, have a little word with, want a word with, go and talk to, bring up, go on
        about, say more on|about, explain to me, explain about, hear about, hear more about, hear the story of, listen
        to what ~ has to say, would like a word with, pick the brain of, grill, quiz ~ about, press ~ about, ask
        around, ask around about, ask more about, tell me about, tell me more about,
        tell me of
    """,
    "accept": """
        why not, sure why not, accept, accept the quest, accept the job, take the job, take the quest, take on, agree, agree to, agree to help,
        sign, sign up, sign up for, sign for, start, start the quest, begin, begin the quest, say yes, say yes to, i will
        do it, i will help, will do it, will do, i am in, count me in, i will find out, i will look into, i will find out about, deal, you have a deal, sign the form, put my paw
        on, take, undertake, volunteer, volunteer for, promise, swear, vow, commit to, join, enlist, do it, i do, give my
        word, shake on it, shake on, okay i will, let us do it, embark on, tackle, enrol, consent, it is a deal, we
        have a deal, you have got a deal, deal accepted, agree to do, agree to do it, you got it, you have got it,
        consider it done, leave it to me, i am on it, i am your cat, i will get|find|fetch|bring|do|handle it|that|this|them, i will find it for you, i will
        help you, i will help, can do, sure i can do that, i can do that, i will do that, i will do this, i will do
        this for you, i will get it done, i will handle it, i will take care of it, i will see to it, i will look into
        it, you can count on me, you can rely on me, count on me, happy to help, i would be happy to help, be happy to
        help, glad to help, of course i will help, of course, give me the job|quest|mission|task|work|contract|form,
        gimme the job|quest|mission|task|work, tell ~ i will do it, take ~ mission|job|quest|offer|contract, take your
        mission|job|quest|offer|contract, do the quest|job|mission|task, do your quest|job|mission|task|errand, i want
        to do, want to help, no problem i will, absolutely i will, alright i will do it, yes i will do it, yes i will,
        sounds good, sounds fair, put my paw print on, paw print on, put my name on, put my mark on, sign my name,
        sign it, sign the line, sign on the line, sign on the dotted line, sign on, hand me the form, i will bring it,
        i will bring it to you, i will get it for you, i will go find it, i will go get it, i will look for
    """,
    "level_up": """
        level up, lvl up, levelup, lvlup, raise, increase, improve, upgrade, boost, advance, train, put it in, put it
        into, put a point in, put a point into, put my point in, put my point into, put points in, put points into, put
        the point in, put the point into, spend my point on, spend the point on, spend it on, spend my level on, spend level on, invest
        in, choose, pick, learn, level, rank up, bump, bump up, enhance, get better at, specialise in, specialize in, add
        to, add a point to, add one to, plus one, develop, strengthen, make me stronger, go for, max, max out, take, skill
        up, power up, put, assign, allocate, more, up, up my, grow, grow my, gain, apply level up to, apply level to,
        apply my level to, apply it to, use my level choice on, use my level on, use my level up on, use my point on,
        use the point on, use level up on, spend my level up on, spend my choice on, spend the choice on, spend the
        open choice on, spend the level on, spend a level on, want more, want higher, want better, higher, better,
        make ~ stronger|better|higher|sharper|faster, go with, i choose, give me more, give me, buff, buff up, beef
        up, work on my, max my, level my, dump it in|into, dump it all in|into, stick it in|into, stick a point
        in|into, a point in|into, point in|into, one point in|into, one in|into, one more, one to, to
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
        harder, go again, try harder, stronger, more force, once again, have another go, another go, retry, keep trying, again, g, same again, same, repeat, once more, one more time, do it again, do that again, and another, another,
        another one, encore, keep going, keep at it, ditto, as before, try again, do the same, more of the same, and again
    """,
}
