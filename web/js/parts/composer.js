/** Where one says what the cat does: the box, what might be done, and what the next action will break. */

/** @import { Game } from "../game.js" */

import { button, h, show } from "../dom.js";
import { icon } from "../icons.js";
import { loadDraft, saveDraft } from "../storage.js";
import { armedPart } from "./chaos.js";

const FIRST_IDEAS = ["Look around", "Who is here?", "What could I do?"]; // where nobody suggested anything yet
const LONGEST_ACTION = 2000; // characters: the API's own limit
const HIGHEST_BOX = 160; // pixels

export class Composer {
  #armed = h("div", { class: "armed-place" });
  #ideas = h("div", { class: "ideas", role: "group", tabindex: 0, "aria-label": "Suggested actions" });
  #send = h("button", { class: "send", "aria-label": "Send" }, icon("send"));
  #box;

  /**
   * @param {Game} game
   * @param {(action: string) => void} act
   */
  constructor(game, act) {
    this.game = game;
    this.act = act;
    this.#box = h("textarea", {
      id: "action",
      rows: 1,
      maxlength: LONGEST_ACTION,
      placeholder: "What does your cat do?",
      "aria-label": "What does your cat do?",
      enterkeyhint: "send",
      oninput: () => this.#setText(this.#box.value),
      onkeydown: (event) => {
        if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.#submit(event);
      },
    });
    this.#box.value = loadDraft(game.id);
    this.element = h(
      "form",
      { class: "composer", onsubmit: (event) => this.#submit(event) },
      this.#armed,
      this.#ideas,
      h("div", { class: "composer-row" }, this.#box, this.#send),
    );
  }

  /** @param {Event} event */
  #submit(event) {
    event.preventDefault();
    if (this.game.act(this.#box.value)) this.#setText("");
  }

  /** @param {string} text */
  #setText(text) {
    if (this.#box.value !== text) this.#box.value = text;
    saveDraft(this.game.id, text);
    this.#box.style.setProperty("height", "auto");
    this.#box.style.setProperty("height", `${Math.min(HIGHEST_BOX, this.#box.scrollHeight)}px`);
  }

  /**
   * Words that were not heard, unless others stand here by now.
   * @param {string} action
   */
  giveBack(action) {
    if (!this.#box.value) this.#setText(action);
  }

  /**
   * Words to be sent later, by hand.
   * @param {string} action
   */
  write(action) {
    this.#setText(action);
    this.#box.focus();
  }

  drawArmed() {
    const { game } = this;
    show(this.#armed, game.armed && armedPart(game, game.armed));
  }

  drawIdeas() {
    const { lastResolved, suggestions, playing, isOver } = this.game;
    const isBusy = playing !== null;
    this.element.hidden = isOver;
    this.element.classList.toggle("busy", isBusy);
    this.#send.disabled = isBusy;
    const ideas = lastResolved || suggestions.length > 0 ? suggestions : FIRST_IDEAS;
    show(
      this.#ideas,
      ideas.map((idea) => button("chip", () => this.act(idea), { disabled: isBusy }, idea)),
    );
  }
}
