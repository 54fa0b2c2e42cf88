/** What the city knows of one: download it, or have it erased for good. Either goes on without the page. */

/** @import { AccountExport, Erasure } from "../api_types.d.ts" */

import * as api from "../api.js";
import { button, dialog, focusOn, h, note, say, show } from "../dom.js";
import { attempt, wrongLine } from "../parts/form.js";
import { forgetPlayer } from "../session.js";
import { YOUR_DATA } from "../texts.js";

const PAUSE_MILLISECONDS = 1000;
const KILOBYTE = 1024;

/** @param {() => void} anew is called when the player was erased and the dialog is left */
export function yourDataDialog(anew) {
  let isErased = false;
  const place = h("div", { class: "door" });
  const box = dialog(YOUR_DATA.title, (close) => {
    const erased = (/** @type {Erasure} */ begun) => {
      isErased = true;
      forgetPlayer();
      showErasure(place, begun, close);
    };
    return show(place, downloadPart(), h("hr"), erasePart(erased));
  });
  box.addEventListener("close", () => {
    if (isErased) anew();
  });
  return box;
}

function downloadPart() {
  const wrong = wrongLine();
  const said = h("p", { class: "note", role: "status" });
  const element = h("section", { class: "door", "aria-label": YOUR_DATA.download });
  const begin = button(
    "button bright",
    () =>
      attempt(begin, wrong, async () => {
        show(element.lastElementChild ?? element);
        said.textContent = YOUR_DATA.packing;
        const made = await awaitExport(await api.beginExport(), element).finally(() => show(said));
        begin.hidden = Boolean(made?.link);
        if (made?.link) showLink(element, made.link, made);
        else if (made) wrong.textContent = YOUR_DATA.notPacked;
      }),
    {},
    YOUR_DATA.download,
  );
  return show(element, h("p", {}, YOUR_DATA.about), begin, said, wrong, h("div", { class: "door" }));
}

/**
 * The export once it is made or has failed; null when nobody looks any more.
 * @param {AccountExport} begun
 * @param {Element} shown
 */
async function awaitExport(begun, shown) {
  let seen = begun;
  while (seen.state === "running") {
    await pause();
    if (!shown.isConnected) return null;
    seen = await api.findExport(begun.export_id);
  }
  return seen.state === "ready" && !seen.link ? api.findExport(begun.export_id) : seen;
}

/**
 * @param {Element} element
 * @param {string} link
 * @param {AccountExport} made
 */
function showLink(element, link, { bytes }) {
  const size = `${Math.ceil((bytes ?? 0) / KILOBYTE)} KB`;
  const save = h("a", { class: "button bright", href: link, download: "nine-lives.zip" }, `Save it (${size})`);
  show(element.lastElementChild ?? element, save, note(YOUR_DATA.packed));
  say(YOUR_DATA.packed);
  save.focus();
}

/** @param {(begun: Erasure) => void} erased */
function erasePart(erased) {
  const wrong = wrongLine();
  const word = h("input", {
    name: "confirm",
    required: true,
    autocomplete: "off",
    autocapitalize: "none",
    spellcheck: "false",
    pattern: "\\s*[Ee][Rr][Aa][Ss][Ee]\\s*",
    title: "the word: erase",
  });
  const send = h("button", { class: "button" }, YOUR_DATA.eraseForGood);
  const onsubmit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    attempt(send, wrong, async () => erased(await api.eraseAccount()));
  };
  return h(
    "section",
    { class: "door", "aria-label": YOUR_DATA.erase },
    h("h3", {}, YOUR_DATA.erase),
    h("p", {}, YOUR_DATA.eraseAbout),
    h("form", { class: "form", "aria-label": YOUR_DATA.erase, onsubmit }, [
      h("label", {}, YOUR_DATA.confirm, word),
      wrong,
      send,
    ]),
  );
}

/**
 * How far it is, as long as somebody looks; it goes on without them.
 * @param {Element} place
 * @param {Erasure} begun
 * @param {() => void} close
 */
async function showErasure(place, begun, close) {
  const said = h("p", { role: "status", tabindex: -1 });
  const bar = h("progress", { "aria-label": YOUR_DATA.erase, max: begun.steps, value: begun.steps_done });
  const leave = button("button bright", close, {}, YOUR_DATA.anew);
  show(place, h("h3", {}, YOUR_DATA.erasing), said, bar, note(YOUR_DATA.goesOn), leave);
  said.textContent = wordsOf(begun);
  said.focus();
  let seen = begun;
  while (seen.state !== "done") {
    await pause();
    if (!place.isConnected) return;
    seen = await api.findErasure(begun.erasure_id).catch(() => seen); // the line is down: look again
    bar.max = seen.steps;
    bar.value = seen.steps_done;
    said.textContent = wordsOf(seen);
  }
  show(place, h("h3", {}, YOUR_DATA.erased), h("p", { role: "status" }, YOUR_DATA.nothingLeft), leave);
  say(YOUR_DATA.nothingLeft);
  focusOn(place, "button");
}

/**
 * The cats are counted in the first step.
 * @param {Erasure} erasure
 */
function wordsOf({ steps_done, steps, campaigns, campaigns_done }) {
  const step = `Step ${Math.min(steps_done + 1, steps)} of ${steps}.`;
  return campaigns ? `${step} ${campaigns_done} of ${campaigns} cats are gone.` : step;
}

const pause = () => new Promise((later) => setTimeout(later, PAUSE_MILLISECONDS));
