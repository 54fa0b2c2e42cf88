/** Dice, rolled again by the reader: HMAC-SHA256(seed, key), exactly as the rules derive them. */

/** @import { Dice, Roll } from "./api_types.d.ts" */

/**
 * `committed` is whether the seed is the promised one, null as long as there is none; `proofs` is by the key of a roll.
 * @typedef {object} Verdict
 * @property {string} commitment
 * @property {string | null} seed
 * @property {number} rolls
 * @property {number} verified
 * @property {boolean | null} committed
 * @property {string[]} wrong
 * @property {Map<string, boolean>} proofs
 */

/** @param {string} hex */
const bytesOf = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

/** @param {ArrayBuffer | Uint8Array} buffer */
const hexOf = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** @param {BufferSource} data */
const sha256 = (data) => crypto.subtle.digest("SHA-256", data);

/** @param {string} text */
export const sha256OfText = async (text) => hexOf(await sha256(new TextEncoder().encode(text)));

/**
 * What was published when the campaign started: SHA-256 of the seed's bytes, in hex.
 * @param {string} seed
 */
export const commitmentOf = async (seed) => hexOf(await sha256(bytesOf(seed)));

/**
 * The faces of `count` dice with `sides` under this key. The digest of `<key>#<block>` is read as eight big-endian
 * numbers of 32 bits; one below floor(2^32 / sides) * sides counts, as number % sides + 1; blocks go on as needed.
 * @param {string} seed
 * @param {string} key
 * @param {number} count
 * @param {number} sides
 */
export async function derive(seed, key, count, sides) {
  const hmac = { name: "HMAC", hash: "SHA-256" };
  const secret = await crypto.subtle.importKey("raw", bytesOf(seed), hmac, false, ["sign"]);
  const fair = Math.floor(2 ** 32 / sides) * sides;
  /** @type {number[]} */
  const faces = [];
  for (let block = 0; faces.length < count; block += 1) {
    const digest = await crypto.subtle.sign("HMAC", secret, new TextEncoder().encode(`${key}#${block}`));
    const view = new DataView(digest);
    for (let at = 0; at < 32 && faces.length < count; at += 4) {
      const value = view.getUint32(at);
      if (value < fair) faces.push((value % sides) + 1);
    }
  }
  return faces;
}

/**
 * Whether a roll shows the faces its key gives under this seed.
 * @param {Roll} roll
 * @param {string} seed
 */
export async function verify(roll, seed) {
  const faces = await derive(seed, roll.key, roll.count, roll.sides);
  return { faces, same: faces.length === roll.faces.length && faces.every((face, n) => face === roll.faces[n]) };
}

/**
 * All dice of a campaign from the pages of its proof: how many rolls there are and how many came out the same.
 * @param {Dice[]} pages
 */
export async function verifyAll(pages) {
  const commitment = pages[0]?.commitment ?? "";
  const seed = pages.map((page) => page.seed).find(Boolean) ?? null;
  const rolls = pages.flatMap((page) => page.turns).flatMap((turn) => turn.rolls);
  /** @type {Verdict} */
  const verdict = {
    commitment,
    seed,
    rolls: rolls.length,
    verified: 0,
    committed: seed ? (await commitmentOf(seed)) === commitment : null,
    wrong: [],
    proofs: new Map(),
  };
  if (!seed) return verdict;
  for (const roll of rolls) {
    const { same } = await verify(roll, seed);
    verdict.proofs.set(roll.key, same);
    if (same) verdict.verified += 1;
    else verdict.wrong.push(roll.key);
  }
  return verdict;
}
