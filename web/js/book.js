/** A campaign as a book: the story, the map and the dice, and the same as one file that needs nothing else. */

/** @import { Ancestor, Campaign, Dice, DiceOfTurn, KeySet, Roll, Turn } from "./api_types.d.ts" */
/** @import { Verdict } from "./dice.js" */
/** @import { Child } from "./dom.js" */
/** @import { StoryVerdict } from "./manifest.js" */

import { portrait } from "./art.js";
import { h, note } from "./dom.js";
import { cityMap } from "./map.js";
import { openingText, turnCard } from "./parts/story.js";

/** @typedef {{ number: number, roll: Roll }} NumberedRoll of the turn with this number */

const SHEETS = ["css/base.css", "css/parts.css", "css/share.css"];
const BY_A_MACHINE = "This story was written by a machine, an AI. Under each turn stands which one told it.";
/** What a story is for machines that read it, by who told it: digital source types of IPTC. */
const SOURCE_TYPES = {
  model: "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
  understudy: "http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia",
};
const COLUMNS = ["turn", "key", "dice", "faces"];
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

/**
 * The book as an element.
 * @param {Campaign} campaign
 * @param {Turn[]} turns
 * @param {Dice[]} pages
 * @param {Verdict} verdict
 * @param {StoryVerdict} story
 * @param {KeySet} keys
 * @param {Child} tools stand at its head on the page, not in the file
 */
export function book(campaign, turns, pages, verdict, story, keys, tools) {
  const { state } = campaign.sheet;
  const told = turns.filter((turn) => turn.status === "resolved");
  const rolls = pages.flatMap((page) => page.turns).flatMap(numberedRolls);
  return h(
    "article",
    { class: "book", itemscope: true, itemtype: "https://schema.org/CreativeWork" },
    sourceTypes(told),
    titlePage(campaign, told.length, tools),
    h(
      "section",
      { "aria-label": "The story" },
      openingText(campaign),
      told.map((turn) => turnCard(turn, { context: { proofs: verdict.proofs } })),
    ),
    h("section", { "aria-label": "The map" }, h("h2", {}, "Where it happened"), cityMap(state, null)),
    tellerProof(story, keys),
    diceProof(verdict, rolls, campaign.forked_from),
  );
}

/** @param {Turn[]} told */
function sourceTypes(told) {
  const tellers = new Set(told.flatMap(({ told_by }) => told_by ?? []));
  return [...tellers].map((teller) => h("link", { itemprop: "digitalSourceType", href: SOURCE_TYPES[teller] }));
}

/**
 * @param {Campaign} campaign
 * @param {number} turns
 * @param {Child} tools
 */
function titlePage({ sheet, started_at }, turns, tools) {
  const { character: cat, world, ending } = sheet.state;
  const end = ending ? `The end: ${ending.replaceAll("-", " ")}.` : "The story goes on.";
  const lede = `${turns} turns, level ${cat.level}, ${cat.lives} of nine lives left. ${end}`;
  return h(
    "header",
    {},
    portrait(cat.class_id),
    h("p", { class: "kicker" }, `${world} · ${started_at.slice(0, 10)}`),
    h("h1", {}, `${cat.name}, ${cat.class_name}`),
    h("p", { class: "lede" }, lede),
    note(BY_A_MACHINE),
    tools,
  );
}

const WHOSE = { model: "by a language model", understudy: "by the understudy", mixed: "by a model and the understudy" };

/**
 * @param {StoryVerdict} story
 * @param {KeySet} keys
 */
const tellerProof = (story, keys) =>
  h(
    "section",
    { class: "honest", "aria-label": "Who told it" },
    h("h2", {}, "Who told it"),
    storyLine(story),
    story.signed.length > 0 &&
      h(
        "details",
        {},
        h("summary", {}, "Check it yourself: ninelives story verify FILE"),
        h("p", {}, "What was signed of each turn (JWS, ES256), and the public keys that came with it:"),
        story.signed.map((jws) => h("p", {}, h("code", { class: "jws" }, jws))),
        h("p", {}, h("code", { class: "jwks" }, JSON.stringify(keys))),
      ),
  );

