/** The page that makes a file of a story, to give away: other people have no access to a campaign. */

import * as api from "./api.js";
import { portrait } from "./art.js";
import { asFile, book } from "./book.js";
import { loadConfig } from "./config.js";
import { verifyAll } from "./dice.js";
import { button, byId, h, show } from "./dom.js";
import { verifyStory } from "./manifest.js";
import { askToSignIn } from "./screens/signin.js";
import { describeTrouble } from "./texts.js";
import { setApiUrl } from "./transport.js";

const main = byId("main");
const KEEP_FILE_MILLISECONDS = 60_000; // for the browser to save it
const ABOUT =
  "One HTML file with the story, the map, the proof of the dice and who told it. Only you can open this page; the " +
  "file you can give to anybody.";

/**
 * @param {HTMLElement} element
 * @param {string} name
 */
async function download(element, name) {
  const address = URL.createObjectURL(await asFile(element, `${name}: a story from Nekopolis`));
  const fileName = `nine-lives-${name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-")}.html`;
  h("a", { href: address, download: fileName }).click();
  setTimeout(() => URL.revokeObjectURL(address), KEEP_FILE_MILLISECONDS);
}

/** @param {string} id */
async function showBook(id) {
  const [campaign, turns, pages, manifests, keys] = await Promise.all([
    api.campaign(id),
    api.allTurns(id),
    api.dice(id),
    api.manifests(id),
    api.storyKeys(),
  ]);
  const { name } = campaign.sheet.state.character;
  const tools = [
    h(
      "div",
      { class: "tools" },
      button("button bright", () => download(element, name), {}, "Download the story"),
      h("a", { class: "button quiet", href: `index.html#/play/${id}` }, "Back to the game"),
    ),
    h("p", { class: "note tools" }, ABOUT),
  ];
  const told = await verifyStory(turns, manifests, keys);
  const element = book(campaign, turns, pages, await verifyAll(pages), told, keys, tools);
  document.title = `${name} · Nine Lives`;
  show(main, element);
}

/** @param {unknown} error */
function showTrouble(error) {
  const { title, text } = describeTrouble(error instanceof api.NoAnswer ? "offline" : "not-found");
  const choices = h(
    "p",
    { class: "choices" },
    button("button", () => location.reload(), {}, "Look again"),
    h("a", { class: "button bright", href: "index.html" }, "All cats"),
  );
  const words = [h("h1", {}, title), h("p", {}, text)];
  show(main, h("div", { class: "center lost" }, portrait("whisker-seer"), words, choices));
}

try {
  setApiUrl((await loadConfig()).api_url);
  api.onSignInNeeded(askToSignIn);
  const id = new URLSearchParams(location.search).get("campaign") ?? "";
  if (!/^c_[a-z2-7]{26}$/.test(id)) throw new Error("no campaign");
  await showBook(id);
} catch (error) {
  showTrouble(error);
}
