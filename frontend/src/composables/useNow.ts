import { onScopeDispose, ref, type Ref } from "vue";

/** The time, a minute fine: enough for "Today" to become "Yesterday". */
export function useNow(): Readonly<Ref<number>> {
  const now = ref(Date.now());
  const timer = setInterval(() => (now.value = Date.now()), 60_000);
  onScopeDispose(() => clearInterval(timer));
  return now;
}
