import { toValue, watchEffect, type MaybeRefOrGetter } from "vue";
import { title } from "@/brand";

/** What the window is called: the page, and whose it is. */
export function useTitle(page: MaybeRefOrGetter<string>): void {
  watchEffect(() => (document.title = [toValue(page), title.value].filter(Boolean).join(" · ")));
}
