import { shallowRef } from "vue";
import { realClock, type Clock } from "./socket";
import { TYPING_MS, type Person } from "./wire";

export const TYPING_EVERY_MS = 3_000;

/** Who else types. Counted from when we hear it: a browser's clock may differ from the server's. */
export class Typists {
  readonly people = shallowRef<readonly Person[]>([]);
  private readonly cancels = new Map<string, () => void>();

  constructor(
    private readonly you: string,
    private readonly clock: Clock = realClock,
  ) {}

  heard(person: Person, typing: boolean): void {
    if (person.id === this.you) return;
    this.cancels.get(person.id)?.();
    this.cancels.delete(person.id);
    const others = this.people.value.filter(({ id }) => id !== person.id);
    if (typing)
      this.cancels.set(
        person.id,
        this.clock.after(TYPING_MS, () => this.heard(person, false)),
      );
    if (typing || others.length < this.people.value.length) {
      this.people.value = typing ? [...others, person] : others;
    }
  }

  /** A welcome replaces what was heard before. */
  forget(): void {
    this.cancels.forEach((cancel) => cancel());
    this.cancels.clear();
    if (this.people.value.length) this.people.value = [];
  }
}

/** Tells the room that you type, at most every three seconds, and that you stopped. */
export class TypingSignal {
  private saidAt: number | null = null;

  constructor(
    private readonly say: (typing: boolean) => void,
    private readonly now: () => number = Date.now,
  ) {}

  start(): void {
    if (this.saidAt !== null && this.now() - this.saidAt < TYPING_EVERY_MS) return;
    this.saidAt = this.now();
    this.say(true);
  }

  stop(): void {
    if (this.saidAt === null) return;
    this.saidAt = null;
    this.say(false);
  }

  /** The line broke: the room has forgotten it too. */
  forget(): void {
    this.saidAt = null;
  }
}
