/** The game: story in the middle, the cat and its city around it, and the machine behind a curtain. */

import { arrange, calm, h, hush, read, say, show } from "../dom.js";
import { icon } from "../icons.js";
import * as kept from "../kept.js";
import { bagPart } from "../parts/bag.js";
import { cityPart } from "../parts/city.js";
import { Curtain } from "../parts/curtain.js";
import { fightPart } from "../parts/fight.js";
import { lives } from "../parts/lives.js";
import { meter } from "../parts/meter.js";
import { questsPart } from "../parts/quests.js";
import { rollText } from "../parts/roll.js";
import { sheetPart } from "../parts/sheet.js";
import { armedPart } from "../parts/sabotage.js";
import { PlayingCard, epilogue, turnCard } from "../parts/story.js";
import { Table } from "../table.js";
import { STEPS, trouble as troubleOf } from "../voice.js";
import { Refused } from "../api.js";

const OPENING = ["I look around and sniff the air", "I groom, to buy time to think", "Where is everybody?"];
const ENDINGS = { "nine-lives-spent": "All nine of them", renewed: "Terms Accepted", unsubscribed: "Unsubscribed", "account-holder": "Account Holder" };
const TABS = [["story", "Story"], ["sheet", "Cat"], ["bag", "Bag"], ["quests", "Quests"], ["map", "Map"]];
const LONGEST = 2000;
const WIDE = matchMedia("(min-width: 1000px)");

export function play(main, id) {
  const table = new Table(id);
  const parts = frame(table);
  show(main, parts.root);
  const paint = painter(table, parts);
  table.addEventListener("change", paint);
  table.addEventListener("giveback", ({ detail }) => { if (!parts.text.value) { parts.text.value = detail; kept.keepDraft(id, detail); } });
  open(table, parts, main);
  return () => { table.close(); parts.leave(); hush(); };
}

async function open(table, parts, main) {
  try {
    await table.open();
  } catch (error) {
    const { title, text } = troubleOf(error instanceof Refused ? error.kind : "offline", { title: error.problem?.title, detail: error.problem?.detail });
    show(parts.story, h("section", { class: "trouble", role: "alert" }, h("h2", {}, title), h("p", {}, text),
      h("p", { class: "choices" }, h("button", { type: "button", class: "button", onclick: () => play(main, table.id) }, "Try again"), h("a", { class: "button quiet", href: "#/" }, "Back to the cats"))));
  }
}

function frame(table) {
  const put = (action) => { if (table.over) return; table.act(action) ? choose(parts, "story") : keep(action); };
  const keep = (action) => { parts.text.value = action; kept.keepDraft(table.id, action); choose(parts, "story"); parts.text.focus(); };
  const text = h("textarea", {
    id: "action", rows: 1, maxlength: LONGEST, placeholder: "What does your cat do?", "aria-label": "What does your cat do?", enterkeyhint: "send",
    oninput: () => { kept.keepDraft(table.id, text.value); grow(text); },
    onkeydown: (event) => { if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); submit(); } },
  });
  const submit = () => {
    if (!table.act(text.value)) return;
    text.value = "";
    kept.keepDraft(table.id, "");
    grow(text);
  };
  const parts = {
    put, text, submit,
    story: h("div", { class: "story", id: "story" }, h("p", { class: "loading" }, "Finding your page …")),
    trouble: h("div", { class: "trouble-place" }), armed: h("div", { class: "armed-place" }),
    ideas: h("div", { class: "ideas", role: "group", tabindex: 0, "aria-label": "Suggested actions" }),
    send: h("button", { class: "send", "aria-label": "Send" }, icon("send")),
    count: h("span", { class: "count", "aria-live": "polite" }),
    status: h("div", { class: "status" }), fight: h("div", { class: "fight-place" }),
    sheet: h("div", { class: "tab-sheet" }), bag: h("div", { class: "tab-bag" }), quests: h("div", { class: "tab-quests" }), map: h("div", { class: "tab-map" }),
    curtain: h("aside", { class: "curtain", id: "curtain", "aria-label": "Behind the curtain", hidden: true }),
    drawn: new Map(), cards: new Map(), playing: null, away: false,
  };
  text.value = kept.draft(table.id);
  parts.lift = h("button", { type: "button", class: "lift", "aria-label": "Behind the curtain", "aria-expanded": "false", "aria-controls": "curtain", onclick: () => curtain(parts) }, icon("curtain", 18), h("span", {}, "Behind the curtain"));
  parts.tabs = h("nav", { class: "tabs", "aria-label": "Parts of the game" }, TABS.map(([name, words]) =>
    h("button", { type: "button", "data-tab": name, "aria-pressed": String(name === "story"), onclick: () => choose(parts, name) }, icon({ story: "story", sheet: "cat", bag: "bag", quests: "quest", map: "map" }[name]), words)));
  parts.composer = h("form", { class: "composer", onsubmit: (event) => { event.preventDefault(); submit(); } }, parts.armed, parts.ideas, h("div", { class: "composer-row" }, text, parts.send), parts.count);
  parts.machine = new Curtain(table);
  parts.curtain.append(h("header", {}, h("h2", {}, "Behind the curtain"), h("button", { type: "button", class: "plain", "aria-label": "Close the curtain", onclick: () => curtain(parts) }, "✕")), parts.machine.element);
  const left = h("div", { class: "left" }, parts.sheet);
  const wanders = () => { parts.away = true; };
  const scroller = h("div", { class: "scroller", tabindex: 0, role: "region", "aria-label": "The story so far", onwheel: wanders, ontouchmove: wanders, onkeydown: wanders }, parts.story);
  const middle = h("section", { class: "middle", "aria-label": "Story" }, scroller, parts.trouble, parts.composer);
  const beside = parts.beside = () => (WIDE.matches && parts.curtain.hidden ? left.prepend(parts.fight) : middle.insertBefore(parts.fight, parts.composer));
  WIDE.addEventListener("change", beside);
  parts.leave = () => WIDE.removeEventListener("change", beside);
  beside();
  parts.root = h("div", { class: "play", "data-tab": "story" },
    h("header", { class: "bar" }, h("a", { href: "#/", class: "home", "aria-label": "All cats" }, icon("cat"), h("span", { class: "display" }, "Nine Lives")), parts.status, parts.lift),
    left, middle,
    h("div", { class: "right" }, parts.map, parts.quests, parts.bag),
    parts.tabs, parts.curtain);
  return parts;
}

