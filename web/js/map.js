/** The city as far as it was discovered: where places lie on paper, and the paper. Deterministic, so that it stays put. */

import { s } from "./dom.js";

const LONG = 100; // the length of a street
const ROUNDS = 260;
const MARGIN = 40; // around the outermost places, beside half a name

/** Places a cat has been to, and those it has only seen the way to. */
export function streets(state) {
  const been = new Map(state.places.map((place) => [place.id, place]));
  const nodes = new Map();
  const ways = new Map();
  for (const place of state.places) {
    nodes.set(place.id, { id: place.id, name: place.name, been: true });
    for (const exit of place.exits) {
      if (!nodes.has(exit.id)) nodes.set(exit.id, { id: exit.id, name: exit.name, been: been.has(exit.id) });
      const [from, to] = [place.id, exit.id].sort();
      ways.set(`${from}|${to}`, [from, to]);
    }
  }
  return { nodes: [...nodes.values()], ways: [...ways.values()] };
}

/** Positions by id. Each place is put near the first one it was seen from, then streets pull and places push. */
export function laidOut({ nodes, ways }) {
  const at = new Map();
  nodes.forEach((node, index) => {
    const anchor = ways.map(([from, to]) => (from === node.id ? to : to === node.id ? from : null)).find((id) => at.has(id));
    const [x, y] = anchor ? at.get(anchor) : [0, 0];
    const turn = index * 2.399963; // the golden angle: no two go the same way
    at.set(node.id, [x + Math.cos(turn) * LONG, y + Math.sin(turn) * LONG]);
  });
  for (let round = 0; round < ROUNDS; round += 1) settle(nodes, ways, at, 14 * (1 - round / ROUNDS));
  for (let round = 0; round < ROUNDS && unfolded(nodes, at); round += 1);
  return at;
}

const spread = (numbers) => [Math.min(...numbers), Math.max(...numbers)];

/** The size of letters: readable when the whole map is as wide as a narrow panel. */
function letters(at) {
  const [left, right] = spread([...at.values()].map(([x]) => x));
  return Math.max(10, (right - left + 2 * MARGIN) / (at.size > 9 ? 35 : 31));
}

/** Move names that lie on one another apart, the shorter way. False when none do. */
function unfolded(nodes, at) {
  const size = letters(at);
  let moved = false;
  for (let i = 0; i < nodes.length; i += 1) {
    for (let j = i + 1; j < nodes.length; j += 1) {
      const [one, other] = [at.get(nodes[i].id), at.get(nodes[j].id)];
      const wide = (width(nodes[i].name) + width(nodes[j].name)) * size * 0.5 - Math.abs(one[0] - other[0]);
      const high = size * 3.7 - Math.abs(one[1] - other[1]);
      if (wide <= 0 || high <= 0) continue;
      moved = true;
      const axis = wide < high ? 0 : 1;
      const step = Math.min(axis === 0 ? wide : high, 6) / 2 * (one[axis] < other[axis] ? -1 : 1);
      one[axis] += step;
      other[axis] -= step;
    }
  }
  return moved;
}

const width = (name) => Math.max(...lines(name).map((line) => line.length)) * 0.6 + 0.6;

function settle(nodes, ways, at, reach) {
  const force = new Map(nodes.map(({ id }) => [id, [0, 0]]));
  const push = (id, x, y) => { const sum = force.get(id); sum[0] += x; sum[1] += y; };
  for (let i = 0; i < nodes.length; i += 1) {
    for (let j = i + 1; j < nodes.length; j += 1) {
      const [a, b] = [nodes[i].id, nodes[j].id];
      const [x, y, far] = between(at.get(a), at.get(b));
      const strength = (LONG * LONG) / far / far * 1.15;
      push(a, x * strength, y * strength);
      push(b, -x * strength, -y * strength);
    }
  }
  for (const [a, b] of ways) {
    const [x, y, far] = between(at.get(a), at.get(b));
    const strength = (far / LONG) ** 2 * 0.55;
    push(a, -x * strength, -y * strength);
    push(b, x * strength, y * strength);
  }
  for (const { id } of nodes) {
    const [x, y] = force.get(id);
    const size = Math.hypot(x, y) || 1;
    const step = Math.min(reach, size * 10);
    const [here, there] = at.get(id);
    at.set(id, [here + (x / size) * step, there + (y / size) * step]);
  }
}

/** Direction from b to a and the distance; names are wide, so places keep further apart sideways. */
function between([ax, ay], [bx, by]) {
  const [x, y] = [(ax - bx) * 0.85 || 0.01, ay - by || 0.01];
  const far = Math.max(8, Math.hypot(x, y));
  return [x / far, y / far, far];
}

/** The map as SVG. `go(name)` is called for a place next door. */
export function cityMap(state, go) {
  const city = streets(state);
  const at = laidOut(city);
  const here = state.place.id;
  const near = new Set(state.places.find((place) => place.id === here)?.exits.map((exit) => exit.id) ?? []);
  const spots = [...at.values()];
  const size = letters(at);
  const [left, right] = roomy(...reach(city.nodes, at, size));
  const [top, bottom] = roomy(Math.min(...spots.map(([, y]) => y)) - size * 2, Math.max(...spots.map(([, y]) => y)) + size * 4.4, 200);
  const told = city.nodes.filter((node) => node.been).map((node) => node.name).join(", ");
  return s("svg", {
    class: "city", "font-size": size, viewBox: `${left} ${top} ${right - left} ${bottom - top}`, role: "group",
    "aria-label": `Map. You are at ${state.place.name}. Visited: ${told}.`,
  },
  city.ways.map(([a, b]) => {
    const [[x1, y1], [x2, y2]] = [at.get(a), at.get(b)];
    return s("line", { x1, y1, x2, y2, class: `street${a === here || b === here ? " next" : ""}` });
  }),
  city.nodes.map((node) => spot(node, at.get(node.id), node.id === here, near.has(node.id) ? go : null, size)));
}

/** From the left end of the leftmost name to the right end of the rightmost. */
const reach = (nodes, at, size) => [
  Math.min(...nodes.map(({ id, name }) => at.get(id)[0] - width(name) * size * 0.5)) - 8,
  Math.max(...nodes.map(({ id, name }) => at.get(id)[0] + width(name) * size * 0.5)) + 8,
];

/** At least so wide that a single place does not fill the paper, nor lie on a mere strip of it. */
function roomy(from, to, least = 360) {
  const more = Math.max(0, least - (to - from)) / 2;
  return [from - more, to + more];
}

function spot(node, [x, y], here, go, size) {
  const attributes = { class: `spot${here ? " here" : ""}${node.been ? "" : " unseen-yet"}${go ? " near" : ""}`, transform: `translate(${x} ${y})` };
  if (go) {
    Object.assign(attributes, {
      tabindex: 0, role: "button", "aria-label": `Go to ${node.name}`, onclick: () => go(node.name),
      onkeydown: (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); go(node.name); } },
    });
  }
  return s("g", attributes,
    here && s("circle", { r: size * 1.2, class: "halo" }), s("circle", { r: size * (here ? 0.62 : 0.5), class: "dot" }),
    lines(node.name).map((line, n) => s("text", { y: 12 + size + n * size * 1.1, "text-anchor": "middle" }, line)));
}

/** A name on one or two lines. */
function lines(name) {
  const words = name.split(" ");
  if (name.length < 14 || words.length < 2) return [name];
  const half = Math.ceil(words.length / 2);
  return [words.slice(0, half).join(" "), words.slice(half).join(" ")];
}
