/** Who told a story, signed: JWS (RFC 7515) with ES256, verified by the reader, sentence by sentence. */

/** @import { KeySet, PublicKey, SignedManifest, StoryManifest, Turn, TurnManifest } from "./api_types.d.ts" */

import { sha256OfText } from "./dice.js";

/**
 * `words` counts verified sentences by whose words they are; `wrong` says what differs, in the order of the story.
 * @typedef {object} StoryVerdict
 * @property {string[]} signed
 * @property {Record<string, number>} words
 * @property {string[]} wrong
 */

const ES256 = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const encoder = new TextEncoder();

/** @param {string} text */
const bytesOf = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

/** @param {string} text */
const read = (text) => JSON.parse(new TextDecoder().decode(bytesOf(text)));

/**
 * A text as it is shown: each run of blanks is one space.
 * @param {string} text
 */
const asRead = (text) => text.replace(/[ \t\r\n]+/g, " ").replace(/^ | $/g, "");

/**
 * What was signed by one of these keys; null when nothing was.
 * @param {string} jws
 * @param {KeySet} keys
 * @returns {Promise<StoryManifest | null>}
 */
async function signedBy(jws, { keys }) {
  try {
    const [protectedPart = "", payload = "", signature = ""] = jws.split(".");
    const { alg, typ, kid } = read(protectedPart);
    const key = keys?.find((each) => each.kid === kid);
    if (alg !== "ES256" || typ !== "story-manifest+jws" || !key) return null;
    const { kty, crv, x, y } = /** @type {PublicKey} */ (key);
    const known = await crypto.subtle.importKey("jwk", { kty, crv, x, y }, ES256, false, ["verify"]);
    const data = encoder.encode(`${protectedPart}.${payload}`);
    return (await crypto.subtle.verify(ES256, known, bytesOf(signature), data)) ? read(payload) : null;
  } catch {
    return null;
  }
}

/**
 * The first sentence that is not as it was signed, counted from one; 0 when all are, and nothing else is told.
 * @param {TurnManifest} turn
 * @param {string} narrative
 */
async function firstChanged({ sentences, sha256 }, narrative) {
  const text = asRead(narrative);
  const bytes = encoder.encode(text);
  let at = 0;
  for (const [n, sentence] of sentences.entries()) {
    const piece = new TextDecoder().decode(bytes.subarray(at, at + sentence.size));
    if ((await sha256OfText(piece)) !== sentence.sha256) return n + 1;
    at += sentence.size + 1;
  }
  return at - 1 === bytes.length && (await sha256OfText(text)) === sha256 ? 0 : sentences.length + 1;
}

/**
 * Hold turns, as they are shown, against what is signed of them.
 * @param {Turn[]} turns
 * @param {SignedManifest[]} pages
 * @param {KeySet} keys
 */
export async function verifyStory(turns, pages, keys) {
  const signed = pages.flatMap(({ jws }) => jws ?? []);
  /** @type {StoryVerdict} */
  const verdict = { signed, words: {}, wrong: [] };
  const stories = await Promise.all(signed.map((jws) => signedBy(jws, keys)));
  const known = new Map(stories.flatMap((story) => story?.turns ?? []).map((turn) => [turn.turn_id, turn]));
  for (const turn of turns) {
    if (turn.status !== "resolved" || !turn.narrative) continue;
    const manifest = known.get(turn.id);
    const changed = manifest ? await firstChanged(manifest, turn.narrative) : 0;
    if (!manifest) verdict.wrong.push(`turn ${turn.number} has no manifest that is signed`);
    else if (changed) verdict.wrong.push(`turn ${turn.number}, sentence ${changed}, is not what was signed`);
    else for (const { words } of manifest.sentences) verdict.words[words] = (verdict.words[words] ?? 0) + 1;
  }
  return verdict;
}
