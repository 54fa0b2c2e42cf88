/** The page that makes a story one's own to give away: other people have no access to a campaign, but a file is a file. */

import * as api from "./api.js";
import { portrait } from "./art.js";
import { book, asFile } from "./book.js";
import { configure } from "./config.js";
import { verifyAll } from "./dice.js";
import { h, show } from "./dom.js";
import { knock } from "./screens/signin.js";
import { reach } from "./transport.js";
import { trouble } from "./voice.js";

const main = document.getElementById("main");
let knocking = null;
api.door.open = (why) => { knocking ??= knock(why).finally(() => { knocking = null; }); return knocking; };

async function save(element, name) {
  const address = URL.createObjectURL(await asFile(element, `${name}: a story from Nekopolis`));
  const link = h("a", { href: address, download: `nine-lives-${name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-")}.html` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

async function open(id) {
  const [campaign, turns, pages] = await Promise.all([api.campaign(id), api.allTurns(id), api.dice(id)]);
  const element = book(campaign, turns, pages, await verifyAll(pages));
  const { name } = campaign.sheet.state.character;
  element.querySelector("header").append(h("div", { class: "tools" },
    h("button", { type: "button", class: "button bright", onclick: () => save(element, name) }, "Download the story"),
    h("a", { class: "button quiet", href: `index.html#/play/${id}` }, "Back to the game")),
  h("p", { class: "note tools" }, "One HTML file with the story, the map and the proof of the dice. Only you can open this page; the file you can give to anybody."));
  document.title = `${name} · Nine Lives`;
  show(main, element);
}

try {
  reach((await configure()).api_url);
  const id = new URLSearchParams(location.search).get("campaign") ?? "";
  if (!/^c_[a-z2-7]{26}$/.test(id)) throw new Error("no campaign");
  await open(id);
} catch (error) {
  const { title, text } = error instanceof api.Silence ? trouble("offline") : trouble("not-found");
  show(main, h("div", { class: "center lost" }, portrait("whisker-seer"), h("h1", {}, title), h("p", {}, text),
    h("p", { class: "choices" }, h("button", { type: "button", class: "button", onclick: () => location.reload() }, "Look again"), h("a", { class: "button bright", href: "index.html" }, "All cats"))));
}
