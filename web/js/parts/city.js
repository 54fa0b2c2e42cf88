/** The map, as a panel. */

import { h } from "../dom.js";
import { cityMap } from "../map.js";

export const cityPart = (sheet, act) => h("section", { class: "panel map", "aria-label": "Map" },
  h("h3", {}, "Nekopolis ", h("small", {}, sheet.state.places.length === 1 ? "one place known" : `${sheet.state.places.length} places known`)),
  cityMap(sheet.state, (name) => act(`Go to ${name}`)));
