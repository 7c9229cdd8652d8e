import { defineStore } from "pinia";
import { computed, ref } from "vue";
import { get, patch, put, remove } from "@/api";
import type { ChangeSafety, Person, Safety } from "@/wire";

/** What you keep from others, and who is hidden from you. */
export const useSafety = defineStore("safety", () => {
  const mine = ref<Safety | null>(null);
  const hidden = computed(() => new Set(mine.value?.hidden));
  const muted = computed(() => new Set(mine.value?.muted_people));

  const blocks = (id: string): boolean => mine.value?.blocked.some((person) => person.id === id) ?? false;
  const isFolded = (id: string): boolean => hidden.value.has(id) || muted.value.has(id);
  const shown = <Someone extends Person>(people: readonly Someone[]): Someone[] =>
    people.filter(({ id }) => !hidden.value.has(id));

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
    const others = [...muted.value].filter((one) => one !== id);
    await change({ muted_people: wanted ? [...others, id] : others });
  }

  return { mine, muted, blocks, isFolded, shown, load, change, block, mute };
});
