/** Where the game runs: read once from `config.json` beside the page. */

export const config = { environment: "", api_url: "", ws_url: null, chaos: false };

export async function configure() {
  const answer = await fetch("config.json", { cache: "no-store", credentials: "omit" });
  if (!answer.ok) throw new Error(`config.json: ${answer.status}`);
  return Object.assign(config, await answer.json());
}
