/** The text of a turn, which may grow while it is told: a sentence that is there stays the element it was. */

import { h } from "../dom.js";

/** @typedef {{ element: HTMLElement, text: string }} Sentence */
/** @typedef {{ element: HTMLElement, sentences: Sentence[] }} Paragraph */

const SENTENCE_END = /(?<=[.!?…]["”’]?)\s+(?=[\p{Lu}"“‘])/u;

/**
 * Paragraphs of sentences.
 * @param {string} text
 */
export const split = (text) =>
  text
    .split(/\n+/)
    .filter((paragraph) => paragraph.trim())
    .map((paragraph) => paragraph.trim().split(SENTENCE_END));

export class StoryText {
  /** @type {Paragraph[]} */
  #paragraphs = [];

  constructor() {
    this.element = h("div", { class: "told" });
    this.text = "";
  }

  /** What is shown has come in: it does not come in again where it is put next. */
  settle() {
    for (const each of this.element.querySelectorAll(".soft")) each.classList.remove("soft");
    return this;
  }

  /**
   * Show `text`, with what is new coming in sentence by sentence when `softly`. Returns the sentences that are new.
   * @param {string} text
   * @param {boolean} [softly]
   */
  update(text, softly = false) {
    /** @type {string[]} */
    const fresh = [];
    this.text = text;
    const wanted = split(text);
    for (const [n, sentences] of wanted.entries()) {
      const paragraph = this.#paragraphs[n] ?? this.#addParagraph();
      for (const [at, sentence] of sentences.entries()) setSentence(paragraph, at, sentence, softly, fresh);
      for (const { element } of paragraph.sentences.splice(sentences.length)) {
        element.nextSibling?.remove(); // the blank after it
        element.remove();
      }
    }
    for (const { element } of this.#paragraphs.splice(wanted.length)) element.remove();
    return fresh;
  }

  #addParagraph() {
    /** @type {Paragraph} */
    const paragraph = { element: h("p"), sentences: [] };
    this.#paragraphs.push(paragraph);
    this.element.append(paragraph.element);
    return paragraph;
  }
}

/**
 * Make the sentence at this place be `text`, and note in `fresh` what was not there before.
 * @param {Paragraph} paragraph
 * @param {number} at
 * @param {string} text
 * @param {boolean} softly
 * @param {string[]} fresh
 */
function setSentence({ element, sentences }, at, text, softly, fresh) {
  const known = sentences[at];
  if (known?.text === text) return;
  if (known) {
    fresh.push(text.startsWith(known.text) ? text.slice(known.text.length).trim() : text);
    known.text = text;
    known.element.textContent = text;
    return;
  }
  const span = h("span", { class: softly ? "sentence soft" : "sentence", vars: { "--nth": fresh.length } }, text);
  sentences.push({ element: span, text });
  element.append(span, " ");
  fresh.push(text);
}
