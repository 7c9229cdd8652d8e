/** An address elsewhere would make sign-in a way out: a path of ours is what a browser reads it as. */
export function isOurs(path: string): boolean {
  if (!URL.canParse(path, location.origin)) return false;
  return new URL(path, location.origin).href === location.origin + path;
}

/** What the address brought behind its `#`. It is for one use: neither the bar nor the history keeps it. */
export function taken(): URLSearchParams {
  const brought = new URLSearchParams(location.hash.slice(1));
  const current = location.pathname + location.search;
  history.replaceState({ ...history.state, current }, "", current);
  return brought;
}
