import { onScopeDispose } from "vue";

/** What Esc does when no dialog is open that takes it. */
export function useEscape(act: () => void): void {
  const pressed = ({ key }: KeyboardEvent) => {
    if (key === "Escape" && !document.querySelector("dialog[open]")) act();
  };
  addEventListener("keydown", pressed);
  onScopeDispose(() => removeEventListener("keydown", pressed));
}
