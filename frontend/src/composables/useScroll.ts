import { onBeforeUnmount, onBeforeUpdate, onMounted, onUpdated, ref, type Ref } from "vue";

const NEAR = 40;

/**
 * Holds what you read in its place while the list changes around it, and keeps to the bottom when you
 * are there. Elements that may hold the place carry `data-key`.
 */
export function useScroll(box: Readonly<Ref<HTMLElement | null>>) {
  const atBottom = ref(true);
  let held: { key: string; top: number } | null = null;
  let observer: ResizeObserver | null = null;

  const topOf = (element: Element) => element.getBoundingClientRect().top;

  function measure(): void {
    const { scrollHeight, scrollTop, clientHeight } = box.value!;
    atBottom.value = scrollHeight - scrollTop - clientHeight < NEAR;
  }

  function toBottom(): void {
    box.value!.scrollTop = box.value!.scrollHeight;
    atBottom.value = true;
  }

  function hold(): void {
    held = null;
    if (!box.value || atBottom.value) return;
    const edge = topOf(box.value);
    const seen = [...box.value.querySelectorAll<HTMLElement>("[data-key]")];
    const first = seen.find((element) => element.getBoundingClientRect().bottom > edge);
    if (first) held = { key: first.dataset.key!, top: topOf(first) };
  }

  function settle(): void {
    if (!box.value) return;
    if (atBottom.value) return toBottom();
    const place = held && box.value.querySelector(`[data-key="${CSS.escape(held.key)}"]`);
    if (place) box.value.scrollTop += topOf(place) - held!.top;
  }

  onBeforeUpdate(hold);
  onUpdated(settle);
  onMounted(() => {
    observer = new ResizeObserver(() => atBottom.value && toBottom());
    observer.observe(box.value!);
    if (box.value!.firstElementChild) observer.observe(box.value!.firstElementChild);
  });
  onBeforeUnmount(() => observer?.disconnect());

  return { atBottom, measure, toBottom };
}
