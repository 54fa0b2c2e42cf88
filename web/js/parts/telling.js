/** The text of a turn, which may grow while it is told: a sentence that is there stays the element it was. */

import { h } from "../dom.js";

const ENDS = /(?<=[.!?…]["”’]?)\s+(?=[\p{Lu}"“‘])/u;

/** Paragraphs of sentences. */
export const sentences = (text) => text.split(/\n+/).filter((each) => each.trim()).map((paragraph) => paragraph.trim().split(ENDS));

export class Telling {
  #lines = []; // paragraphs: { element, spoken: [{ element, text }] }

  constructor() {
    this.element = h("div", { class: "told" });
    this.text = "";
  }

  /** What is shown has come in: it does not come in again where it is put next. */
  settle() {
    for (const each of this.element.querySelectorAll(".soft")) each.classList.remove("soft");
    return this;
  }

  /** Show `text`. What is new comes in sentence by sentence when `softly`; returns the sentences that are new. */
  tell(text, softly = false) {
    const fresh = [];
    this.text = text;
    const said = sentences(text);
    said.forEach((words, n) => this.#line(n, words, softly, fresh));
    this.#lines.splice(said.length).forEach(({ element }) => element.remove());
    return fresh;
  }

  #line(n, words, softly, fresh) {
    if (!this.#lines[n]) {
      this.#lines[n] = { element: h("p", {}), spoken: [] };
      this.element.append(this.#lines[n].element);
    }
    const { element, spoken } = this.#lines[n];
    words.forEach((sentence, at) => {
      if (spoken[at]?.text === sentence) return;
      if (spoken[at]) {
        const rest = sentence.startsWith(spoken[at].text) ? sentence.slice(spoken[at].text.length).trim() : sentence;
        Object.assign(spoken[at], { text: sentence }).element.textContent = sentence;
        fresh.push(rest);
        return;
      }
      const span = h("span", { class: softly ? "sentence soft" : "sentence", vars: { "--nth": fresh.length } }, sentence);
      spoken.push({ element: span, text: sentence });
      element.append(span, " ");
      fresh.push(sentence);
    });
    spoken.splice(words.length).forEach((each) => { each.element.nextSibling?.remove(); each.element.remove(); });
  }
}
