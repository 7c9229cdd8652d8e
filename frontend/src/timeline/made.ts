import type { LoggedEvent, Person } from "@/wire";

// A small cast for the tests of the timeline.
export const ada: Person = { id: "ada", name: "Ada" };
export const ben: Person = { id: "ben", name: "Ben" };
const START = Date.UTC(2026, 10, 20, 9, 0);

export function said(
  seq: number,
  author: Person = ben,
  content = `message ${seq}`,
  at = START + seq * 1000,
): LoggedEvent {
  const message = {
    id: `m${seq}`,
    room_id: "hall",
    author,
    content,
    message_type: "text" as const,
    metadata: {},
    created_at: at,
  };
  return { type: "message_posted", seq, ref: `${author.id}-${seq}`, message };
}

export function joined(seq: number, person: Person = ben): LoggedEvent {
  return { type: "member_joined", seq, at: START + seq * 1000, person };
}

export function withheld(seq: number): LoggedEvent {
  return { type: "message_withheld", seq, at: START + seq * 1000 };
}

export function logOf(count: number): LoggedEvent[] {
  const authors = [ada, ben];
  return Array.from({ length: count }, (_, index) =>
    index % 7 === 3 ? joined(index + 1) : said(index + 1, authors[(index % 3) % 2]),
  );
}