const grow = (text) => { text.style.setProperty("height", "auto"); text.style.setProperty("height", `${Math.min(160, text.scrollHeight)}px`); };

function choose(parts, name) {
  parts.root.dataset.tab = name;
  for (const button of parts.tabs.children) button.setAttribute("aria-pressed", String(button.dataset.tab === name));
}

function curtain(parts) {
  const open = parts.curtain.hidden;
  parts.curtain.hidden = !open;
  parts.lift.setAttribute("aria-expanded", String(open));
  parts.root.classList.toggle("lifted", open);
  parts.machine.draw();
  parts.beside();
  if (open) parts.curtain.querySelector("button")?.focus();
  else parts.lift.focus();
}

/** Draw what changed: a part is drawn anew only when what it shows is another value, so that focus and place stay. */
function painter(table, parts) {
  const when = (name, values, draw) => {
    const last = parts.drawn.get(name);
    if (last && last.length === values.length && values.every((value, n) => value === last[n])) return;
    parts.drawn.set(name, values);
    draw();
  };
  return () => {
    const { sheet } = table;
    if (!sheet) return;
    parts.root.dataset.feed = table.feed;
    when("status", [sheet], () => show(parts.status, statusLine(sheet)));
    when("sheet", [sheet, parts.put], () => show(parts.sheet, sheetPart(sheet, parts.put)));
    when("bag", [sheet], () => show(parts.bag, bagPart(sheet, parts.put)));
    when("quests", [sheet], () => show(parts.quests, questsPart(sheet)));
    when("map", [sheet], () => show(parts.map, cityPart(sheet, parts.put)));
    when("fight", [sheet], () => show(parts.fight, fightPart(sheet, parts.put)));
    when("story", [table.turns, table.playing, table.playing?.steps, table.playing?.events, table.playing?.told, table.playing?.action, table.over, table.earlier], () => story(table, parts));
    when("trouble", [table.trouble], () => {
      show(parts.trouble, table.trouble && troubled(table));
      if (table.playing) requestAnimationFrame(() => { parts.story.parentElement.scrollTop = parts.story.parentElement.scrollHeight; });
    });
    when("armed", [table.armed], () => show(parts.armed, table.armed && armedPart(table)));
    when("ideas", [table.last, table.playing, table.over], () => ideas(table, parts));
    parts.machine.draw();
  };
}

const statusLine = (sheet) => {
  const { character: cat, place } = sheet.state;
  return [h("span", { class: "status-place" }, place.name), h("span", { class: "status-name" }, `${cat.name} · level ${cat.level}`), lives(cat.lives), meter("hp", cat.hp, cat.max_hp, "hp"), meter("energy", cat.energy, cat.max_energy, "energy")];
};

