import { onMounted, ref, type Ref } from "vue";
import { sentence } from "@/api";

/** What a page asks for as it opens: what was found, or why it was not. */
export function useFound<Answer>(ask: () => Promise<Answer>) {
  const found = ref(null) as Ref<Answer | null>;
  const failed = ref("");

  async function load(): Promise<void> {
    failed.value = "";
    await ask().then(
      (answer) => (found.value = answer),
      (error) => (failed.value = sentence(error)),
    );
  }

  onMounted(load);
  return { found, failed, load };
}
