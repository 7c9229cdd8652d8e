import type { Pending } from "./timeline/timeline";

// One key a message, so that two windows never overwrite each other's.
const PREFIX = "vegvisr:unsent:";

/** Your messages that a room has not confirmed, in the order they were written. They survive a reload. */
export class Unsent {
  private readonly prefix: string;

  constructor(
    personId: string,
    roomId: string,
    private readonly storage: Storage = localStorage,
  ) {
    this.prefix = `${PREFIX}${personId}:${roomId}:`;
  }

  all(): Pending[] {
    return keys(this.storage, this.prefix)
      .map((key) => JSON.parse(this.storage.getItem(key)!) as Pending)
      .sort((a, b) => a.at - b.at);
  }

  keep(pending: Pending): void {
    this.storage.setItem(this.prefix + pending.ref, JSON.stringify(pending));
  }

  forget(ref: string): void {
    this.storage.removeItem(this.prefix + ref);
  }
}

/** The rooms in which this person has messages to send. */
export function roomsWithUnsent(personId: string, storage: Storage = localStorage): string[] {
  const prefix = `${PREFIX}${personId}:`;
  return [...new Set(keys(storage, prefix).map((key) => key.slice(prefix.length).split(":")[0]!))];
}

function keys(storage: Storage, prefix: string): string[] {
  const all = Array.from({ length: storage.length }, (_, index) => storage.key(index)!);
  return all.filter((key) => key.startsWith(prefix));
}
