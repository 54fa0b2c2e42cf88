# ruff: noqa: E501 (rows of a table)
"""Shorthand of people on phones and in a hurry, and its meaning."""

from __future__ import annotations

SHORTHAND: dict[str, str] = {
    short: long
    for line in """
    i'm=i am|im=i am|furst=first|frist=first|secnd=second|secon=second|thrid=third|al=all|ive=i have|i've=i have|i'll=i will|ill=i will|i'd=i would|id=i would|u=you|ur=your|r=are|n=and|y=why|
    dont=do not|don't=do not|doesnt=does not|doesn't=does not|didnt=did not|didn't=did not|isnt=is not|isn't=is not|arent=are not|
    aren't=are not|wasnt=was not|wasn't=was not|wont=will not|won't=will not|cant=cannot|can't=cannot|couldnt=could not|
    couldn't=could not|shouldnt=should not|shouldn't=should not|wouldnt=would not|wouldn't=would not|havent=have not|
    haven't=have not|hasnt=has not|hasn't=has not|aint=is not|ain't=is not|lets=let us|let's=let us|whats=what is|wats=what is|
    what's=what is|wat=what|waht=what|wht=what|wut=what|wot=what|whatre=what are|what're=what are|whos=who is|who's=who is|wheres=where is|where's=where is|
    who'd=who would|who'll=who will|what'd=what did|what'll=what will|that'll=that will|that'd=that would|how'd=how did|where'd=where did|why'd=why did|it'll=it will|it'd=it would|he'll=he will|he'd=he would|she'll=she will|she'd=she would|they'll=they will|they'd=they would|we'll=we will|we'd=we would|you'll=you will|you'd=you would|you've=you have|we've=we have|there'll=there will|hows=how is|how's=how is|whens=when is|when's=when is|whys=why is|why's=why is|theres=there is|there's=there is|
    heres=here is|here's=here is|thats=that is|that's=that is|its=its|it's=it is|hes=he is|he's=he is|shes=she is|she's=she is|
    theyre=they are|they're=they are|youre=you are|you're=you are|were=were|we're=we are|theyve=they have|gonna=going to|wanna=want to|
    gotta=got to|gimme=give me|gimmie=give me|lemme=let me|dunno=do not know|kinda=kind of|outta=out of|pls=please|plz=please|plse=please|
    thx=thanks|thnx=thanks|ty=thank you|tyvm=thank you|abt=about|bout=about|w=with|wiht=with|wit=with|teh=the|hte=the|
    da=the|dat=that|dis=this|dem=them|em=them|'em=them|til=until|till=until|'til=until|thru=through|tho=though|cuz=because|coz=because|cos=because|
    bc=because|ppl=people|sth=something|smth=something|inv=inventory|invent=inventory|lvl=level|levl=level|hp's=hp|aks=ask|tak=take|
    giv=give|gie=give|hav=have|sez=says|wer=where|werr=where|hwo=how|hw=how|whr=where|wen=when|wich=which|hoo=who|wats=what is|yr=your|
    atk=attack|attk=attack|atak=attack|atack=attack|attak=attack|by=by|bai=buy|bye=bye|sel=sell|flea=flee|trun=turn|tern=turn|lok=look|luk=look|
    opne=open|oepn=open|tlak=talk|tolk=talk|drikn=drink|eet=eat|serch=search|unlok=unlock|equpt=equip|equipt=equip|unequipt=unequip|eqip=equip|
    scrach=scratch|agian=again|agin=again|agen=again|chek=check|swimm=swim|sparay=spray|gtfo=get out|nvm=never mind|idk=i do not know|
    rn=right now|asap=quickly|brb=wait|afk=wait|lol=|lmao=|rofl=|omg=|wtf=what the hell|tbh=|imo=|imho=|btw=|fr=|ngl=|jk=|haha=|hahaha=|
    xd=|ok=ok|okey=ok|k=ok|kk=ok|yea=yes|yeh=yes|yep=yes|yup=yes|ya=yes|nah=no|nope=no|naw=no|nr=number|no.=number|num=number|#=number|
    2nite=tonight|4=for|b4=before|agn=again|agen=again|gr8=great|l8r=later|wait=wait|wiat=wait|sry=sorry|soz=sorry|cud=could|shud=should|wud=would|
    gona=going to|wana=want to|whatcha=what are you|howdy=hello|tryna=trying to|shoulda=should have|coulda=could have|woulda=would have|
    dude=|bro=|bruh=|cya=goodbye|aight=alright|sneek=sneak|jumpp=jump|luk=look|xamine=examine|examin=examine|inventry=inventory|inventroy=inventory|
    desc=describe|pet=pet|zzz=sleep|prices=prices|diffrence=difference|difference=difference|mch=much|an=an|wrng=wrong|pawz=paws|watz=what is|
    whatz=what is|thier=their|recieve=receive|beleive=believe|freind=friend|quik=quick|rite=right|nite=night|lite=light|ye=you|thee=you|thou=you|thy=your|mine=mine|
    dont'=do not|do'nt=do not|cannae=cannot|wheres'=where is|anyting=anything|everyting=everything|sumthing=something|somthing=something|nuthin=nothing|nothin=nothing|
    som=some|ther=there|hear=hear|heer=here|wears=wares|goood=good|helo=hello|hallo=hello|pleas=please|plese=please|plees=please|hwat=what|
    """.replace("\n", "").split("|")
    if "=" in (entry := line.strip())
    for short, long in [entry.split("=", 1)]
}
"""Each word to the words it stands for; nothing where it says nothing."""

ABBREVIATIONS: dict[str, str] = {
    "i": "inventory",
    "l": "look",
    "x": "examine",
    "z": "wait",
    "g": "again",
    "n": "north",
    "s": "south",
    "e": "east",
    "w": "west",
    "ne": "northeast",
    "nw": "northwest",
    "se": "southeast",
    "sw": "southwest",
    "u": "up",
    "d": "down",
    "q": "quit",
    "h": "help",
    "inv": "inventory",
    "?": "help",
    "hp": "health",
    "xp": "level",
    "y": "yes",
    "o": "outside",
}
"""One-word commands of games of text; only when they are all that was typed."""