function story(table, parts) {
  const started = table.playing && parts.playing?.key !== table.playing.since;
  if (started) begin(table, parts);
  const rest = table.playing ? parts.playing.draw(table.playing) : [];
  read(...rest);
  const top = table.earlier ? parts.older ??= h("button", { type: "button", class: "button quiet", onclick: () => table.more() }, "Earlier pages") : parts.prologue ??= prologue(table);
  const cards = table.turns.map((turn) => card(turn, table, parts));
  const end = table.over ? parts.epilogue ??= epilogue(table, ENDINGS[table.sheet.state.ending] ?? table.sheet.state.ending?.replaceAll("-", " ") ?? "The end") : null;
  if (!table.playing) parts.playing = null;
  arrange(parts.story, top, cards, parts.playing?.element, end);
  steps(table, parts);
  if (!parts.away || started) requestAnimationFrame(() => follow(parts, end ?? parts.story.lastElementChild, Boolean(table.fresh || table.playing)));
}

function begin(table, parts) {
  parts.playing = new PlayingCard(table.playing.since);
  parts.away = false;
  parts.step = null;
  hush();
}

/** A turn's card is made once. The text and the dice that were told live are taken over as they stand. */
function card(turn, table, parts) {
  const retry = turn.status === "failed" && turn === table.newest && !table.playing && !table.over ? parts.put : null;
  const made = parts.cards.get(turn.id);
  if (made && made.retry === retry) return made.element;
  const fresh = !made && turn.id === table.fresh;
  const live = fresh && parts.playing?.telling.text ? parts.playing.telling.settle() : undefined;
  const rest = live?.tell(turn.narrative ?? "", true);
  const element = turnCard(turn, { campaignId: table.id, retry, fresh, telling: live, seen: fresh ? parts.playing?.seen : undefined });
  parts.cards.set(turn.id, { element, retry });
  if (fresh) announce(turn, rest);
  return element;
}

/** What the running turn has come to, for those who hear the page; once the story itself is read, that is enough. */
function steps(table, parts) {
  const step = table.playing?.steps.at(-1) ?? (table.playing ? "accepted" : null);
  if (step && step !== parts.step && !table.playing.told) say(STEPS[step]);
  parts.step = step;
}

/** Bring the end of `element` into view, but never push its beginning out of it. */
function follow(parts, element, softly) {
  const scroller = parts.story.parentElement;
  const last = element.offsetTop + element.offsetHeight + 24 - scroller.clientHeight;
  const top = Math.min(element.offsetTop - 20, Math.max(scroller.scrollTop, last));
  if (Math.abs(top - scroller.scrollTop) > 1) scroller.scrollTo({ top, behavior: calm() || !softly ? "auto" : "smooth" });
}

const prologue = (table) => h("section", { class: "prologue" }, h("p", { class: "kicker" }, table.sheet.state.world), h("h1", {}, `${table.sheet.state.character.name} wakes up`),
  h("p", {}, `A shelf in Lost Property. A tag on your ear: ITEM 4471. Somewhere far below, four hundred stomachs notice the same thing at the same time. You are ${/^[AEIOU]/.test(table.sheet.state.character.class_name) ? "an" : "a"} ${table.sheet.state.character.class_name}; you have nine lives, and opinions about all of them.`));

const troubled = (table) => h("section", { class: `trouble ${table.trouble.kind}`, role: "status" }, h("div", {}, h("b", {}, table.trouble.title), h("p", {}, table.trouble.text)),
  !table.playing && h("button", { type: "button", class: "plain", "aria-label": "Dismiss", onclick: () => table.dismiss() }, "✕"));

function ideas(table, parts) {
  const busy = Boolean(table.playing);
  parts.composer.hidden = table.over;
  parts.send.disabled = busy;
  parts.composer.classList.toggle("busy", busy);
  const suggested = table.last?.suggested_actions?.length ? table.last.suggested_actions : table.last ? [] : OPENING;
  show(parts.ideas, suggested.map((idea) => h("button", { type: "button", class: "chip", disabled: busy, onclick: () => parts.put(idea) }, idea)));
}

/** `rest` is what was not read yet of a story that was told live. */
function announce(turn, rest) {
  if (turn.status === "failed") return say("The turn failed. Nothing changed; you can act again.");
  if (rest) return read(...rest, `That was turn ${turn.number}.`, ...turn.rolls.map(rollText));
  return say([`Turn ${turn.number}.`, turn.narrative, ...turn.rolls.map(rollText)].join(" "));
}
