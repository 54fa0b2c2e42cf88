# ruff: noqa: E501 (rows of a table)
"""Other words for things: a player's word, and the words of names and descriptions it can stand for.

From the general to the particular: "knife" may mean a stiletto; a stiletto is not asked for by "knife" only.
"""

from __future__ import annotations

_GROUPS = """
zap: spark shock
lightning: spark shock
robot: sweeper drone machine hubcap bot arm frame gun wisp phantom forklift crawler collector wrangler terminal mastiff automaton
machine: sweeper drone robot hubcap arm frame gun forklift crawler collector wrangler terminal dryer
bot: sweeper drone machine hubcap arm frame gun forklift crawler collector wrangler robot
drone: hawk sweeper
device: machine terminal box panel console
gadget: tool thumb fiddle kit beam cell
bug: moth leech wisp beetle
insect: moth
butterfly: moth
worm: leech eel snake
snake: eel cable wire hotwire serpent
serpent: eel snake
fish: sardine tuna flake eel
monster: enemy eel tiger
beast: eel tiger mastiff hawk
rodent: rat mouse
blob: sludge creep slime
slime: sludge creep
goo: sludge creep
sludge: creep
ghost: phantom wisp
spirit: phantom wisp
spook: phantom
bird: gull hawk pigeon moth
seagull: gull
pigeon: coo postmaster
dog: mastiff hound
doggo: mastiff dog
doggy: mastiff dog
puppy: mastiff dog
hound: mastiff dog
toy: mastiff mouse
kid: kitten months young apprentice boy pup
kitten: months young
child: kitten months
youngster: kitten months
kiddo: kitten months
baby: kitten months
boy: kitten months
small: little tiny narrow kitten ears
little: small tiny kitten months
big: enormous vast immense large huge giant great larger
large: enormous vast immense big huge larger
huge: enormous vast immense big large larger
giant: enormous vast immense huge larger
fat: enormous vast immense round
chubby: enormous vast immense round
old: ancient elderly grey blind retired
elderly: old ancient
skinny: thin narrow lean
thin: narrow lean
slim: thin narrow lean
ginger: orange
gray: grey
golden: gold gilded gilt
posh: lady leaseholder income
rich: lady income leaseholder
nun: mother keeper
priest: brother novice mother
priestess: mother
monk: brother novice
clerk: registrar stamp counter
official: registrar clerk
bureaucrat: registrar clerk
guard: sentry doorman
boss: leader organiser head chairman chief manager foreman
chief: leader organiser head chairman
leader: organiser head chairman captain
manager: keeper head chairman
shopkeeper: dealer mender barkeeper keeper shop
seller: dealer shop
vendor: dealer shop
merchant: dealer shop
trader: dealer shop
salesman: dealer shop
dealer: shop
shopkeep: dealer mender barkeeper shop
bartender: barkeeper
barman: barkeeper
barmaid: barkeeper
doctor: doc mender
medic: doc mender
mechanic: mender doc
sailor: ferrycat captain
ferryman: ferrycat
boatman: ferrycat
boat: bathtub ferrycat
ferry: bathtub ferrycat
captain: ferrycat leader
student: apprentice
pupil: apprentice
forger: notary
cat: tom tabby tortoiseshell queen tomcat kitten
tabby: cat
tomcat: tom
rat: rats
pigeon: post
bird: pigeon
raccoon: notary
truck: forklift
digger: forklift
glasses: spectacles
knife: stiletto cutter blade dagger
dagger: stiletto knife
blade: stiletto cutter knife
stick: hiss-stick rod prod beak swat
swat: hiss-stick fly
swatter: swat
rod: prod
wand: rod beam
whip: lash aerial
spear: lance prod beak
wrench: spanner
torch: beam light flare
flashlight: beam light
laser: beam light dot
lamp: beam light
light: beam lamp bright wisp
battery: cell
batteries: cell
grenade: coil pellet flare
bomb: coil pellet flare
smoke: pellet smoked
acid: atomiser
perfume: atomiser
bottle: atomiser perfume ink
spray: atomiser perfume
bell: bell
claw: claws brass
blade: cutter
armor: armour vest wrap coat hauberk hat lid hood
armour: vest wrap coat hauberk hat lid hood
clothes: vest wrap coat hauberk scarf
clothing: vest wrap coat hauberk scarf
jacket: coat vest leather
coat: leather hauberk
towel: wrap
towels: wrap
robe: wrap
hat: lid hood
cap: lid hood
helmet: lid hood hat
necklace: collar medal
amulet: collar medal charm
scarf: soot
neck: collar scarf
tail: sleeve silk ring mitts
gloves: mitts glove
glove: mitts
mitten: mitts
mittens: mitts
earring: hook charm
ring: ring
umbrella: parasol
brolly: umbrella
parasol: umbrella
food: sardines cream flakes tin tuna jelly breakfast fish milk
snack: sardines flakes jelly tin
meal: sardines tin tuna breakfast
lunch: sardines tin tuna
dinner: sardines tin tuna
drink: cream milk
milk: cream
cream: pot
medicine: cream kit jelly
potion: cream nip jelly
drug: nip
catnip: nip
weed: nip herb
herb: nip
can: tin
tuna: fish
battery: cell
money: credits coins coin change
cash: credits coins coin change
coin: credits change
coins: credits change
credit: credits change coin
credits: coins change
change: credits coins
gold: credits
treasure: credits coin
purse: credits
dough: credits
buck: credits
bucks: credits
tip: credits
paper: docket form notice letter policy slip note
document: docket form notice letter policy ledger
docs: docket form letter
letter: docket
note: docket letter
form: docket paper
slip: docket paper tube
ticket: docket
notice: paper poster
poster: notice
book: ledger
journal: ledger book
pencil: pen
badge: card
card: badge
tag: label
label: tag
key: tag badge token
coin: token
lens: glass
rope: thread line yarn
string: yarn thread
wool: yarn
yarn: thread monofilament
wire: whip aerial cable
cable: wire hotwire
door: hatch gate flap grille arch curtain
doorway: hatch gate arch flap
gate: hatch
hatch: gate trapdoor
trapdoor: hatch
entrance: arch hatch gate door flap
grate: grille grating
grating: grille vent
grille: grating grate
vent: grille grating duct
duct: vent
tunnel: duct vent
pipe: duct vent tube
tube: tubes pipe
curtain: frost
elevator: lift
lift: elevator
stairs: steps stair rungs ladder
stair: stairs steps
steps: stairs stair
ladder: rungs mast
rung: ladder
rungs: ladder
mast: ladder
slide: chute
bridge: plank
plank: bridge
path: towpath
trail: towpath path
canal: drip towpath water
river: canal drip
water: rain canal coolant
rain: valve drill sprinkler
shower: rain
roof: garden antenna
rooftop: garden antenna
club: post gilded rope
casino: post gilded club
church: chapel
temple: chapel
shrine: chapel altar
market: shop stalls
shop: market sundries
store: shop market
bazaar: market
laundry: dryers
office: desk
dock: pier
docks: pier
harbour: pier
port: pier
balcony: terrace
sewer: sump
basement: sump
belt: conveyor
conveyor: belt
factory: conveyor belt
fridge: cold
freezer: cold
attic: crawl
wheel: valve crank
valve: wheel
crank: handle wheel winch
handle: crank lever
lever: crank handle
winch: crank
button: lever switch
switch: lever
phone: telephone
telephone: phone
screen: terminal console
computer: terminal console
monitor: terminal screen
keyboard: terminal
console: terminal
pc: terminal
desk: counter drawers
drawer: desk
drawers: desk
table: desk
seat: chair
stool: chair
chair: seat cushion
throne: chair
bed: shelf blanket mattress
blanket: shelf
shelf: shelf
mouth: lip slot throat
throat: chute
chute: throat
pipe: chute
lip: mouth edge
painting: portrait chairman portraits
picture: portrait photograph chairman
portrait: chairman
portraits: chairman
photo: photograph
safe: vault
vault: safe
chest: crate
crate: box
locker: lockers
lockers: locker
cupboard: lockers
register: book ledger
list: ledger book
calendar: squares
antenna: dish aerial
satellite: dish
dish: antenna
nest: nesting
altar: shrine
mailbox: slot
slot: mouth
archive: tubes
filing: archive
washer: dryer
dryer: machine
lint: dryer felt
box: junction crate
fuse: junction
roulette: wheel
collector: frame debt
dust: bunny lint
lint: bunny
fluff: bunny lint
bunnies: bunny
rabbit: bunny
hare: bunny
tumbleweed: bunny lint
puffball: bunny lint
ad: adware wisp
ads: adware wisp
advert: adware wisp
advertisement: adware wisp
popup: phantom
popups: phantom
vampire: leech
ice: crawler frozen frost
hawk: drone
glow: wisp bright
arm: arms
scab: strikebreaker
thug: strikebreaker collector
police: collector bailiff
bailiff: doorman
bouncer: doorman mastiff
doorman: bailiff
job: work
mistake: error
chances: odds
type: terminal console keyboard
log: terminal console
hack: terminal console
complain: complaint
answer: phone telephone
dial: phone telephone
gamble: wheel
puff: arched
fluff: arched
bristle: arched
"""

