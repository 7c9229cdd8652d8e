import { ref, watch, type Ref } from "vue";

/** What you have begun to write in a room; it outlives a reload. */
export function useDraft(roomId: () => string): Ref<string> {
  const draft = ref("");
  const key = () => `vegvisr:draft:${roomId()}`;
  watch(roomId, () => (draft.value = localStorage.getItem(key()) ?? ""), { immediate: true });
  watch(draft, (text) => (text ? localStorage.setItem(key(), text) : localStorage.removeItem(key())));
  return draft;
}