/** @param {StoryVerdict} story */
function storyLine({ signed, words, wrong }) {
  if (signed.length === 0) {
    const unsigned = "Who told it stands under each turn. Nothing of it is signed: this deployment has no key for it.";
    return h("p", { class: "verdict waiting" }, unsigned);
  }
  const whose = Object.entries(WHOSE).flatMap(([who, by]) => (words[who] ? `${words[who]} ${by}` : []));
  const verified =
    `✓ Every sentence of the turns is as it was signed: ${whose.join(", ")}. What stands before the first turn is ` +
    "the world’s own, and no turn’s.";
  return h("p", { class: `verdict ${wrong.length === 0}` }, wrong[0] ? `✗ Of this story ${wrong[0]}.` : verified);
}

/**
 * @param {DiceOfTurn} turn
 * @returns {NumberedRoll[]}
 */
const numberedRolls = ({ number, rolls }) => rolls.map((roll) => ({ number, roll }));

/**
 * @param {Verdict} verdict
 * @param {NumberedRoll[]} rolls
 * @param {Ancestor | null | undefined} ancestor
 */
function diceProof(verdict, rolls, ancestor) {
  const { commitment, seed } = verdict;
  return h(
    "section",
    { class: "honest", "aria-label": "The dice" },
    h("h2", {}, "The dice"),
    verdictLine(verdict),
    ancestor && note(`Up to turn ${ancestor.turn} this is another campaign’s past; those dice are proved there.`),
    h(
      "dl",
      {},
      h("dt", {}, "The promise: SHA-256 of the seed, published before the first turn"),
      h("dd", {}, h("code", {}, commitment)),
      seed && [h("dt", {}, "The seed, published at the end"), h("dd", {}, h("code", {}, seed))],
    ),
    h("details", {}, h("summary", {}, "Check it yourself, in Python"), h("pre", {}, RECIPE), rollTable(rolls)),
  );
}

/** @param {Verdict} verdict */
function verdictLine({ seed, committed, rolls, verified, wrong }) {
  if (!seed) {
    const sealed = "The story goes on, so the seed is still sealed. What is fixed already is its hash.";
    return h("p", { class: "verdict waiting" }, sealed);
  }
  let words =
    `✓ The seed is the one promised at the start, and it gives every one of the ${rolls} rolls, computed again in ` +
    "the browser that made this page.";
  if (verified !== rolls) words = `✗ ${wrong.length} of ${rolls} rolls differ from what the seed gives.`;
  if (!committed) words = "✗ The seed is not the one that was promised.";
  return h("p", { class: `verdict ${committed && verified === rolls}` }, words);
}

/** @param {NumberedRoll[]} rolls */
function rollTable(rolls) {
  const head = COLUMNS.map((name) => h("th", { scope: "col" }, name));
  return h("table", {}, h("thead", {}, h("tr", {}, head)), h("tbody", {}, rolls.map(rollRow)));
}

/** @param {NumberedRoll} numbered */
function rollRow({ number, roll: { key, count, sides, faces } }) {
  const values = [String(number), key, `${count}d${sides}`, faces.join(" ")];
  const cells = values.map((value) => h("td", {}, value));
  return h("tr", {}, cells);
}

/** @param {string} text */
const escaped = (text) => text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);

/** @param {string} path */
const textAt = async (path) => (await fetch(path)).text();

/**
 * The same as one HTML file: its styles within, no script, nothing fetched from anywhere.
 * @param {HTMLElement} element
 * @param {string} title
 */
export async function asFile(element, title) {
  const styles = (await Promise.all(SHEETS.map(textAt))).join("\n");
  const copy = /** @type {HTMLElement} */ (element.cloneNode(true));
  for (const each of copy.querySelectorAll("button, .tools, .report")) each.remove();
  for (const each of copy.querySelectorAll("[style]")) each.removeAttribute("style");
  const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${styles}</style>
<body>${copy.outerHTML}</body>
</html>
`;
  return new Blob([page], { type: "text/html" });
}
