# ruff: noqa: E501 (rows of a table)
"""Verbs that mean a deed only beside a fitting object, and rather mean something else."""

from __future__ import annotations

SECONDARY: dict[str, frozenset[str]] = {
    sense: frozenset(phrases.replace("\n", " ").split(","))
    for sense, phrases in {
        "attack": "cook,mince,take apart,dismantle,crack,knock over,get,end,break,jump,box,cream,sock,cut,swing,go for,go after,deal with,engage,land on,burn,torch,finish,put down,bring down,poke,prod,rush,gut,"
        "hurt,rip,tear,damage,pounce,claws,take on,club,waste,execute,dispatch,challenge,climb,raise,scrap,spray",
        "buy": "by,take,get,have,give me,grab,want,need,acquire,obtain,pick up,get me,hire,rent,afford",
        "sell": "swap,exchange,trade,get rid of,fence,hawk,flog,barter",
        "take": "give me,gimme,get,have,want,need,keep,hold,open,empty,find,remove,lift,bring,pounce on,play with,go through,rifle through,catch,mine",
        "give": "show,bring,pass,return,trade,share,slip,serve,toss,pay,feed,present,tip,bribe,offer",
        "drop": "lose,leave,release,abandon,part with,shed,put down,scrap,get rid of,relinquish",
        "equip": "use,hold,take out,get out,pull out,bring,produce,try on,ready,prepare,raise,grab,put around,extend,bare,get into,grip,unleash,throw on,arm",
        "unequip": "remove,drop,stow,store,put away,stash,disarm,shed,get out of",
        "use": "have,put,drop,throw,play,open,try,burn,work with,engage,wield,raise,snap,brush,operate",
        "eat": "have,take,try,open,finish,down,use,apply,bite,lick,sniff,smoke,put away,taste",
        "throw": "use,put,point,aim,light,set off,launch,shoot,fire,wrap,cast,employ",
        "cast": "use,go,make,set,give,start,become,turn,show,work,play,throw,wind,send,focus,hit with,do,try,go for",
        "move_to": "take,use,try,pass,follow,leave,drop down,swim to,fly to,step,slip,turn down,get down,run,climb,jump,hop,leap,slide,move,get back",
        "flee": "scramble,split,fly,climb,get lost,go away,abort,climb out,go,go to,go back,go back to,go down,go up,go out,go through,walk,walk back,walk to,walk back to,walk out,head,head to,head back,head back to,head for,head out,return,return to,jump,jump down,jump through,jump into,leap,leap through,hop,hop through,slide,slide down,slide back,slide back down,squeeze,squeeze through,squeeze into,crawl,crawl out,crawl through,crawl into,dive through,dive into,dive out,climb down,climb up,climb back,climb through,exit,exit through,slip through,swim,dash,dash to,dash for,dash through,run to,run through,run into,run down,run up,run back to,sprint,sprint for,rush to,back to,move,move to,get to,get through,get into,take me to,make for,drop down",
        "talk": "visit,see,call,answer,address,question,order,bid,wake,bother,turn to,go to,report,meet,see if,command,approach,hire,listen to,mention",
        "accept": "why not,take,start,begin,join,deal,promise,swear,agree,do it,i do,put my paw on,tackle",
        "level_up": "take,pick,choose,learn,raise,put,go for,level,add to,max,get better at,train,increase,put it in,put it into,assign,strengthen",
        "unlock": "try,pick,force,smash,crack,claw,charm,purr at,hack,sweet talk,cut through,ram,melt,undo",
        "examine": "find,search,smell,sniff,listen to,consider,identify,point at,turn to,investigate",
        "search": "listen,find,smell,hunt,seek,scan,probe,go through,sniff,look behind,look under,look inside,check for,look for",
        "rest": "lie,bask,recover,chill,settle down,turn in,lie down,lay down,curl up,relax,camp,sleep in",
        "hide": "creep,prowl,stalk,tiptoe,sneak,slink,play dead,be quiet,take cover,crouch,vanish,disappear",
        "defend": "wait,cover,avoid,evade,be careful,be ready,stall,duck,dodge",
        "persuade": "demand,propose,suggest,dare,challenge,owe,lie,calm,borrow from,get to,insist,beat down,cry for,wind up a bit,propose to,kid",
    }.items()
}


def is_secondary(sense: str, phrase: tuple[str, ...]) -> bool:
    return " ".join(phrase) in SECONDARY.get(sense, ())
