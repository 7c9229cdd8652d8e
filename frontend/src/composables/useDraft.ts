import { ref, watch, type Ref } from "vue";
import { useSession } from "@/stores/session";

/** What you have begun to write in a room; it outlives a reload, and is yours alone in this browser. */
export function useDraft(roomId: () => string): Ref<string> {
  const session = useSession();
  const draft = ref("");
  const key = () => `vegvisr:draft:${session.me?.person.id}:${roomId()}`;
  watch(key, () => (draft.value = localStorage.getItem(key()) ?? ""), { immediate: true });
  watch(draft, (text) => (text ? localStorage.setItem(key(), text) : localStorage.removeItem(key())));
  return draft;
}
