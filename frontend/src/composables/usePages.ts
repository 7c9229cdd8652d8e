import { nextTick, ref, type Ref } from "vue";
import type { RoomSession } from "@/room";

const NEAR = 700;

/** Loads the page before or after what is shown when the scroll comes near its end. */
export function usePages(box: Readonly<Ref<HTMLElement | null>>, room: () => RoomSession) {
  const broken = ref(false);
  const loading = ref(false);

  function wanted(): (() => Promise<void>) | null {
    const { hasBefore, hasAfter } = room().shown.value;
    const { scrollTop, scrollHeight, clientHeight } = box.value!;
    if (hasBefore && scrollTop < NEAR) return () => room().loadBefore();
    const isNearEnd = scrollHeight - scrollTop - clientHeight < NEAR;
    return hasAfter && isNearEnd ? () => room().loadAfter() : null;
  }

  /** See whether a page is wanted. After a failure only a retry loads. */
  async function look(isRetry = false): Promise<void> {
    const load = box.value && !loading.value && (isRetry || !broken.value) ? wanted() : null;
    if (!load) return;
    loading.value = true;
    broken.value = false;
    const before = room().shown.value.events.length;
    await load().catch(() => (broken.value = true));
    loading.value = false;
    await nextTick();
    if (room().shown.value.events.length > before) await look();
  }

  return { broken, loading, look };
}
