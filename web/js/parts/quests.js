/** What is to be done, and what was. */

/** @import { QuestState, Sheet } from "../api_types.d.ts" */

import { h, note } from "../dom.js";

/** @param {Sheet} sheet */
export function questsPart(sheet) {
  const open = sheet.state.quests.filter((quest) => quest.status === "active");
  const closed = sheet.state.quests.filter((quest) => quest.status !== "active");
  return h(
    "section",
    { class: "panel quests", "aria-label": "Quests" },
    h("h3", {}, "Quests"),
    open.length === 0 && note("Nobody wants anything from you. Enjoy it."),
    h("ul", {}, open.map(openQuest)),
    closed.length > 0 &&
      h("details", {}, h("summary", {}, `${closed.length} closed`), h("ul", {}, closed.map(closedQuest))),
  );
}

/** @param {QuestState} quest */
const openQuest = ({ arc, name, text }) => h("li", {}, h("small", {}, arc), h("b", {}, name), h("p", {}, text));

/** @param {QuestState} quest */
const closedQuest = ({ name, status }) => h("li", { class: status }, h("b", {}, name), h("small", {}, status));
