/** The game: story in the middle, the cat and its city around it, and the machine behind a curtain. */

import { calm, h, say, show } from "../dom.js";
import { icon } from "../icons.js";
import * as kept from "../kept.js";
import { bagPart } from "../parts/bag.js";
import { cityPart } from "../parts/city.js";
import { curtainPart } from "../parts/curtain.js";
import { fightPart } from "../parts/fight.js";
import { lives } from "../parts/lives.js";
import { meter } from "../parts/meter.js";
import { questsPart } from "../parts/quests.js";
import { rollText } from "../parts/roll.js";
import { sheetPart } from "../parts/sheet.js";
import { epilogue, playingCard, turnCard } from "../parts/story.js";
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
  table.addEventListener("told", ({ detail }) => announce(detail));
  table.addEventListener("giveback", ({ detail }) => { if (!parts.text.value) { parts.text.value = detail; kept.keepDraft(id, detail); } });
  open(table, parts, main);
  return () => { table.close(); parts.leave(); };
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
    trouble: h("div", { class: "trouble-place" }),
    ideas: h("div", { class: "ideas", role: "group", tabindex: 0, "aria-label": "Suggested actions" }),
    send: h("button", { class: "send", "aria-label": "Send" }, icon("send")),
    count: h("span", { class: "count", "aria-live": "polite" }),
    status: h("div", { class: "status" }), fight: h("div", { class: "fight-place" }),
    sheet: h("div", { class: "tab-sheet" }), bag: h("div", { class: "tab-bag" }), quests: h("div", { class: "tab-quests" }), map: h("div", { class: "tab-map" }),
    curtain: h("aside", { class: "curtain", id: "curtain", "aria-label": "Behind the curtain", hidden: true }),
    drawn: new Map(),
  };
  text.value = kept.draft(table.id);
  parts.lift = h("button", { type: "button", class: "lift", "aria-label": "Behind the curtain", "aria-expanded": "false", "aria-controls": "curtain", onclick: () => curtain(parts) }, icon("curtain", 18), h("span", {}, "Behind the curtain"));
  parts.tabs = h("nav", { class: "tabs", "aria-label": "Parts of the game" }, TABS.map(([name, words]) =>
    h("button", { type: "button", "data-tab": name, "aria-pressed": String(name === "story"), onclick: () => choose(parts, name) }, icon({ story: "story", sheet: "cat", bag: "bag", quests: "quest", map: "map" }[name]), words)));
  parts.composer = h("form", { class: "composer", onsubmit: (event) => { event.preventDefault(); submit(); } }, parts.ideas, h("div", { class: "composer-row" }, text, parts.send), parts.count);
  const left = h("div", { class: "left" }, parts.sheet);
  const middle = h("section", { class: "middle", "aria-label": "Story" }, h("div", { class: "scroller", tabindex: 0, role: "region", "aria-label": "The story so far" }, parts.story), parts.trouble, parts.composer);
  const beside = () => (WIDE.matches ? left.prepend(parts.fight) : middle.insertBefore(parts.fight, parts.composer));
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
    when("status", [sheet], () => show(parts.status, statusLine(sheet)));
    when("sheet", [sheet, parts.put], () => show(parts.sheet, sheetPart(sheet, parts.put)));
    when("bag", [sheet], () => show(parts.bag, bagPart(sheet, parts.put)));
    when("quests", [sheet], () => show(parts.quests, questsPart(sheet)));
    when("map", [sheet], () => show(parts.map, cityPart(sheet, parts.put)));
    when("fight", [sheet], () => show(parts.fight, fightPart(sheet, parts.put)));
    when("story", [table.turns, table.playing, table.playing?.steps.length, table.playing?.action, table.over], () => story(table, parts));
    when("trouble", [table.trouble], () => {
      show(parts.trouble, table.trouble && troubled(table));
      if (table.playing) requestAnimationFrame(() => { parts.story.parentElement.scrollTop = parts.story.parentElement.scrollHeight; });
    });
    when("ideas", [table.last, table.playing, table.over], () => ideas(table, parts));
    when("curtain", [table.turns, table.playing, table.playing?.steps.length, table.events, table.feed, table.replay], () => show(parts.curtain,
      h("header", {}, h("h2", {}, "Behind the curtain"), h("button", { type: "button", class: "plain", "aria-label": "Close the curtain", onclick: () => curtain(parts) }, "✕")),
      curtainPart(table, (turn) => table.sendAgain(turn).catch(() => say("The line is dead. Try again.")))));
  };
}

const statusLine = (sheet) => {
  const { character: cat, place } = sheet.state;
  return [h("span", { class: "status-place" }, place.name), h("span", { class: "status-name" }, `${cat.name} · level ${cat.level}`), lives(cat.lives), meter("hp", cat.hp, cat.max_hp, "hp"), meter("energy", cat.energy, cat.max_energy, "energy")];
};

function story(table, parts) {
  const scroller = parts.story.parentElement;
  const tools = { campaignId: table.id, over: table.over, retry: null };
  const newest = table.newest?.id;
  const cards = table.turns.map((turn) => {
    const retry = turn.id === newest && !table.playing && !table.over ? parts.put : null;
    return turnCard(turn, { ...tools, retry, fresh: turn.id === table.fresh && turn.id === newest && !calm() });
  });
  show(parts.story,
    table.earlier ? h("button", { type: "button", class: "button quiet", onclick: () => table.more() }, "Earlier pages") : prologue(table),
    cards, table.playing && playingCard(table.playing), table.over && epilogue(table, ENDINGS[table.sheet.state.ending] ?? table.sheet.state.ending?.replaceAll("-", " ") ?? "The end"));
  if (table.playing) say(STEPS[table.playing.steps.at(-1) ?? "accepted"]);
  const focus = table.over ? parts.story.lastElementChild : table.playing ? parts.story.lastElementChild : parts.story.querySelector(`[data-turn="${newest}"]`);
  requestAnimationFrame(() => focus && scroller.scrollTo({ top: focus.offsetTop - 20, behavior: calm() || !table.fresh ? "auto" : "smooth" }));
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

function announce(turn) {
  if (turn.status === "failed") return say("The turn failed. Nothing changed; you can act again.");
  return say([`Turn ${turn.number}.`, turn.narrative, ...turn.rolls.map(rollText)].join(" "));
}
