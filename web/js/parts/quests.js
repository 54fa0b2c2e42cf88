/** What is to be done, and what was. */

import { h } from "../dom.js";

export function questsPart(sheet) {
  const open = sheet.state.quests.filter((quest) => quest.status === "active");
  const done = sheet.state.quests.filter((quest) => quest.status !== "active");
  return h("section", { class: "panel quests", "aria-label": "Quests" },
    h("h3", {}, "Quests"),
    open.length === 0 && h("p", { class: "note" }, "Nobody wants anything from you. Enjoy it."),
    h("ul", {}, open.map((quest) => h("li", {}, h("small", {}, quest.arc), h("b", {}, quest.name), h("p", {}, quest.text)))),
    done.length > 0 && h("details", {}, h("summary", {}, `${done.length} closed`),
      h("ul", {}, done.map((quest) => h("li", { class: quest.status }, h("b", {}, quest.name), h("small", {}, quest.status))))));
}
