import { defineStore } from "pinia";
import { computed, ref } from "vue";
import { get, post, sentence } from "@/api";
import type { NewRoom, RoomEntry, RoomList } from "@/wire";

const LAST = "vegvisr:last-room";

/** The rooms of the side bar. */
export const useRooms = defineStore("rooms", () => {
  const rooms = ref<RoomEntry[]>([]);
  const state = ref<"loading" | "ready" | "failed">("loading");
  const problem = ref("");
  const yours = computed(() => rooms.value.filter(({ role }) => role !== null));
  const open = computed(() => rooms.value.filter(({ role }) => role === null));
  const inOrder = computed(() => [...yours.value, ...open.value]);

  async function load(): Promise<void> {
    try {
      rooms.value = (await get<RoomList>("/api/rooms")).rooms;
      state.value = "ready";
    } catch (error) {
      problem.value = sentence(error);
      if (state.value !== "ready") state.value = "failed";
    }
  }

  async function create(room: NewRoom): Promise<RoomEntry> {
    return keep(await post<RoomEntry>("/api/rooms", room));
  }

  async function join(id: string): Promise<void> {
    keep(await post<RoomEntry>(`/api/rooms/${id}/join`));
  }

  async function leave(id: string): Promise<void> {
    await post(`/api/rooms/${id}/leave`);
    await load();
  }

  function keep(room: RoomEntry): RoomEntry {
    const others = rooms.value.filter(({ id }) => id !== room.id);
    rooms.value = [...others, room].sort((a, b) => a.name.localeCompare(b.name));
    return room;
  }

  const find = (id: string): RoomEntry | undefined => rooms.value.find((room) => room.id === id);
  const remember = (id: string): void => localStorage.setItem(LAST, id);

  /** The room that was open last, or the first one. */
  function home(): RoomEntry | undefined {
    return find(localStorage.getItem(LAST) ?? "") ?? inOrder.value[0];
  }

  return { rooms, yours, open, inOrder, state, problem, load, create, join, leave, find, remember, home };
});
