/** The door: reads the configuration, and shows the screen the address names. */

import { door } from "./api.js";
import { configure } from "./config.js";
import { h, show } from "./dom.js";
import { create } from "./screens/create.js";
import { play } from "./screens/play.js";
import { knock } from "./screens/signin.js";
import { start } from "./screens/start.js";
import { reach } from "./transport.js";

const main = document.getElementById("main");
let leave = null;
let knocking = null;

/** Asked for once, however many requests stand before the door. */
door.open = (why) => { knocking ??= knock(why).finally(() => { knocking = null; }); return knocking; };

const go = (address) => { location.hash = address; };

function screen() {
  leave?.();
  leave = null;
  const [, name, id] = location.hash.split("/");
  document.body.dataset.screen = name || "start";
  if (name === "play" && /^c_[a-z2-7]{26}$/.test(id ?? "")) leave = play(main, id);
  else if (name === "new") create(main, go);
  else start(main, screen);
  if (document.activeElement === document.body) main.focus({ preventScroll: true });
}

try {
  const { api_url } = await configure();
  reach(api_url);
  addEventListener("hashchange", screen);
  screen();
} catch (error) {
  show(main, h("div", { class: "center" }, h("h1", {}, "The city is not answering"), h("p", {}, "Somebody has switched off the lights. It may be us."),
    h("button", { type: "button", class: "button", onclick: () => location.reload() }, "Knock again")));
}
