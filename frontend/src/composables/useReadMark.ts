import { onScopeDispose, ref, watch, type Ref } from "vue";
import type { RoomSession } from "@/room";

const key = (room: RoomSession) => `vegvisr:read:${room.you.id}:${room.id}`;

/**
 * After which seq the line "New" stands. It is where you were when you last looked: at the end of the
 * visit before, or when this window was hidden. Writing something puts it away.
 */
export function useReadMark(room: Ref<RoomSession>): Ref<number | null> {
  const newAfter = ref<number | null>(null);
  const look = () => {
    const { head } = room.value.timeline.value;
    if (head && document.visibilityState === "visible") localStorage.setItem(key(room.value), String(head));
  };
  const turn = () => {
    if (document.visibilityState === "hidden") newAfter.value = room.value.timeline.value.head || null;
    else look();
  };
  watch(
    room,
    (now) => {
      const kept = localStorage.getItem(key(now));
      newAfter.value = kept === null ? null : Number(kept);
    },
    { immediate: true },
  );
  watch(() => room.value.timeline.value.head, look, { immediate: true });
  watch(
    () => room.value.timeline.value.pending.length,
    (now, before) => {
      if (now > before) newAfter.value = null;
    },
  );
  document.addEventListener("visibilitychange", turn);
  onScopeDispose(() => document.removeEventListener("visibilitychange", turn));
  return newAfter;
}
