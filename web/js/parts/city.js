/** The map, as a panel. */

/** @import { Sheet } from "../api_types.d.ts" */

import { h } from "../dom.js";
import { cityMap } from "../map.js";

/**
 * @param {Sheet} sheet
 * @param {(action: string) => void} act
 */
export function cityPart({ state }, act) {
  const { length } = state.places;
  return h(
    "section",
    { class: "panel map", "aria-label": "Map" },
    h("h3", {}, "Nekopolis ", h("small", {}, length === 1 ? "one place known" : `${length} places known`)),
    cityMap(state, (name) => act(`Go to ${name}`)),
  );
}
