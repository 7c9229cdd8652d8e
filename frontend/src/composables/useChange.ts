import { ref } from "vue";
import { sentence } from "@/api";

/** A form that loads what is there and stores it: what to show meanwhile, and what went wrong. */
export function useChange<Answer>(load: () => Promise<Answer>) {
  const there = ref<Answer | null>(null);
  const failed = ref("");
  const problem = ref("");
  const busy = ref(false);
  const saved = ref(false);

  async function begin(take: (answer: Answer) => void): Promise<void> {
    failed.value = "";
    try {
      there.value = (await load()) as never;
      take(there.value as Answer);
    } catch (error) {
      failed.value = sentence(error);
    }
  }

  /** Store it; true when that worked. */
  async function store(change: () => Promise<Answer>): Promise<boolean> {
    busy.value = true;
    problem.value = "";
    saved.value = false;
    try {
      there.value = (await change()) as never;
      saved.value = true;
    } catch (error) {
      problem.value = sentence(error);
    }
    busy.value = false;
    return saved.value;
  }

  return { there, failed, problem, busy, saved, begin, store };
}
