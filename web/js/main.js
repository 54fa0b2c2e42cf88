/** The game's page: reads the configuration, and shows the screen the address names. */

import { onSignInNeeded } from "./api.js";
import { loadConfig } from "./config.js";
import { button, byId, h, show } from "./dom.js";
import { create } from "./screens/create.js";
import { play } from "./screens/play.js";
import { askToSignIn } from "./screens/signin.js";
import { start } from "./screens/start.js";
import { setApiUrl } from "./transport.js";

const main = byId("main");

/** @type {(() => void) | null} of the screen that is shown */
let leave = null;

/** @param {string} address */
function go(address) {
  location.hash = address;
}

function showScreen() {
  leave?.();
  leave = null;
  const [, name, id = ""] = location.hash.split("/");
  document.body.dataset.screen = name || "start";
  if (name === "play" && /^c_[a-z2-7]{26}$/.test(id)) leave = play(main, id);
  else if (name === "new") create(main, go);
  else start(main, showScreen);
  if (document.activeElement === document.body) main.focus({ preventScroll: true });
}

try {
  setApiUrl((await loadConfig()).api_url);
  onSignInNeeded(askToSignIn);
  addEventListener("hashchange", showScreen);
  showScreen();
} catch {
  const reload = button("button", () => location.reload(), {}, "Knock again");
  const why = h("p", {}, "Somebody has switched off the lights. It may be us.");
  show(main, h("div", { class: "center" }, h("h1", {}, "The city is not answering"), why, reload));
}
