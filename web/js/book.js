/** A campaign as a book: the story, the map and the dice, and the same as one file that needs nothing else. */

import { portrait } from "./art.js";
import { h } from "./dom.js";
import { cityMap } from "./map.js";
import { turnCard } from "./parts/story.js";

const SHEETS = ["css/base.css", "css/parts.css", "css/share.css"];
const RECIPE = `import hashlib, hmac

def faces(seed, key, count, sides):
    fair, found, block = 2**32 // sides * sides, [], 0
    while len(found) < count:
        digest = hmac.new(bytes.fromhex(seed), f"{key}#{block}".encode(), hashlib.sha256).digest()
        for at in range(0, 32, 4):
            value = int.from_bytes(digest[at:at + 4], "big")
            if value < fair and len(found) < count:
                found.append(value % sides + 1)
        block += 1
    return found

assert hashlib.sha256(bytes.fromhex(SEED)).hexdigest() == COMMITMENT
assert faces(SEED, KEY, COUNT, SIDES) == FACES`;

function honest(verdict, rolls, inherited) {
  const whole = verdict.seed && verdict.committed && verdict.verified === verdict.rolls;
  return h("section", { class: "honest", "aria-label": "The dice" }, h("h2", {}, "The dice"),
    h("p", { class: `verdict ${verdict.seed ? whole : "waiting"}` }, !verdict.seed
      ? "The story goes on, so the seed is still sealed. What is fixed already is its hash."
      : whole ? `✓ The seed is the one promised at the start, and it gives every one of the ${verdict.rolls} rolls, computed again in the browser that made this page.`
        : `✗ ${verdict.committed ? `${verdict.wrong.length} of ${verdict.rolls} rolls differ from what the seed gives.` : "The seed is not the one that was promised."}`),
    inherited && h("p", { class: "note" }, `Up to turn ${inherited.turn} this is another campaign’s past; those dice are proved there.`),
    h("dl", {}, h("dt", {}, "The promise: SHA-256 of the seed, published before the first turn"), h("dd", {}, h("code", {}, verdict.commitment)),
      verdict.seed && [h("dt", {}, "The seed, published at the end"), h("dd", {}, h("code", {}, verdict.seed))]),
    h("details", {}, h("summary", {}, "Check it yourself, in Python"), h("pre", {}, RECIPE),
      h("table", {}, h("thead", {}, h("tr", {}, ["turn", "key", "dice", "faces"].map((name) => h("th", { scope: "col" }, name)))),
        h("tbody", {}, rolls.map(({ number, roll }) => h("tr", {}, h("td", {}, String(number)), h("td", {}, roll.key), h("td", {}, `${roll.count}d${roll.sides}`), h("td", {}, roll.faces.join(" "))))))));
}

/** The book as an element. */
export function book(campaign, turns, pages, verdict) {
  const { state } = campaign.sheet;
  const { character: cat } = state;
  const told = turns.filter((turn) => turn.status === "resolved");
  const rolls = pages.flatMap((page) => page.turns).flatMap(({ number, rolls: thrown }) => thrown.map((roll) => ({ number, roll })));
  return h("article", { class: "book" },
    h("header", {}, portrait(cat.class_id), h("p", { class: "kicker" }, `${state.world} · ${campaign.started_at.slice(0, 10)}`),
      h("h1", {}, `${cat.name}, ${cat.class_name}`),
      h("p", { class: "lede" }, `${told.length} turns, level ${cat.level}, ${cat.lives} of nine lives left. ${state.ending ? `The end: ${state.ending.replaceAll("-", " ")}.` : "The story goes on."}`)),
    h("section", { "aria-label": "The story" }, told.map((turn) => turnCard(turn, { campaignId: campaign.id, proofs: verdict.proofs }))),
    h("section", { "aria-label": "The map" }, h("h2", {}, "Where it happened"), cityMap(state, null)),
    honest(verdict, rolls, campaign.forked_from));
}

const escaped = (text) => text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);

/** The same as one HTML file: its styles within, no script, nothing fetched from anywhere. */
export async function asFile(element, title) {
  const styles = (await Promise.all(SHEETS.map(async (path) => (await fetch(path)).text()))).join("\n");
  const copy = element.cloneNode(true);
  copy.querySelectorAll("button, .tools").forEach((each) => each.remove());
  copy.querySelectorAll("[style]").forEach((each) => each.removeAttribute("style"));
  return new Blob([`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${styles}</style>
<body>${copy.outerHTML}</body>
</html>
`], { type: "text/html" });
}
