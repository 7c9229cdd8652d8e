import { defineStore } from "pinia";
import { computed, ref } from "vue";
import { get, post, sentence } from "@/api";
import type { Guidelines } from "@/wire";

/** The guidelines of the community, and whether you have accepted the newest version. */
export const useGuidelines = defineStore("guidelines", () => {
  const newest = ref<Guidelines | null>(null);
  const isOpen = ref(false);
  const problem = ref("");
  const isNew = computed(() => !!newest.value?.version && newest.value.accepted !== newest.value.version);
  /** Nothing is written before they are accepted. */
  const comeFirst = computed(() => isNew.value && newest.value!.required);

  // Who cannot be asked now is asked when they come again.
  async function load(): Promise<void> {
    newest.value = await get<Guidelines>("/api/community/guidelines").catch(() => newest.value);
  }

  async function accept(): Promise<void> {
    if (!newest.value) return;
    const { version } = newest.value;
    problem.value = "";
    try {
      newest.value = await post<Guidelines>("/api/community/guidelines/accept", { version });
      isOpen.value = false;
    } catch (error) {
      problem.value = sentence(error);
      await load();
    }
  }

  return { newest, isOpen, problem, isNew, comeFirst, load, accept };
});
