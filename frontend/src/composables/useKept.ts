import { watch } from "vue";

/** A form that outlives a reload, in this tab alone; what is returned forgets it. */
export function useKept<Form extends object>(key: string, form: Form): () => void {
  const kept = sessionStorage.getItem(key);
  if (kept) Object.assign(form, JSON.parse(kept));
  const stop = watch(form, (now) => sessionStorage.setItem(key, JSON.stringify(now)));
  return () => {
    stop();
    sessionStorage.removeItem(key);
  };
}
