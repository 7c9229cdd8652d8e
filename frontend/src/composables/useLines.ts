import { onScopeDispose, watch } from "vue";
import { useSession } from "@/stores/session";
import { useSessions } from "@/stores/sessions";

const MOST = 10;

/** Keeps lines to these rooms open while the page stands, to hear their news; to so many at most. */
export function useLines(ids: () => readonly string[]): void {
  const sessions = useSessions();
  const { me } = useSession();
  const open = new Set<string>();
  watch(
    ids,
    (now) => {
      for (const id of now.slice(0, MOST - open.size)) {
        if (open.has(id)) continue;
        open.add(id);
        sessions.of(id, me!.person).open();
      }
    },
    { immediate: true },
  );
  onScopeDispose(() => open.forEach((id) => sessions.of(id, me!.person).close()));
}
