/** The city as far as it was discovered. What lies where is computed, without chance, so that it stays put. */

/** @import { CampaignState } from "./api_types.d.ts" */

import { s } from "./dom.js";

/** @typedef {[number, number]} Point */
/** @typedef {{ id: string, name: string, visited: boolean, at: Point }} Spot a place on the map */
/** @typedef {[Spot, Spot]} Street */

const LONG = 100; // the length of a street
const ROUNDS = 260;
const MARGIN = 40; // around the outermost places, beside half a name
const GOLDEN_ANGLE = 2.399963; // no two places go the same way

/**
 * The places a cat has been to or has seen the way to, where they lie, and the streets between them.
 * @param {CampaignState} state
 */
export function layOut(state) {
  const { spots, streets } = placesOf(state);
  for (let round = 0; round < ROUNDS; round += 1) relax(spots, streets, 14 * (1 - round / ROUNDS));
  for (let round = 0; round < ROUNDS && separateNames(spots); round += 1);
  return { spots, streets };
}

/**
 * Each place is put near the first one it was seen from.
 * @param {CampaignState} state
 */
function placesOf({ places }) {
  /** @type {Map<string, Spot>} */
  const spots = new Map();
  /** @type {Map<string, [string, string]>} */
  const ways = new Map();
  const visited = new Set(places.map((place) => place.id));
  for (const place of places) {
    for (const { id, name } of [place, ...place.exits]) {
      if (!spots.has(id)) spots.set(id, { id, name, visited: visited.has(id), at: [0, 0] });
    }
    for (const exit of place.exits) {
      const way = place.id < exit.id ? [place.id, exit.id] : [exit.id, place.id];
      ways.set(way.join("|"), /** @type {[string, string]} */ (way));
    }
  }
  const streets = [...ways.values()].map((ends) => /** @type {Street} */ (ends.map((id) => spots.get(id))));
  placeRoughly([...spots.values()], streets);
  return { spots: [...spots.values()], streets };
}

/**
 * @param {Spot[]} spots
 * @param {Street[]} streets
 */
function placeRoughly(spots, streets) {
  /** @type {Set<Spot>} */
  const placed = new Set();
  for (const [index, spot] of spots.entries()) {
    const anchor = streets.map((street) => otherEnd(street, spot)).find((end) => end && placed.has(end));
    const [x, y] = anchor ? anchor.at : [0, 0];
    const angle = index * GOLDEN_ANGLE;
    spot.at = [x + Math.cos(angle) * LONG, y + Math.sin(angle) * LONG];
    placed.add(spot);
  }
}

/**
 * @param {Street} street
 * @param {Spot} spot
 */
function otherEnd([from, to], spot) {
  if (from === spot) return to;
  return to === spot ? from : null;
}

/**
 * @template T
 * @param {T[]} all
 * @returns {[T, T][]}
 */
const pairs = (all) => all.flatMap((one, n) => all.slice(n + 1).map((other) => /** @type {[T, T]} */ ([one, other])));

/**
 * One step towards rest: streets pull, places push.
 * @param {Spot[]} spots
 * @param {Street[]} streets
 * @param {number} longest step that a place may take
 */
function relax(spots, streets, longest) {
  /** @type {Map<Spot, Point>} */
  const forces = new Map(spots.map((spot) => [spot, [0, 0]]));
  const push = (/** @type {Spot} */ spot, /** @type {number} */ x, /** @type {number} */ y) => {
    const [sumX, sumY] = forces.get(spot) ?? [0, 0];
    forces.set(spot, [sumX + x, sumY + y]);
  };
  for (const [a, b] of pairs(spots)) {
    const [x, y, far] = between(a.at, b.at);
    const strength = ((LONG * LONG) / far / far) * 1.15;
    push(a, x * strength, y * strength);
    push(b, -x * strength, -y * strength);
  }
  for (const [a, b] of streets) {
    const [x, y, far] = between(a.at, b.at);
    const strength = (far / LONG) ** 2 * 0.55;
    push(a, -x * strength, -y * strength);
    push(b, x * strength, y * strength);
  }
  for (const [spot, [x, y]] of forces) {
    const size = Math.hypot(x, y) || 1;
    const step = Math.min(longest, size * 10);
    spot.at = [spot.at[0] + (x / size) * step, spot.at[1] + (y / size) * step];
  }
}

/**
 * Direction from b to a and the distance; names are wide, so places keep further apart sideways.
 * @param {Point} a
 * @param {Point} b
 */
function between([ax, ay], [bx, by]) {
  const [x, y] = [(ax - bx) * 0.85 || 0.01, ay - by || 0.01];
  const far = Math.max(8, Math.hypot(x, y));
  return /** @type {const} */ ([x / far, y / far, far]);
}

/**
 * Move names that lie on one another apart, the shorter way. False when none do.
 * @param {Spot[]} spots
 */
