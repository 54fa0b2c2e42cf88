# ruff: noqa: E501 (rows of a table)
"""What is asked, by the words that must be there: a line a rule, the first that fits answers.

`subject | group & group`: of each group one word or phrase is in the question. `@kind` is something of that kind that the
question names; the answer is about it. `?wh` … stand for the form of the question (WH words below). `!word` must not be there.
"""

from __future__ import annotations

from services.dm.domain.reading.english.word_set import word_set

RULES = """
game        | save,saved,saving,load game,reload,undo,quit,exit game,log out,logout,settings,menu,version,restart,new game,delete my,bug,bugs,ai,chatgpt,gpt,claude,bot,developer,multiplayer,download,server,account & game,saved,save,undo,quit,settings,menu,you,restart,reload,logout,log out,ai,exit game,version,multiplayer & !it is over
game        | are you & ai,human,real,robot,bot,machine,person,computer
game        | who made,who wrote,who programmed & game,this
game        | save game,load game,new game,quit game,exit game,undo that,quit,restart game
help        | tutorial,instructions,manual,commands,how to play,how do i play,how does this work,how does this game work,how this works,how do you play,what to type,have to type,do i type,should i type,can i type,how do i do things,controls,help menu,how do i start,how do i begin,what are the commands
help        | help,halp,hlep,hepl & =
options     | help & me,stuck,please,pls,need,lost,dont know,confused
recap       | what happened,what just happened,what the hell happened,happened so far,happened before,what did i miss,recap,summary,summarise,summarize,last time,the story so far,story so far,previously,what have i done,what did i do,where were we,what was i doing,where did we leave & !stat
recap       | what did,what was it that,what was,who did,which,did & say,said,tell,told,hit me,kill,killed,kill me,killed me,happen,happened,leave me,left me,just,again,want to buy,promise,promised,leave behind,left behind,drop,was it & !supposed & !for sale & !should & !will
recap       | how many & kill,killed,did i,have i killed,beaten,defeated,slain
recap       | how did & go,end,happen,fight
recap       | can you,could you,please,say,repeat & say that,say it,repeat,repeat that,slower,again & !yes
recap       | did & work,do anything,even do,hit,miss,hurt,help & ?aux
recap       | dont work,not work,no use,did it work,was that it,did that
recap       | what number am i,why did i wake,who killed me,why am i here,who brought me,how did i die,how did i get here,what killed me,why did i die
recap       | has anything changed,changed since,new since
lives       | lives,life,nine lives & how many,left,have,got,remaining,number of,still,count,what,lose & !if & !when & !buy
rules       | what happens,what if,where do i,where will i,if i,when i,what does it mean,rules of,what are the rules & die,lose,beaten,dying,dead,death,killed,kills,lose a life,lose all,wake up,wake
rules       | rules,rule,how does combat,how does fighting,how does the fighting,how do fights,how do turns,how do dice,dice work,how does rolling,initiative,is it my turn,whose turn,my turn,saving throw,how does armour,how does leveling,how is damage,armour class,what does ac,d20,how does hiding,how does stealth,how does resting,how do checks,difficulty,buy a life,buy lives,get a life back,life back
rules       | how does,how do,what does,explain & combat,fighting,fight,initiative,energy,disposition,persuasion,stealth,damage,cooldown,cooldowns,leveling,levelling,turn,turns,xp,checks,rolls,roll & work,works,mean,rules
conditions  | how long,when does,when will,turns,til,until,how many turns & taped,wear off,wears off,last,lasts,cursed,poisoned,stuck,over,gone,spam,numb,numbed,slow,slowed,frozen,chilled,burning,dizzy,condition & !@ability & !quest
conditions  | status,conditions,condition,debuff,debuffs,buff,buffs,effects,status effects,cursed,poisoned,am i sick,what am i suffering,suffering,afflicted,what is wrong with me,wrong with me,wrong with my,why am i so,why do i feel,why are my,what ails,am i burning,am i poisoned
conditions  | what does,what is,mean,why,how & @condition
ability     | @ability & cost,costs,cooldown,charges,ready,again,back,still,left,how much,how many,what does,what is,how does,do,does,turns,when,why,can,cannot,use,explain,works,work,long,energy,damage,much,which,better,or,tell me,describe,show,examine,read,info,about,inspect
ability     | @ability & ?wh
abilities   | abilities,ability,powers,power,skills,skill,spells,spell,moves,special,talents,what can i cast,magic,special attack,special attacks,tricks,cooldowns,cooldown,what am i good at
level       | level,levels,xp,exp,experience,next level,level up,levelling,leveling & !take
health      | my health,my hp,my energy,my ear,my wounds,my hit points,my leg,my nose & ?q
enemies     | hp,health,hit points,hitpoints & they,it,them,each,he,she,its,their,his & !my & !i
health      | hp,health,hit points,hitpoints,hurt,wounded,injured,how am i,am i ok,am i okay,am i dying,am i alive,am i dead,am i hurt,energy,juice,stamina,mana,bleeding,how bad,vitals,my wounds,wounds,how are my,alive,my ear,my leg,my paw hurt,how do i feel,how healthy,tired,exhausted,am i going to die,life left,how much life,life points,how bad off & !its & !their & !it have & !thing have & !they & !his & !@foe & !most if & !cell & !which one
self        | who am i,what am i,my stats,stats,stat,my character,character sheet,my sheet,my name,about me,my class,what class,what kind of cat,sheet,attributes,my attributes,character,strength,dexterity,charisma,intelligence,stat sheet,describe me,look at myself,examine myself,examine me,look like,my armour,my armor,whats my armor,armour,armor class,my ac,bonus,modifier,modifiers,profile & !carrying & !holding & !wearing & !supposed & !doing & !fighting & !looking & !@carried & !does & !@person
self        | my,whats,what,how,why,what is & claws stat,paws stat,wits stat,whiskers stat,purr stat,my claws,my paws,my wits,my whiskers,my purr & stat,high,low,good,minus,score,level,bonus,number,bad & !hp
self        | who am i,what am i,who i am,what i am & !carrying & !holding & !wearing & !supposed & !doing & !fighting & !looking
worn        | my armor,my armour & what,whats
worn        | wearing,worn,equipped,have on,equipment,my outfit,my clothes,my gear,do i wear,am i wearing,what armour,what armor & !buy & !cost
load        | carry,carrying capacity,capacity,how much room,how much space,weight,weigh,weighs,heavy,heaviest,load,encumbrance,encumbered,bag full,full,room in,space in,too much stuff,overloaded,fit in my bag,lightest & !show & !am i carrying & !do i carry & !i carry with
money       | money,credits,cash,coins,purse,wallet,gold,am i rich,broke,poor,funds,how much do i have,balance,afford anything,bucks,dough,how much have i got,owe,debt,debts,in my purse,left in my purse & !where can & !get & !make & !earn & !worth & !take & !pay me & !find & !lying & !any money & !@find
safety      | safe,is it dangerous,dangerous here,danger,in danger,unsafe,any danger,threat,is this place safe,sleep here,rest here & !@foe & !@way & !house safe & !the safe & !@feature & ?q
next-step   | supposed to,what next,what is next,whats next,what do i do now,what now after,next step,next objective,objective,objectives,current goal,my goal,goal,goals,where do i go now,where should i go,what should i do,what must i do,what do i have to do,what do i need to do,what do i need,what am i looking for,what am i doing here,what did i come,came here for,what i must do,where do i put,i must put,must bring,where must i,where i must,where should i,do i have to choose,what comes next,what is my next,how do i get the key,how do i finish,how to finish,how do i complete,after this,hint,hints,clue,clues,what is my mission,what is my task,my task,my mission,the plan,whats the plan,remind me what
quest       | @quest & ?q
quest       | who gave,who hired,who sent,what do i get,reward,rewards,payment,what does it pay,how much does it pay,who wants,after its dead,after it is dead,for this job,for this quest,gave me this,hired me,hired me for,this job,next after,why am i doing & !@carried & !@ware
quests      | quest,quests,quest log,mission,missions,journal,job,jobs,tasks,task,todo,to do list,work,errand,errands,adventure,adventures,objectives,any work,side quest,side quests,who needs help,contracts,gig,gigs,commission,can i help,need help,anything to do,something to do & !how does & !does it & !do they & !dont & !work do & !did & !will it
map         | map,places i know,places have i,where have i been,where i have been,places known,known places,world map,city map,layout,geography
time        | what time,the time,what day,what date,what year,how late,day or night,night or day,clock,time is it,what hour,how long have i been
wares       | for sale,sell,sells,selling,wares,stock,in stock,shop,store,goods,buy here,can i buy,to buy,prices,price list,price,menu,catalogue,merchandise,what do you have,what have you got,what you got,cheapest thing,the cheapest,anything cheaper,cheaper,which of these,offer,what else do you,got anything,browse & !@carried & !@ware & !how much would & !sold
way         | @place & where,where is,how do i get,how far,how to get,how can i get,way to,get to & !sell & !cost
price       | @ware & how much,cost,costs,price,what is the price,expensive,cheaper,worth,pay,paying,get for,both,afford,can i get & !does it do
price       | @item & give me for,offer for,offer me for,how much,cost,costs,price,worth,pay,paying,get for,sell for,value,valuable & !hurt & !damage & !weigh
price       | @find & how much,worth,pay,value,sell for
does        | @item & what does,what do,good for,do with,use of,used for,what can,do for,does it do,useful,better,reusable,stronger,effect,what is,whats,what are,what would,how does,damage,hurt,heal,why,is,are,worth,difference,compare,wear it,try on,how many uses,charges,what good,explain,describe,tell me about,can,does,what about,about
way         | @place & how,where,get to,way,far,route,path,reach,find,lead,leads,go,goes,what is behind,behind,beyond,cold,dangerous,safe,quickest,shortest,directions,when,which,closest
way         | @way & where,lead,leads,go,goes,what is,behind,beyond,locked,open,how,dangerous,safe,cold,which,through,whats
exits       | exit,exits,exists,ways out,way out,where can i go,where could i go,where to go,where to,which way,directions,direction,doors,paths,how do i leave,how do i get out,get out of here,how i go,where can we go,where does,leave from here,which ways,way down,way up,how to leave,escape route,nearby places,what is nearby,go from here,where now,which way out,go up,go down,go next,out of here & !happened & !hp
topics      | what can i ask,what could i ask,what should i ask,ask about,what would,talk about,what does,what do,conversation,topics,what to ask & @person & ask,asked,talk,know,knows,topics,say,about
people      | who is here,who else is here,who else,anyone here,anybody here,someone here,somebody here,people here,who can i talk,who could i talk,who to talk,who is around,who is this place,who are these people,anybody,anyone,people,characters,npcs,who lives here,who is in charge,who is in,who do i see,who is there,is there anyone,who are they,who are these,company,whos here,who all & !quest & !@foe & !know who
enemies     | enemy,enemies,foe,foes,monster,monsters,hostile,hostiles,opponents,any threats,weakness,weak to,weaknesses,weak spot,vulnerable,hurts it,resist,resistant,fighting,am i fighting,attacking me,attacks me,who is attacking,what is attacking,killing me,its hp,their hp,its health,their health,it dead,they dead,hp left,hp has,hp does,least hp,most hp,lowest hp,what are these,what are those,what is that thing,what are these things,what are they,what is this thing,are they hostile,friendly,dangerous,how strong,how many are left,are left,how many left,reach me,beat it,can i win,can i beat,can i kill,anything to fight,anything to kill,to fight,to kill,its dead right & !how many lives & !did i
enemies     | @foe & how many,how much,hp,health,dangerous,friendly,strong,weak,weakness,dead,alive,left,attack,hurt,beat,kill,win,reach,with it,hostile,armour,level,fast,resist,what hurts,die,follow
read        | say,says,written,writing,words,reads,text,inscription,letters,read,carved,number & on the wall,wall,sign,signs,poster,notice,screen,plate,board,label,on it,on that,on this,on the,@feature & !did & !said & !@person
inventory   | inventory,my bag,in my bag,the bag,bag,backpack,rucksack,pockets,my pockets,carrying,what do i have,what have i got,have i got,what i have,my stuff,my things,my items,my gear,items,belongings,possessions,what do i own,do i have any,do i still have,i still have,what am i holding,on me,with me,my inventory,do i have,have i any,my weapons,what weapons,weapons do i,what weapon,stuff,loot & !money & !how much & !how many lives & !happened
look        | where am i,where are we,what is this place,this place,what place,what is here,what do i see,what can i see,look around,around me,surroundings,describe the room,describe the place,describe this,anything here,anything interesting,anything useful,anything i can use,anything up here,anything around,what is there,what is around,what else is here,is there anything,is there treasure,treasure,any money,money lying,loot here,to take,to pick up,lying around,lying about,what do i hear,what do i smell,can i see,do i find,what is going on,whats going on,on the floor,is it dark,dark,room,interesting,this room,view,scenery,whats in here,what is in here,look like here
wares       | can i afford,could i afford & ?q
safety      | where can i sleep,where can i rest,where could i sleep
conditions  | am i hidden,am i visible,can they see me
help        | how do i win,how do i end,how do i beat this game,how do i lose
options     | should i,shall i,what can i do,what could i do,what now,now what,what are my options,options,my options,what should i,what else can i,choices,what to do,what do i do,what do you suggest,suggestions,suggest,any ideas,advice,ideas,possible,possibilities,actions,what is possible,what happens now,ok what,i am stuck,stuck,i am lost,i do not know,do not know what,do not understand,can i talk my way,do i have to
"""

