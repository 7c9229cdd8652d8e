import { shallowReactive } from "vue";
import { get } from "./api";
import type { FaceList } from "./wire";

const AT_ONCE = 100;
const known = shallowReactive(new Map<string, string | null>());
const asked = new Set<string>();
let waiting: string[] = [];

/** The picture of somebody, null while it is not known or where there is none. Faces that are
 *  drawn together are asked for together. */
export function faceOf(personId: string): string | null {
  return known.get(personId) ?? null;
}

/** Ask for somebody's picture, once. */
export function wantFace(personId: string): void {
  if (asked.has(personId)) return;
  asked.add(personId);
  if (waiting.push(personId) === 1) setTimeout(ask);
}

/** A picture that was changed here. */
export function showFace(personId: string, avatar: string | null): void {
  asked.add(personId);
  known.set(personId, avatar);
}

async function ask(): Promise<void> {
  const ids = waiting;
  waiting = [];
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const some = ids.slice(from, from + AT_ONCE);
    const query = new URLSearchParams(some.map((id) => ["id", id]));
    // Without an answer there are initials; a later visit asks again.
    const answer = await get<FaceList>(`/api/faces?${query}`).catch(() => null);
    if (!answer) some.forEach((id) => asked.delete(id));
    answer?.faces.forEach(({ id, avatar }) => known.set(id, avatar));
  }
}
