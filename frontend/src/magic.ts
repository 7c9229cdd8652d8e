const MAGIC = /([?&])magic=([\w.~-]+)(&|$)/;

/** The token of a magic link of Vegvisr in the query of an address, and the query without it. */
export function parted(search: string): { token: string; rest: string } {
  const found = MAGIC.exec(search);
  if (!found) return { token: "", rest: search };
  const rest = search.replace(MAGIC, found[3] ? found[1]! : "");
  return { token: found[2]!, rest };
}

/** Any page may be opened with one. It is for one use, so the address loses it before anything else reads it. */
function taken(): string {
  const { token, rest } = parted(location.search);
  if (token) history.replaceState(history.state, "", location.pathname + rest + location.hash);
  return token;
}

export const magic = { token: typeof location === "undefined" ? "" : taken() };
