import { defineStore } from "pinia";
import { computed, ref } from "vue";
import { get, sentence } from "@/api";
import type { ReviewedRoom, ReviewedRooms } from "@/wire";

/** Where you review, and how much waits there. `rooms` is null until that is known. */
export const useReviews = defineStore("reviews", () => {
  const rooms = ref<ReviewedRoom[] | null>(null);
  const problem = ref("");
  /** How often news came: whoever shows what waits reads it anew. */
  const news = ref(0);
  const waiting = computed(() => (rooms.value ?? []).reduce((sum, room) => sum + room.waiting, 0));
  const verbs = computed(() => (rooms.value?.length ? ["review_messages"] : []));
  let loading: Promise<void> | null = null;
  let again = false;

  async function ask(): Promise<void> {
    try {
      rooms.value = (await get<ReviewedRooms>("/api/reviewed-rooms")).rooms;
      problem.value = "";
    } catch (error) {
      problem.value = sentence(error);
    }
  }

  async function askUntilStill(): Promise<void> {
    do {
      again = false;
      await ask();
    } while (again);
    loading = null;
  }

  /** However many ask at once, there is one question under way, and one after it. */
  function load(): Promise<void> {
    if (loading) again = true;
    return (loading ??= askUntilStill());
  }

  /** A room told that what waits in it changed. Other windows hear it too. */
  async function hear(): Promise<void> {
    windows.postMessage(null);
    news.value += 1;
    await load();
  }

  const windows = new BroadcastChannel("vegvisr:reviews");
  windows.onmessage = () => {
    news.value += 1;
    void load();
  };

  const waitingIn = (id: string): number => rooms.value?.find((room) => room.id === id)?.waiting ?? 0;

  return { rooms, problem, news, waiting, verbs, load, hear, waitingIn };
});