WH = word_set("what who whom whose where when why how which")
AUXILIARIES = word_set(
    "is are am was were do does did has have had will would can could should shall may might must any"
)
"""A question begins with one of these."""

BARE: dict[str, str] = {
    word: subject
    for subject, words in {
        "inventory": "inventory bag items stuff belongings possessions backpack pockets bags weapons",
        "load": "load weight capacity encumbrance",
        "worn": "worn equipment outfit",
        "money": "money credits cash purse wallet balance gold",
        "self": "self stats stat character sheet attributes profile me armour armor status",
        "abilities": "abilities skills powers spells moves ability cooldowns",
        "level": "level xp exp experience levels",
        "lives": "lives life",
        "health": "health hp energy stamina vitals wounds hitpoints",
        "conditions": "conditions effects debuffs buffs",
        "enemies": "enemies foes enemy monsters threats",
        "look": "look place room surroundings here location",
        "people": "people npcs who company characters",
        "exits": "exits exit directions doors where ways paths",
        "safety": "safety danger safe",
        "wares": "wares shop store stock prices menu goods shopping",
        "quests": "quests quest journal missions mission jobs tasks job",
        "next-step": "objective goal hint hints objectives goals next",
        "recap": "recap summary history previously",
        "options": "options actions choices ideas suggestions",
        "help": "help tutorial instructions manual commands controls how info",
        "rules": "rules rule",
        "game": "save load quit undo restart settings menu version restore credits exit game",
        "map": "map places",
        "time": "time clock date day",
    }.items()
    for word in words.split()
}
"""Single words (with "my", "the", "show", "check" …) that are a whole question."""
BARE.update(
    {"menu": "wares", "credits": "money", "exit": "exits", "huh": "options", "what": "options", "status": "health"}
)


def question_words() -> frozenset[str]:
    """Every word that a question is known by."""
    said = RULES.replace("|", " ").replace("&", " ").replace(",", " ").replace("!", " ").split()
    return frozenset(word for word in said if word.isalpha()) | WH | AUXILIARIES | frozenset(BARE)
