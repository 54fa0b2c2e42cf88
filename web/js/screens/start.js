/** The first page: the city, the cats one has, and those who got furthest. */

/** @import { CampaignSummary, Standing } from "../api_types.d.ts" */

import * as api from "../api.js";
import { portrait, skyline } from "../art.js";
import { button, h, note, show } from "../dom.js";
import { icon } from "../icons.js";
import { lives } from "../parts/lives.js";
import { isGuest, isSignedIn, isUnconfirmed, signOut } from "../session.js";
import { WRITTEN_BY_AI, YOUR_DATA } from "../texts.js";
import { confirmEmailDialog, createAccountDialog, guestSignOutDialog, signInDialog } from "./signin.js";
import { yourDataDialog } from "./your_data.js";

const PREMISE =
  "Nekopolis was built as the largest pet-supply warehouse in the world. Eighty-one years ago the humans stepped out " +
  "for a short while. This morning, for the first time, breakfast did not come.";
const MOST_STANDINGS = 8;
const COLUMNS = ["", "cat", "level", "lives", "turns"];
const HOUR = 60; // minutes
const DAY = 24 * HOUR;

/**
 * @param {HTMLElement} main
 * @param {() => void} repaint
 */
export function start(main, repaint) {
  const mine = h("section", { class: "mine" });
  const others = h("section", { class: "others" });
  const hero = h(
    "header",
    { class: "hero" },
    skyline(),
    h(
      "div",
      { class: "hero-words" },
      h("h1", { class: "display" }, h("span", {}, "Nine"), " ", h("span", {}, "Lives")),
      h("p", { class: "lede" }, PREMISE),
      h(
        "p",
        { class: "choices" },
        h("a", { class: "button bright", href: "#/new" }, icon("cat"), "Wake up as a cat"),
        accountButtons(repaint),
      ),
      note(WRITTEN_BY_AI),
    ),
  );
  show(main, h("div", { class: "start" }, hero, h("div", { class: "shelves" }, mine, others)));
  if (!isSignedIn()) return;
  show(mine, note("Looking for your cats …"));
  load(mine, others);
}

/** @param {() => void} repaint */
function accountButtons(repaint) {
  const quiet = (/** @type {string} */ words, /** @type {() => void} */ act) => button("button quiet", act, {}, words);
  const leave = async () => {
    await signOut();
    repaint();
  };
  const keep = () => createAccountDialog(repaint);
  if (!isSignedIn()) return [quiet("I have been here before", () => signInDialog(repaint))];
  const data = quiet(YOUR_DATA.title, () => yourDataDialog(repaint));
  if (isGuest()) {
    const signOutAsGuest = quiet("Sign out", () => guestSignOutDialog(keep, leave));
    return [quiet("Keep my cats: make an account", keep), data, signOutAsGuest];
  }
  const confirm = () => confirmEmailDialog(repaint);
  return [isUnconfirmed() && quiet("Confirm my e-mail", confirm), data, quiet("Sign out", leave)];
}

/**
 * @param {HTMLElement} mine
 * @param {HTMLElement} others
 */
function load(mine, others) {
  showCats(mine).catch((error) => {
    const isDown = error instanceof api.NoAnswer;
    const why = isDown ? "The line to the city is down." : "The archive does not answer.";
    show(
      mine,
      note(why, " "),
      button("button quiet", () => load(mine, others), {}, "Try again"),
    );
  });
  showStandings(others).catch(() => show(others)); // one can play without them
}

/** @param {HTMLElement} place */
async function showCats(place) {
  let { items, next_cursor } = await api.campaigns();
  const list = h("ul", { class: "cats" }, items.map(catCard));
  const older = button(
    "button quiet",
    async () => {
      ({ items, next_cursor } = await api.campaigns(next_cursor));
      list.append(...items.map(catCard));
      older.hidden = !next_cursor;
    },
    { hidden: !next_cursor },
    "Older cats",
  );
  const none = note("None yet. The city is full of shelves; you woke on one of them.");
  show(place, h("h2", {}, "Your cats"), items.length === 0 ? none : list, older);
}

/** @param {CampaignSummary} cat */
function catCard(cat) {
  const ending = `the end: ${cat.ending?.replaceAll("-", " ") ?? ""}`;
  const state = cat.status === "ended" ? ending : `turn ${cat.turn} · ${cat.place.name}`;
  const words = h(
    "span",
    {},
    h("b", {}, cat.name),
    h("small", {}, `${cat.class_name}, level ${cat.level}`),
    h("small", {}, state),
    lives(cat.lives),
  );
  const time = h("time", { datetime: cat.updated_at }, ago(cat.updated_at));
  const link = { class: `cat-card ${cat.status}`, href: `#/play/${cat.campaign_id}` };
  return h("li", {}, h("a", link, portrait(cat.class_name.toLowerCase().replaceAll(" ", "-")), words, time));
}

/** @param {HTMLElement} place */
async function showStandings(place) {
  const { items } = await api.leaderboard();
  const head = COLUMNS.map((name) => h("th", { scope: "col" }, name));
  const rows = items.slice(0, MOST_STANDINGS).map(standing);
  const table = h("table", { class: "standings" }, h("thead", {}, h("tr", {}, head)), h("tbody", {}, rows));
  show(place, h("h2", {}, "Those who got furthest"), items.length === 0 ? note("Nobody yet.") : table);
}

/** @param {Standing} cat */
const standing = ({ rank, name, class_name, level, lives: left, turn, campaign_id }) =>
  h(
    "tr",
    { class: campaign_id ? "mine" : "" },
    h("td", {}, String(rank)),
    h("td", {}, name ?? "somebody’s cat", h("small", {}, class_name)),
    h("td", {}, String(level)),
    h("td", {}, `${left}/9`),
    h("td", {}, String(turn)),
  );

/** @param {string} time */
function ago(time) {
  const minutes = Math.round((Date.now() - Date.parse(time)) / 60_000);
  if (minutes < 2) return "just now";
  if (minutes < 1.5 * HOUR) return `${minutes} minutes ago`;
  if (minutes < 2 * DAY) return `${Math.round(minutes / HOUR)} hours ago`;
  return `${Math.round(minutes / DAY)} days ago`;
}
