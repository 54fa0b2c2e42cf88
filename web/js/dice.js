/** Dice, rolled again by the reader: HMAC-SHA256(seed, key), exactly as the rules derive them. */

const bytes = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const hexOf = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const hmac = (seed) => crypto.subtle.importKey("raw", bytes(seed), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);

/** What was published when the campaign started: SHA-256 of the seed's bytes, in hex. */
export const commitmentOf = async (seed) => hexOf(await crypto.subtle.digest("SHA-256", bytes(seed)));

/**
 * The faces of `count` dice with `sides` under this key. The digest of `<key>#<block>` is read as eight big-endian
 * numbers of 32 bits; one below floor(2^32 / sides) * sides counts, as number % sides + 1; blocks go on as needed.
 */
export async function derive(seed, key, count, sides) {
  const secret = await hmac(seed);
  const fair = Math.floor(2 ** 32 / sides) * sides;
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

/** Whether a roll shows the faces its key gives under this seed. */
export async function proved(roll, seed) {
  const faces = await derive(seed, roll.key, roll.count, roll.sides);
  return { faces, same: faces.length === roll.faces.length && faces.every((face, n) => face === roll.faces[n]) };
}

/** All dice of a campaign from the pages of its proof: how many rolls there are and how many came out the same. */
export async function verifyAll(pages) {
  const [first] = pages;
  const seed = pages.map((page) => page.seed).find(Boolean) ?? null;
  const rolls = pages.flatMap((page) => page.turns).flatMap((turn) => turn.rolls);
  const verdict = { commitment: first.commitment, seed, rolls: rolls.length, verified: 0, committed: null, wrong: [], proofs: new Map() };
  if (!seed) return verdict;
  verdict.committed = (await commitmentOf(seed)) === first.commitment;
  for (const roll of rolls) {
    const { same } = await proved(roll, seed);
    verdict.proofs.set(roll.key, same);
    if (same) verdict.verified += 1;
    else verdict.wrong.push(roll.key);
  }
  return verdict;
}
