/** The first page: the city, the cats one has, and those who got furthest. */

import * as api from "../api.js";
import { portrait, skyline } from "../art.js";
import { h, show } from "../dom.js";
import { icon } from "../icons.js";
import { guest, known, signOut, unconfirmed } from "../session.js";
import { again, confirm, leaving, upgrade } from "./signin.js";
import { lives } from "../parts/lives.js";

const ago = (time) => {
  const minutes = Math.round((Date.now() - Date.parse(time)) / 60000);
  if (minutes < 2) return "just now";
  if (minutes < 90) return `${minutes} minutes ago`;
  return minutes < 2880 ? `${Math.round(minutes / 60)} hours ago` : `${Math.round(minutes / 1440)} days ago`;
};
const CLASS_IDS = (name) => name.toLowerCase().replaceAll(" ", "-");

const catCard = (item) => h("li", {}, h("a", { class: `cat-card ${item.status}`, href: `#/play/${item.campaign_id}` },
  portrait(CLASS_IDS(item.class_name)),
  h("span", {}, h("b", {}, item.name), h("small", {}, `${item.class_name}, level ${item.level}`),
    h("small", {}, item.status === "ended" ? `the end: ${item.ending?.replaceAll("-", " ") ?? ""}` : `turn ${item.turn} · ${item.place.name}`), lives(item.lives)),
  h("time", { datetime: item.updated_at }, ago(item.updated_at))));

const standing = (item) => h("tr", { class: item.campaign_id ? "mine" : "" }, h("td", {}, String(item.rank)),
  h("td", {}, item.name ?? "somebody’s cat", h("small", {}, item.class_name)), h("td", {}, String(item.level)), h("td", {}, `${item.lives}/9`), h("td", {}, String(item.turn)));

async function cats(place) {
  const page = await api.campaigns();
  const list = h("ul", { class: "cats" }, page.items.map(catCard));
  const more = h("button", { type: "button", class: "button quiet", hidden: !page.next_cursor, onclick: async () => {
    const next = await api.campaigns(page.next_cursor);
    list.append(...next.items.map(catCard));
    page.next_cursor = next.next_cursor;
    more.hidden = !next.next_cursor;
  } }, "Older cats");
  show(place, h("h2", {}, "Your cats"), page.items.length === 0 ? h("p", { class: "note" }, "None yet. The city is full of shelves; you woke on one of them.") : list, more);
}

async function best(place) {
  const { items } = await api.leaderboard();
  show(place, h("h2", {}, "Those who got furthest"), items.length === 0 ? h("p", { class: "note" }, "Nobody yet.")
    : h("table", { class: "standings" }, h("thead", {}, h("tr", {}, ["", "cat", "level", "lives", "turns"].map((name) => h("th", { scope: "col" }, name)))), h("tbody", {}, items.slice(0, 8).map(standing))));
}

const trouble = (place, retry) => (error) => show(place, h("p", { class: "note" }, error instanceof api.Silence ? "The line to the city is down." : "The archive does not answer.", " "),
  h("button", { type: "button", class: "button quiet", onclick: retry }, "Try again"));

export function start(main, repaint) {
  const mine = h("section", { class: "mine" }, known() && h("p", { class: "note" }, "Looking for your cats …"));
  const others = h("section", { class: "others" });
  const leave = async () => { await signOut(); repaint(); };
  const keep = () => upgrade(repaint);
  const quiet = (words, onclick) => h("button", { type: "button", class: "button quiet", onclick }, words);
  const who = !known() ? quiet("I have been here before", () => again(repaint))
    : guest() ? [quiet("Keep my cats: make an account", keep), quiet("Sign out", () => leaving(keep, leave))]
      : [unconfirmed() && quiet("Confirm my e-mail", () => confirm(repaint)), quiet("Sign out", leave)];
  show(main, h("div", { class: "start" },
    h("header", { class: "hero" }, skyline(), h("div", { class: "hero-words" },
      h("h1", { class: "display" }, h("span", {}, "Nine"), " ", h("span", {}, "Lives")),
      h("p", { class: "lede" }, "Nekopolis was built as the largest pet-supply warehouse in the world. Eighty-one years ago the humans stepped out for a short while. This morning, for the first time, breakfast did not come."),
      h("p", { class: "choices" }, h("a", { class: "button bright", href: "#/new" }, icon("cat"), "Wake up as a cat"),
        who))),
    h("div", { class: "shelves" }, mine, others)));
  if (!known()) return;
  const load = () => {
    cats(mine).catch(trouble(mine, load));
    best(others).catch(() => show(others));
  };
  load();
}
