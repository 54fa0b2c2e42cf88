/** Make a cat: what it is, and what it is called. */

import * as api from "../api.js";
import { portrait } from "../art.js";
import { h, show } from "../dom.js";
import { abilityText, statsRow } from "../parts/sheet.js";
import { trouble } from "../voice.js";

const NAMES = ["Whisker", "Soot", "Mrs Tuna", "Static", "Biscuit", "Umbra", "Socket", "Marmalade", "Nine", "Velcro"];

const card = (cat, picked, pick) => h("label", { class: "class-card" },
  h("input", { type: "radio", name: "class", value: cat.id, checked: picked, onchange: () => pick(cat), class: "unseen" }),
  h("span", { class: "class-face" }, portrait(cat.id)),
  h("span", { class: "class-words" }, h("b", {}, cat.name), h("i", {}, cat.description),
    h("span", { class: "figures" }, `${cat.hp} hp · ${cat.energy} energy · armour ${cat.armour} · ${cat.credits} credits`),
    h("span", { class: "talents" }, cat.abilities.map((ability) => h("span", {}, h("b", {}, ability.name), h("small", {}, abilityText(ability)))))), statsRow(cat.stats));

export async function create(main, go) {
  show(main, h("p", { class: "loading" }, "Reading the tags on the shelves …"));
  let world;
  try {
    world = await api.world();
  } catch {
    show(main, h("div", { class: "center" }, h("p", {}, trouble("offline").text), h("button", { type: "button", class: "button", onclick: () => create(main, go) }, "Try again")));
    return;
  }
  let chosen = world.classes[0];
  const key = api.newKey(); // one page, one wish: a second click is the same cat
  const wrong = h("p", { class: "wrong", role: "alert" });
  const name = h("input", { id: "name", name: "name", required: true, maxlength: 40, autocomplete: "off", placeholder: NAMES[Math.floor(Math.random() * NAMES.length)] });
  const wake = h("button", { class: "button bright" }, "Wake up");
  const submit = async (event) => {
    event.preventDefault();
    wake.disabled = true;
    wrong.textContent = "";
    try {
      const campaign = await api.start(name.value.trim() || name.placeholder, chosen.id, `${key}-${chosen.id}-${await digest(name.value)}`);
      go(`#/play/${campaign.id}`);
    } catch (error) {
      wrong.textContent = error instanceof api.Refused ? [error.problem.detail, ...(error.problem.errors ?? []).map((each) => each.detail)].join(" ")
        : error instanceof api.Silence ? trouble("offline").text : "";
      wake.disabled = false;
    }
  };
  name.required = false;
  show(main, h("form", { class: "create", onsubmit: submit },
    h("header", {}, h("a", { class: "back", href: "#/" }, "← back"), h("h1", { class: "display small" }, "Who woke up?"), h("p", { class: "lede" }, world.premise)),
    h("fieldset", { class: "classes" }, h("legend", { class: "unseen" }, "Your class"), world.classes.map((cat, n) => card(cat, n === 0, (picked) => { chosen = picked; }))),
    h("footer", { class: "naming" }, h("label", { for: "name" }, "The tag on your ear says"), name, wake, wrong)));
  main.querySelector("input[type=radio]")?.focus({ preventScroll: true });
}

const digest = async (text) => [...new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)))].slice(0, 6).map((byte) => byte.toString(16).padStart(2, "0")).join("");
