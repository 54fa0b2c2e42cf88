/** What is to be done, what one could take on, and what was done. */

/** @import { Campaign, QuestState } from "../api_types.d.ts" */

import { button, h, note } from "../dom.js";

const OFFER = /^Accept (.+)$/; // the suggestion by which somebody's wish becomes a quest

/**
 * @param {Campaign} campaign
 * @param {string[]} suggestions
 * @param {(action: string) => void} act
 */
export function questsPart(campaign, suggestions, act) {
  const { quests, status } = campaign.sheet.state;
  const open = quests.filter((quest) => quest.status === "active");
  const closed = quests.filter((quest) => quest.status !== "active");
  const offers = status === "active" ? suggestions.flatMap((words) => OFFER.exec(words)?.[1] ?? []) : [];
  return h(
    "section",
    { class: "panel quests", "aria-label": "Quests" },
    h("h3", {}, "Quests"),
    open.length === 0 && note(nothingOpen(campaign, offers.length > 0)),
    h(
      "ul",
      {},
      open.map(openQuest),
      offers.map((name) => offer(name, act)),
    ),
    closed.length > 0 &&
      h("details", {}, h("summary", {}, `${closed.length} closed`), h("ul", {}, closed.map(closedQuest))),
  );
}

/**
 * What to say where no quest is open.
 * @param {Campaign} campaign
 * @param {boolean} isOffered whether there is one to take on here
 */
function nothingOpen({ opening, turn, sheet }, isOffered) {
  if (sheet.state.status === "ended") return "Nobody wants anything from you any more. Enjoy it.";
  if (opening && turn === 0) return "Nothing is promised yet. Who wants what is told where the story begins.";
  if (isOffered) return "Nothing is promised yet. Somebody here would like that to change.";
  return "Nothing is promised. Whoever wants something says so when talked to.";
}

/** @param {QuestState} quest */
const openQuest = ({ arc, name, text }) => h("li", {}, h("small", {}, arc), h("b", {}, name), h("p", {}, text));

/**
 * @param {string} name
 * @param {(action: string) => void} act
 */
const offer = (name, act) =>
  h(
    "li",
    { class: "offer" },
    h("small", {}, "On offer here"),
    h("b", {}, name),
    button("chip", () => act(`Accept ${name}`), {}, "Accept", h("span", { class: "unseen" }, ` ${name}`)),
  );

/** @param {QuestState} quest */
const closedQuest = ({ name, status }) => h("li", { class: status }, h("b", {}, name), h("small", {}, status));
