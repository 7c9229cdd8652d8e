import { onScopeDispose } from "vue";

export const SHORTCUTS = [
  { keys: ["Ctrl", "K"], does: "Go to a room" },
  { keys: ["Alt", "↑"], does: "The room above" },
  { keys: ["Alt", "↓"], does: "The room below" },
  { keys: ["Enter"], does: "Send" },
  { keys: ["Shift", "Enter"], does: "Begin a new line" },
  { keys: ["Esc"], does: "Close a panel" },
  { keys: ["?"], does: "Show these keys" },
] as const;

interface Actions {
  switchRoom: () => void;
  step: (by: 1 | -1) => void;
  help: () => void;
}

/** The keys that work everywhere in the talk. */
export function useShortcuts({ switchRoom, step, help }: Actions): void {
  function pressed(event: KeyboardEvent): void {
    const action = actionOf(event, switchRoom, step, help);
    if (!action) return;
    event.preventDefault();
    action();
  }
  addEventListener("keydown", pressed);
  onScopeDispose(() => removeEventListener("keydown", pressed));
}

function actionOf(
  event: KeyboardEvent,
  switchRoom: () => void,
  step: (by: 1 | -1) => void,
  help: () => void,
): (() => void) | null {
  const { key, altKey, shiftKey } = event;
  const control = event.ctrlKey || event.metaKey;
  if (control && !altKey && !shiftKey && key.toLowerCase() === "k") return switchRoom;
  if (altKey && !control && key === "ArrowUp") return () => step(-1);
  if (altKey && !control && key === "ArrowDown") return () => step(1);
  return key === "?" && !control && !writes(event.target) ? help : null;
}

function writes(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, textarea, [contenteditable]");
}
