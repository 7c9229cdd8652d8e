import { onScopeDispose, ref, watch, type Ref, type WatchSource } from "vue";

/** True once `waiting` has been true for `ms`: what answers at once never flashes a skeleton. */
export function useSlow(waiting: WatchSource<boolean>, ms = 150): Readonly<Ref<boolean>> {
  const slow = ref(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  watch(
    waiting,
    (waits) => {
      clearTimeout(timer);
      slow.value = false;
      if (waits) timer = setTimeout(() => (slow.value = true), ms);
    },
    { immediate: true },
  );
  onScopeDispose(() => clearTimeout(timer));
  return slow;
}