function separateNames(spots) {
  const size = fontSize(spots);
  let moved = false;
  for (const [one, other] of pairs(spots)) {
    const wide = (widthOf(one.name) + widthOf(other.name)) * size * 0.5 - Math.abs(one.at[0] - other.at[0]);
    const high = size * 3.7 - Math.abs(one.at[1] - other.at[1]);
    if (wide <= 0 || high <= 0) continue;
    moved = true;
    const axis = wide < high ? 0 : 1;
    const step = (Math.min(axis === 0 ? wide : high, 6) / 2) * (one.at[axis] < other.at[axis] ? -1 : 1);
    one.at[axis] += step;
    other.at[axis] -= step;
  }
  return moved;
}

/**
 * Letters are readable when the whole map is as wide as a narrow panel.
 * @param {Spot[]} spots
 */
function fontSize(spots) {
  const xs = spots.map(({ at: [x] }) => x);
  const wide = Math.max(...xs) - Math.min(...xs);
  return Math.max(10, (wide + 2 * MARGIN) / (spots.length > 9 ? 35 : 31));
}

/**
 * How wide a name is, in letters' heights.
 * @param {string} name
 */
const widthOf = (name) => Math.max(...linesOf(name).map((line) => line.length)) * 0.6 + 0.6;

/**
 * A name on one or two lines.
 * @param {string} name
 */
function linesOf(name) {
  const words = name.split(" ");
  if (name.length < 14 || words.length < 2) return [name];
  const half = Math.ceil(words.length / 2);
  return [words.slice(0, half).join(" "), words.slice(half).join(" ")];
}

/**
 * The map as SVG. `go(name)` is called for a place next door.
 * @param {CampaignState} state
 * @param {((name: string) => void) | null} go
 */
export function cityMap(state, go) {
  const { spots, streets } = layOut(state);
  const here = state.place.id;
  const near = new Set(state.places.find((place) => place.id === here)?.exits.map((exit) => exit.id) ?? []);
  const size = fontSize(spots);
  const visited = spots.filter((spot) => spot.visited).map((spot) => spot.name);
  const attributes = {
    class: "city",
    "font-size": size,
    viewBox: viewBoxOf(spots, size),
    role: "group",
    "aria-label": `Map. You are at ${state.place.name}. Visited: ${visited.join(", ")}.`,
  };
  return s(
    "svg",
    attributes,
    streets.map((street) => drawnStreet(street, here)),
    spots.map((spot) => drawnSpot(spot, spot.id === here, near.has(spot.id) ? go : null, size)),
  );
}

/**
 * Everything, with the names.
 * @param {Spot[]} spots
 * @param {number} size
 */
function viewBoxOf(spots, size) {
  const lefts = spots.map(({ name, at: [x] }) => x - widthOf(name) * size * 0.5);
  const rights = spots.map(({ name, at: [x] }) => x + widthOf(name) * size * 0.5);
  const ys = spots.map(({ at: [, y] }) => y);
  const [left, right] = widened(Math.min(...lefts) - 8, Math.max(...rights) + 8, 360);
  const [top, bottom] = widened(Math.min(...ys) - size * 2, Math.max(...ys) + size * 4.4, 200);
  return `${left} ${top} ${right - left} ${bottom - top}`;
}

/**
 * At least so wide that a single place does not fill the paper, nor lie on a mere strip of it.
 * @param {number} from
 * @param {number} to
 * @param {number} least
 * @returns {Point}
 */
function widened(from, to, least) {
  const more = Math.max(0, least - (to - from)) / 2;
  return [from - more, to + more];
}

/**
 * @param {Street} street
 * @param {string} here
 */
function drawnStreet([a, b], here) {
  const [[x1, y1], [x2, y2]] = [a.at, b.at];
  return s("line", { x1, y1, x2, y2, class: a.id === here || b.id === here ? "street next" : "street" });
}

/**
 * @param {Spot} spot
 * @param {boolean} here
 * @param {((name: string) => void) | null} go
 * @param {number} size
 */
function drawnSpot(spot, here, go, size) {
  const [x, y] = spot.at;
  const classes = ["spot", here && "here", !spot.visited && "unseen-yet", go && "near"].filter(Boolean).join(" ");
  const name = linesOf(spot.name).map((line, n) =>
    s("text", { y: 12 + size + n * size * 1.1, "text-anchor": "middle" }, line),
  );
  return s(
    "g",
    {
      class: classes,
      transform: `translate(${x} ${y})`,
      ...(go ? asButton(`Go to ${spot.name}`, () => go(spot.name)) : {}),
    },
    here && s("circle", { r: size * 1.2, class: "halo" }),
    s("circle", { r: size * (here ? 0.62 : 0.5), class: "dot" }),
    name,
  );
}

/**
 * What makes a group of an SVG a button, by mouse and by keyboard.
 * @param {string} label
 * @param {() => void} press
 * @returns {import("./dom.js").Attributes}
 */
const asButton = (label, press) => ({
  tabindex: 0,
  role: "button",
  "aria-label": label,
  onclick: press,
  onkeydown: (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    press();
  },
});
