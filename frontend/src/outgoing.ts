import type { Clock } from "./socket";
import type { Pending } from "./timeline/timeline";
import { Unsent } from "./unsent";

export const ACKNOWLEDGED_MS = 8_000;

interface Line {
  /** False when there is no line. */
  send: (ref: string, content: string) => boolean;
  reconnect: () => void;
}

/**
 * Sends what you wrote, one message at a time, so that the room's order is the order in which you wrote.
 * A message without an answer is sent again with the same ref over a new line.
 */
export class Outgoing {
  readonly unsent: Unsent;
  private inFlight: string | null = null;
  private cancelTimer = () => {};
  private lastAt = 0;

  constructor(
    personId: string,
    roomId: string,
    private readonly line: Line,
    private readonly clock: Clock,
  ) {
    this.unsent = new Unsent(personId, roomId);
  }

  /** A new message of yours. No two have the same time, which is their order after a reload. */
  write(content: string): Pending {
    this.lastAt = Math.max(Date.now(), this.lastAt + 1);
    return { ref: newRef(), content, at: this.lastAt, state: "pending", reason: null };
  }

  sendNext(pending: readonly Pending[]): void {
    const next = pending.find(({ state }) => state === "pending");
    if (this.inFlight || !next || !this.line.send(next.ref, next.content)) return;
    this.inFlight = next.ref;
    this.wait(ACKNOWLEDGED_MS, this.line.reconnect);
  }

  /** The list of pending messages changed: what is gone is settled, what is new or different is kept. */
  changed(before: readonly Pending[], now: readonly Pending[]): void {
    const left = new Set(now.map(({ ref }) => ref));
    for (const { ref } of before) if (!left.has(ref)) this.unsent.forget(ref);
    for (const one of now) if (!before.includes(one)) this.unsent.keep(one);
    const flying = now.find(({ ref }) => ref === this.inFlight);
    if (flying?.state !== "pending") this.lose();
  }

  /** The room asks for a pause: `resume` runs after it. */
  pause(ref: string | null, ms: number, resume: () => void): void {
    if (ref !== this.inFlight) return;
    this.wait(ms, () => {
      this.inFlight = null;
      resume();
    });
  }

  /** Nothing is in flight any more, for instance because the line broke. */
  lose(): void {
    this.inFlight = null;
    this.cancelTimer();
  }

  private wait(ms: number, run: () => void): void {
    this.cancelTimer();
    this.cancelTimer = this.clock.after(ms, run);
  }
}

/** A reference for a new message, unique for its author. */
export function newRef(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}
