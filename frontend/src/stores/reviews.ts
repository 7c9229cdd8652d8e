import { defineStore } from "pinia";
import { computed, ref } from "vue";
import { get, sentence } from "@/api";
import type { ReviewedRoom, ReviewedRooms } from "@/wire";

/** Where you review, and how much waits there. `rooms` is null until that is known. */
export const useReviews = defineStore("reviews", () => {
  const rooms = ref<ReviewedRoom[] | null>(null);
  const problem = ref("");
  const waiting = computed(() => (rooms.value ?? []).reduce((sum, room) => sum + room.waiting, 0));
  const verbs = computed(() => (rooms.value?.length ? ["review_messages"] : []));

  async function load(): Promise<void> {
    try {
      rooms.value = (await get<ReviewedRooms>("/api/reviews/rooms")).rooms;
      problem.value = "";
    } catch (error) {
      problem.value = sentence(error);
    }
  }

  return { rooms, problem, waiting, verbs, load };
});