KINDS: dict[str, str] = {
    "weapon": "weapon arm blade",
    "armour": "armour armor clothes clothing protection gear outfit",
    "gear": "gear clothes clothing accessory outfit jewellery jewelry trinket",
    "consumable": "consumable supply",
    "tool": "tool gadget instrument",
    "key": "item object",
    "treasure": "treasure valuable trinket loot",
}
"""Kinds of items, and what people call a thing of this kind."""

USES: dict[str, str] = {
    "heal": "food snack meal medicine healing heal health bite nibble grub treat remedy potion medkit",
    "energy": "energy booster drug stimulant nip pick-me-up",
    "damage": "grenade bomb explosive throwable",
}
"""Effects of things when used, and what people call such things."""

SLOTS: dict[str, str] = {
    "claws": "weapon claws paw hand",
    "body": "body torso chest back outfit coat armour armor clothes jacket shirt suit",
    "head": "head hat helmet cap hood ears ear headgear",
    "collar": "collar neck throat necklace scarf",
    "tail": "tail",
}
"""Places to wear a thing at, and what people call what is worn there."""

STAT_WORDS: dict[str, str] = {
    "claws": "claws claw strength strong might power muscle muscles fighting attack str brawn",
    "paws": "paws paw dexterity dex agility nimble nimbleness stealth sneaking speed agi",
    "whiskers": "whiskers whisker perception senses awareness per",
    "wits": "wits wit intelligence int smart smarts brain brains mind clever cleverness wisdom head",
    "purr": "purr charm charisma cha charisma diplomacy",
}

ENEMY_WORDS = (
    "enemy enemies foe foes monster monsters opponent opponents attacker attackers bad guy guys baddie baddies creature "
    "creatures target beast beasts thing things critter critters mob mobs villain bastard bastards sucker suckers fucker fuckers bugger"
)
PERSON_WORDS = "person people guy man cat fellow fella lad lass geezer bloke chap character dude stranger npc friend lady woman gentleman"
FEATURE_WORDS = "thing contraption object gizmo"


def _synonyms() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in _GROUPS.strip().splitlines():
        word, _, others = line.partition(":")
        found.setdefault(word, set()).update(others.split())
    return {word: frozenset(others) for word, others in found.items()}


SYNONYMS = _synonyms()
