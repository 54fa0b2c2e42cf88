/** The game: story in the middle, the cat and its city around it, and the machine behind a curtain. */

/** @import { Sheet } from "../api_types.d.ts" */
/** @import { IconName } from "../icons.js" */
/** @import { Trouble } from "../texts.js" */

import { ApiError } from "../api.js";
import { button, clearRead, focusOn, h, show } from "../dom.js";
import { Game } from "../game.js";
import { icon } from "../icons.js";
import { bagPart } from "../parts/bag.js";
import { cityPart } from "../parts/city.js";
import { Composer } from "../parts/composer.js";
import { Curtain } from "../parts/curtain.js";
import { fightPart } from "../parts/fight.js";
import { lives } from "../parts/lives.js";
import { meter } from "../parts/meter.js";
import { questsPart } from "../parts/quests.js";
import { sheetPart } from "../parts/sheet.js";
import { StoryColumn } from "../parts/story_column.js";
import { describeTrouble } from "../texts.js";

/** @type {{ name: string, label: string, picture: IconName }[]} */
const TABS = [
  { name: "story", label: "Story", picture: "story" },
  { name: "sheet", label: "Cat", picture: "cat" },
  { name: "bag", label: "Bag", picture: "bag" },
  { name: "quests", label: "Quests", picture: "quest" },
  { name: "map", label: "Map", picture: "map" },
];
const WIDE = matchMedia("(min-width: 1000px)");

/**
 * Show a campaign. Returns what to call when another screen is shown.
 * @param {HTMLElement} main
 * @param {string} id
 */
export function play(main, id) {
  const screen = new PlayScreen(new Game(id), () => play(main, id));
  show(main, screen.element);
  screen.open();
  return () => screen.close();
}

