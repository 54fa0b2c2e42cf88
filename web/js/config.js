/** Where the game runs: read once from `config.json` beside the page. */

/** @typedef {{ environment: string, api_url: string, ws_url: string | null, chaos: boolean }} Config */

/** @type {Config} */
export const config = { environment: "", api_url: "", ws_url: null, chaos: false };

export async function loadConfig() {
  const answer = await fetch("config.json", { cache: "no-store", credentials: "omit" });
  if (!answer.ok) throw new Error(`config.json: ${answer.status}`);
  return Object.assign(config, /** @type {Config} */ (await answer.json()));
}
