import { defineStore } from "pinia";
import { computed, ref } from "vue";
import { get, patch, put, remove } from "@/api";
import type { ChangeSafety, Safety } from "@/wire";

/** What you keep from others. Who is hidden from you, the rooms withhold themselves. */
export const useSafety = defineStore("safety", () => {
  const mine = ref<Safety | null>(null);
  const muted = computed(() => new Set(mine.value?.muted_people));
  const mutedRooms = computed(() => new Set(mine.value?.muted_rooms));
  const isInvisible = computed(() => mine.value?.invisible ?? false);

  const blocks = (id: string): boolean => mine.value?.blocked.some((person) => person.id === id) ?? false;
  // A moderator's rooms withhold nothing: what somebody blocked says is folded there.
  const isFolded = (id: string): boolean => blocks(id) || muted.value.has(id);

  async function load(): Promise<void> {
    mine.value = await get<Safety>("/api/me/safety");
  }

  async function change(what: Partial<ChangeSafety>): Promise<void> {
    mine.value = await patch<Safety>("/api/me/safety", what);
  }

  async function block(id: string, wanted: boolean): Promise<void> {
    const path = `/api/me/blocks/${id}`;
    await (wanted ? put(path, {}) : remove(path));
    await load();
  }

  async function mute(id: string, wanted: boolean): Promise<void> {
    await change({ muted_people: withOrWithout(muted.value, id, wanted) });
  }

  async function muteRoom(id: string, wanted: boolean): Promise<void> {
    await change({ muted_rooms: withOrWithout(mutedRooms.value, id, wanted) });
  }

  const hide = (wanted: boolean): Promise<void> => change({ invisible: wanted });

  return { mine, muted, mutedRooms, isInvisible, blocks, isFolded, load, change, block, mute, muteRoom, hide };
});

function withOrWithout(ids: ReadonlySet<string>, id: string, wanted: boolean): string[] {
  const others = [...ids].filter((one) => one !== id);
  return wanted ? [...others, id] : others;
}