class PlayScreen {
  #status = h("div", { class: "status" });
  #trouble = h("div", { class: "trouble-place" });
  #fight = h("div", { class: "fight-place" });
  #sheet = h("div", { class: "tab-sheet" });
  #bag = h("div", { class: "tab-bag" });
  #quests = h("div", { class: "tab-quests" });
  #map = h("div", { class: "tab-map" });
  #left = h("div", { class: "left" }, this.#sheet);
  #tabs = TABS.map(({ name, label, picture }) => {
    const state = { "data-tab": name, "aria-pressed": String(name === "story") };
    return h("button", { type: "button", ...state, onclick: () => this.#choose(name) }, icon(picture), label);
  });
  #lift = button(
    "lift",
    () => this.#toggleCurtain(),
    { "aria-label": "Behind the curtain", "aria-expanded": "false", "aria-controls": "curtain" },
    icon("curtain", 18),
    h("span", {}, "Behind the curtain"),
  );
  /** @type {Map<string, unknown[]>} what each part was last drawn of */
  #drawn = new Map();
  #story;
  #composer;
  #machine;
  #curtain;
  #middle;

  /**
   * @param {Game} game
   * @param {() => void} retry
   */
  constructor(game, retry) {
    this.game = game;
    this.retry = retry;
    this.#story = new StoryColumn(game, this.#act);
    this.#composer = new Composer(game, this.#act);
    this.#machine = new Curtain(game);
    this.#curtain = h(
      "aside",
      { class: "curtain", id: "curtain", "aria-label": "Behind the curtain", hidden: true },
      h(
        "header",
        {},
        h("h2", {}, "Behind the curtain"),
        button("plain", () => this.#toggleCurtain(), { "aria-label": "Close the curtain" }, "✕"),
      ),
      this.#machine.element,
    );
    this.#middle = h(
      "section",
      { class: "middle", "aria-label": "Story" },
      this.#story.element,
      this.#trouble,
      this.#composer.element,
    );
    this.element = h(
      "div",
      { class: "play", "data-tab": "story" },
      h("header", { class: "bar" }, homeLink(), this.#status, this.#lift),
      this.#left,
      this.#middle,
      h("div", { class: "right" }, this.#map, this.#quests, this.#bag),
      h("nav", { class: "tabs", "aria-label": "Parts of the game" }, this.#tabs),
      this.#curtain,
    );
    this.#placeFight();
  }

  async open() {
    const { game } = this;
    WIDE.addEventListener("change", this.#placeFight);
    game.addEventListener("change", () => this.#draw());
    game.addEventListener("giveback", (event) => {
      if (event instanceof CustomEvent) this.#composer.giveBack(event.detail);
    });
    try {
      await game.open();
    } catch (error) {
      this.#story.showInstead(cannotOpen(error, this.retry));
    }
  }

  close() {
    this.game.close();
    WIDE.removeEventListener("change", this.#placeFight);
    clearRead();
  }

  /**
   * What a button says: done at once, or put into the box while a turn is being told.
   * @param {string} action
   */
  #act = (action) => {
    if (this.game.isOver) return;
    const isPlayed = this.game.act(action);
    this.#choose("story");
    if (!isPlayed) this.#composer.write(action);
  };

  /** A fight stands beside the story where there is room, else below it. */
  #placeFight = () => {
    if (WIDE.matches && this.#curtain.hidden) this.#left.prepend(this.#fight);
    else this.#middle.insertBefore(this.#fight, this.#composer.element);
  };

  /** @param {string} tab */
  #choose(tab) {
    this.element.dataset.tab = tab;
    for (const each of this.#tabs) each.setAttribute("aria-pressed", String(each.dataset.tab === tab));
  }

  #toggleCurtain() {
    const isOpen = this.#curtain.hidden === true;
    this.#curtain.hidden = !isOpen;
    this.#lift.setAttribute("aria-expanded", String(isOpen));
    this.element.classList.toggle("lifted", isOpen);
    this.#machine.draw();
    this.#placeFight();
    if (isOpen) focusOn(this.#curtain, "button");
    else this.#lift.focus();
  }

  /**
   * Draw a part anew only when what it shows is another value, so that focus and place stay.
   * @param {string} part
   * @param {unknown[]} values
   * @param {() => void} draw
   */
  #drawWhenChanged(part, values, draw) {
    const last = this.#drawn.get(part);
    if (last && values.every((value, n) => value === last[n])) return;
    this.#drawn.set(part, values);
    draw();
  }

  #draw() {
    const { sheet, suggestions, campaign, feedMode } = this.game;
    if (!sheet || !campaign) return;
    this.element.dataset.feed = feedMode;
    this.#drawWhenChanged("sheet", [sheet], () => this.#drawSheet(sheet));
    this.#drawWhenChanged("quests", [sheet, suggestions], () =>
      show(this.#quests, questsPart(campaign, suggestions, this.#act)),
    );
    this.#drawStory();
    this.#machine.draw();
  }

  /** @param {Sheet} sheet */
  #drawSheet(sheet) {
    show(this.#status, statusLine(sheet));
    show(this.#sheet, sheetPart(sheet, this.#act));
    show(this.#bag, bagPart(sheet, this.#act));
    show(this.#map, cityPart(sheet, this.#act));
    show(this.#fight, fightPart(sheet, this.#act));
  }

  #drawStory() {
    const { turns, playing, isOver, earlier, trouble, armed, suggestions } = this.game;
    const told = [playing?.steps, playing?.events, playing?.told, playing?.action];
    this.#drawWhenChanged("story", [turns, playing, ...told, isOver, earlier], () => this.#story.draw());
    this.#drawWhenChanged("trouble", [trouble], () => this.#drawTrouble());
    this.#drawWhenChanged("armed", [armed], () => this.#composer.drawArmed());
    this.#drawWhenChanged("ideas", [suggestions, playing, isOver], () => this.#composer.drawIdeas());
  }

  #drawTrouble() {
    const { trouble, playing } = this.game;
    show(this.#trouble, trouble && troubleCard(trouble, playing ? null : () => this.game.dismissTrouble()));
    if (playing) requestAnimationFrame(() => this.#story.scrollToEnd());
  }
}

const homeLink = () =>
  h(
    "a",
    { href: "#/", class: "home", "aria-label": "All cats" },
    icon("cat"),
    h("span", { class: "display" }, "Nine Lives"),
  );

/** @param {Sheet} sheet */
function statusLine({ state: { character: cat, place } }) {
  return [
    h("span", { class: "status-place" }, place.name),
    h("span", { class: "status-name" }, `${cat.name} · level ${cat.level}`),
    lives(cat.lives),
    meter("hp", cat.hp, cat.max_hp, "hp"),
    meter("energy", cat.energy, cat.max_energy, "energy"),
  ];
}

/**
 * @param {Trouble} trouble
 * @param {(() => void) | null} dismiss
 */
const troubleCard = ({ kind, title, text }, dismiss) =>
  h(
    "section",
    { class: `trouble ${kind}`, role: "status" },
    h("div", {}, h("b", {}, title), h("p", {}, text)),
    dismiss && button("plain", dismiss, { "aria-label": "Dismiss" }, "✕"),
  );

/**
 * @param {unknown} error
 * @param {() => void} retry
 */
function cannotOpen(error, retry) {
  const { title, text } =
    error instanceof ApiError ? describeTrouble(error.kind, error.problem) : describeTrouble("offline");
  return h(
    "section",
    { class: "trouble", role: "alert" },
    h("h2", {}, title),
    h("p", {}, text),
    h(
      "p",
      { class: "choices" },
      button("button", retry, {}, "Try again"),
      h("a", { class: "button quiet", href: "#/" }, "Back to the cats"),
    ),
  );
}
