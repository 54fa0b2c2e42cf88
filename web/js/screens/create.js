/** Make a cat: what it is, and what it is called. */

/** @import { CatClass, ContentChoice, World } from "../api_types.d.ts" */

import * as api from "../api.js";
import { portrait } from "../art.js";
import { sha256OfText } from "../dice.js";
import { button, focusOn, h, show } from "../dom.js";
import { problemText, wrongLine } from "../parts/form.js";
import { abilityText, statsRow } from "../parts/sheet.js";
import { describeTrouble } from "../texts.js";

/** @typedef {(address: string) => void} Go */

const NAMES = ["Whisker", "Soot", "Mrs Tuna", "Static", "Biscuit", "Umbra", "Socket", "Marmalade", "Nine", "Velcro"];

/**
 * @param {HTMLElement} main
 * @param {Go} go
 */
export async function create(main, go) {
  show(main, h("p", { class: "loading" }, "Reading the tags on the shelves …"));
  let world;
  try {
    world = await api.world();
  } catch {
    const retry = button("button", () => create(main, go), {}, "Try again");
    show(main, h("div", { class: "center" }, h("p", {}, describeTrouble("offline").text), retry));
    return;
  }
  showForm(main, go, world);
}

/**
 * @param {HTMLElement} main
 * @param {Go} go
 * @param {World} world
 */
function showForm(main, go, { classes, premise, disclosure, content = [] }) {
  const key = api.newKey(); // one page, one request: a second click is the same cat
  const wrong = wrongLine();
  const placeholder = NAMES[Math.floor(Math.random() * NAMES.length)] ?? "Whisker";
  const name = h("input", { id: "name", name: "name", maxlength: 40, autocomplete: "off", placeholder });
  const wake = h("button", { class: "button bright" }, "Wake up");
  let chosen = classes[0]?.id ?? "";
  const choose = (/** @type {CatClass} */ cat) => {
    chosen = cat.id;
  };
  const start = async () => {
    const level = levels?.querySelector("input:checked")?.getAttribute("value") ?? undefined;
    const own = [key, chosen, ...(level ? [level] : []), (await sha256OfText(name.value)).slice(0, 12)].join("-");
    const campaign = await api.startCampaign(name.value.trim() || placeholder, chosen, level, own);
    go(`#/play/${campaign.id}`);
  };
  const onsubmit = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    wake.disabled = true;
    wrong.textContent = "";
    try {
      await start();
    } catch (error) {
      wrong.textContent = reasonOf(error);
      wake.disabled = false;
    }
  };
  const header = h(
    "header",
    {},
    h("a", { class: "back", href: "#/" }, "← back"),
    h("h1", { class: "display small" }, "Who woke up?"),
    h("p", { class: "lede" }, premise),
    disclosure && h("p", { class: "note" }, disclosure.text),
  );
  const choices = h(
    "fieldset",
    { class: "classes" },
    h("legend", { class: "unseen" }, "Your class"),
    classes.map((cat, n) => classCard(cat, n === 0, choose)),
  );
  const levels = content.length > 1 ? levelChoice(content) : null;
  const label = h("label", { for: "name" }, "The tag on your ear says");
  const footer = h("footer", { class: "naming" }, label, name, wake, wrong);
  show(main, h("form", { class: "create", onsubmit }, header, choices, levels, footer));
  focusOn(main, "input[type=radio]", { preventScroll: true });
}

/**
 * What the story may hold.
 * @param {ContentChoice[]} offered
 */
function levelChoice(offered) {
  const choice = (/** @type {ContentChoice} */ { id, name, text, usual }) =>
    h(
      "label",
      { class: "level" },
      h("input", { type: "radio", name: "content", value: id, checked: usual }),
      h("span", {}, h("b", {}, name), h("small", {}, text)),
    );
  return h("fieldset", { class: "levels" }, h("legend", {}, "What may the story hold?"), offered.map(choice));
}

/** @param {unknown} error */
function reasonOf(error) {
  if (error instanceof api.ApiError) return problemText(error);
  return error instanceof api.NoAnswer ? describeTrouble("offline").text : ""; // nothing: nobody signed in
}

/**
 * @param {CatClass} cat
 * @param {boolean} checked
 * @param {(cat: CatClass) => void} choose
 */
function classCard(cat, checked, choose) {
  const { id, name, description, hp, energy, armour, credits, abilities, stats } = cat;
  const figures = `${hp} hp · ${energy} energy · armour ${armour} · ${credits} credits`;
  const talents = abilities.map((ability) =>
    h("span", {}, h("b", {}, ability.name), h("small", {}, abilityText(ability))),
  );
  return h(
    "label",
    { class: "class-card" },
    h("input", { type: "radio", name: "class", value: id, checked, onchange: () => choose(cat), class: "unseen" }),
    h("span", { class: "class-face" }, portrait(id)),
    h(
      "span",
      { class: "class-words" },
      h("b", {}, name),
      h("i", {}, description),
      h("span", { class: "figures" }, figures),
      h("span", { class: "talents" }, talents),
    ),
    statsRow(stats),
  );
}
