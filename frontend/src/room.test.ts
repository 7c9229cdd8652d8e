// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from "vitest";
import { AsWebSocket, HandClock, TestSocket } from "./line.made";
import { ACKNOWLEDGED_MS } from "./outgoing";
import { RoomSession } from "./room";
import { ada, ben, said, withheld } from "./timeline/made";
import { TYPING_EVERY_MS, TypingSignal } from "./typing";
import { roomsWithUnsent } from "./unsent";
import { CLOSE, TYPING_MS, type HistoryLoaded, type LoggedEvent, type RoomEvent, type Welcome } from "./wire";

let clock: HandClock;

function welcome(head: number, may = ["post_message"]): Welcome {
  const room = { id: "hall", name: "Hall", description: "", community_id: "aurora" };
  const limits = { content_length: 8000, frame_bytes: 65536, burst: 5, per_second: 1 };
  return {
    type: "welcome",
    room,
    you: { ...ada, role: "member", may },
    head_seq: head,
    present: [ada],
    resumed: false,
    limits,
  };
}

const page = (events: LoggedEvent[]): HistoryLoaded => ({
  type: "history_loaded",
  ref: null,
  events,
  has_before: false,
  has_after: false,
});
const refusal = (ref: string, code: string, wait: number | null): RoomEvent => ({
  type: "refused",
  ref,
  code,
  detail: "No.",
  retry_after_ms: wait,
});
const sent = () => TestSocket.last.commands.filter(({ type }) => type === "send_message");
const refAt = (index: number) => String(sent()[index]!.ref);
const mine = (seq: number, ref: string) => ({ ...said(seq, ada), ref }) as LoggedEvent;
const states = (room: RoomSession) =>
  room.timeline.value.pending.map(({ content, state }) => `${content} ${state}`);

function enter(...greeting: RoomEvent[]): RoomSession {
  const room = new RoomSession("hall", ada, { WebSocket: AsWebSocket, clock });
  room.open();
  TestSocket.last.says(...(greeting.length ? greeting : [welcome(1), page([said(1)])]));
  return room;
}

beforeEach(() => {
  TestSocket.made = [];
  clock = new HandClock();
  localStorage.clear();
});

describe("sending", () => {
  it("goes one at a time, in order", () => {
    const room = enter();
    room.post("one");
    room.post("two");
    expect(sent().map(({ content }) => content)).toEqual(["one"]);
    TestSocket.last.says(mine(2, refAt(0)));
    expect(sent().map(({ content }) => content)).toEqual(["one", "two"]);
    TestSocket.last.says(mine(3, refAt(1)));
    expect(states(room)).toEqual([]);
  });

  it("waits while there is no line, and resumes after the last seq", () => {
    const room = enter();
    TestSocket.last.ends(1006);
    room.post("one");
    clock.turn(300);
    expect(TestSocket.last.address).toMatch(/\/api\/rooms\/hall\/socket\?after=1$/);
    TestSocket.last.says({ ...welcome(1), resumed: true }, page([]));
    expect(sent().map(({ content }) => content)).toEqual(["one"]);
  });

  it("is repeated with the same ref when no answer comes", () => {
    const room = enter();
    room.post("one");
    const ref = refAt(0);
    clock.turn(ACKNOWLEDGED_MS);
    expect(TestSocket.made).toHaveLength(2);
    TestSocket.last.says({ ...welcome(1), resumed: true }, page([]));
    expect(refAt(0)).toBe(ref);
    TestSocket.last.says(mine(2, ref));
    expect(states(room)).toEqual([]);
    clock.turn(ACKNOWLEDGED_MS);
    expect(TestSocket.made).toHaveLength(2);
  });

  it("survives a reload, in order, and is then forgotten", () => {
    const before = enter();
    TestSocket.last.ends(1006);
    before.post("one");
    before.post("two");
    const room = enter();
    expect(states(room)).toEqual(["one pending", "two pending"]);
    expect(roomsWithUnsent(ada.id)).toEqual(["hall"]);
    TestSocket.last.says(mine(2, refAt(0)));
    TestSocket.last.says(mine(3, refAt(1)));
    expect(roomsWithUnsent(ada.id)).toEqual([]);
  });

  it("fails with the room's words, and the next one goes on", () => {
    const room = enter();
    room.post("one");
    room.post("two");
    TestSocket.last.says(refusal(refAt(0), "too_long", null));
    expect(states(room)).toEqual(["one failed", "two pending"]);
    expect(sent().map(({ content }) => content)).toEqual(["one", "two"]);
  });

  it("too fast tries again by itself when it may", () => {
    const room = enter();
    room.post("one");
    TestSocket.last.says(refusal(refAt(0), "too_fast", 900));
    expect(states(room)).toEqual(["one pending"]);
    clock.turn(899);
    expect(sent()).toHaveLength(1);
    clock.turn(1);
    expect(refAt(1)).toBe(refAt(0));
  });

  it("keeps the line of a room that you left until all is sent", () => {
    const room = enter();
    room.post("one");
    room.close();
    expect(TestSocket.last.isClosed).toBe(false);
    TestSocket.last.says(mine(2, refAt(0)));
    expect(TestSocket.last.isClosed).toBe(true);
  });

  it("does nothing where you may only read", () => {
    const room = enter(welcome(1, ["read_room"]), page([said(1)]));
    room.post("one");
    expect(sent()).toEqual([]);
  });
});

describe("hearing", () => {
  it("reconnects at a hole and applies what was missed", () => {
    const room = enter();
    TestSocket.last.says(said(3));
    expect(TestSocket.made).toHaveLength(2);
    expect(TestSocket.last.address).toMatch(/after=1$/);
    TestSocket.last.says({ ...welcome(3), resumed: true }, page([said(2), said(3)]));
    expect(room.shown.value.events.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });

  it("knows at once when you may do more or less", () => {
    const room = enter(welcome(1, ["read_room"]), page([said(1)]));
    TestSocket.last.says({ type: "access_changed", you: { ...ada, role: "member", may: ["post_message"] } });
    expect(room.welcome.value?.you.may).toEqual(["post_message"]);
    expect(room.welcome.value?.head_seq).toBe(1);
    expect(TestSocket.made).toHaveLength(1);
  });

  it("ends when you are signed out, and does not come back by itself", () => {
    const room = enter();
    TestSocket.last.ends(CLOSE.SIGNED_OUT);
    expect(room.ending.value).toBe("signed_out");
    expect(TestSocket.made).toHaveLength(1);
  });

  it("knows who is here", () => {
    const room = enter();
    TestSocket.last.says({ type: "presence_changed", arrived: [ben], left: [] });
    expect(room.present.value).toEqual([ada, ben]);
    TestSocket.last.says({ type: "presence_changed", arrived: [], left: [ben] });
    expect(room.present.value).toEqual([ada]);
  });

  it("shows who types until it fades or they speak", () => {
    const room = enter();
    const types = () => TestSocket.last.says({ type: "typing_changed", person: ben, typing: true, until: 0 });
    types();
    expect(room.typists.people.value).toEqual([ben]);
    clock.turn(TYPING_MS);
    expect(room.typists.people.value).toEqual([]);
    types();
    TestSocket.last.says(said(2, ben));
    expect(room.typists.people.value).toEqual([]);
  });
});

describe("a socket that is refused", () => {
  const answer = (status: number, code: string) =>
    vi.stubGlobal("fetch", () =>
      Promise.resolve(new Response(JSON.stringify({ code, detail: "No." }), { status })),
    );

  it.each([
    [401, "not_signed_in", "signed_out"],
    [403, "not_allowed", "not_admitted"],
    [404, "room_not_found", "not_found"],
  ])("asks why: %i %s ends it", async (status, code, ending) => {
    answer(status, code);
    const room = new RoomSession("hall", ada, { WebSocket: AsWebSocket, clock });
    room.open();
    TestSocket.last.ends(1006);
    await vi.waitFor(() => expect(room.ending.value).toBe(ending));
    clock.turn(60_000);
    expect(TestSocket.made).toHaveLength(1);
    vi.unstubAllGlobals();
  });

  it("tries on when the platform is only broken", async () => {
    answer(500, "broken");
    const room = new RoomSession("hall", ada, { WebSocket: AsWebSocket, clock });
    room.open();
    TestSocket.last.ends(1006);
    clock.turn(300);
    expect([room.ending.value, TestSocket.made.length]).toEqual([null, 2]);
    vi.unstubAllGlobals();
  });
});

describe("typing", () => {
  it("is said at most every three seconds, and its end once", () => {
    const told: boolean[] = [];
    let now = 0;
    const signal = new TypingSignal(
      (typing) => told.push(typing),
      () => now,
    );
    signal.start();
    now = TYPING_EVERY_MS - 1;
    signal.start();
    now = TYPING_EVERY_MS;
    signal.start();
    signal.stop();
    signal.stop();
    expect(told).toEqual([true, true, false]);
  });
});

describe("who reviews in the room", () => {
  it("hears what changed: when told, on a new line, and when it becomes theirs", () => {
    let heard = 0;
    const options = { WebSocket: AsWebSocket, clock, onReviews: () => (heard += 1) };
    const room = new RoomSession("hall", ada, options);
    room.open();
    TestSocket.last.says(welcome(1), page([said(1)]));
    expect(heard).toBe(0);
    const you = { ...ada, role: "moderator", may: ["review_messages"] };
    TestSocket.last.says({ type: "access_changed", you });
    expect(heard).toBe(1);
    TestSocket.last.says({ type: "access_changed", you: { ...you, role: "admin" } });
    expect(heard).toBe(1);
    TestSocket.last.says({ type: "review_changed" });
    expect(heard).toBe(2);
    room.renew();
    TestSocket.last.says(welcome(1, ["review_messages"]));
    expect(heard).toBe(3);
  });
});

describe("a room that greets anew", () => {
  it("tells who is here and who types, and what may be read, from the start", () => {
    const room = enter({ ...welcome(2), present: [ada, ben] }, page([said(1), said(2)]));
    TestSocket.last.says({ type: "typing_changed", person: ben, typing: true, until: 0 });
    expect(room.typists.people.value).toEqual([ben]);
    TestSocket.last.says(
      welcome(2),
      { type: "too_far_behind", after: 2, head_seq: 2 },
      page([withheld(1), withheld(2)]),
    );
    expect(room.present.value).toEqual([ada]);
    expect(room.typists.people.value).toEqual([]);
    expect(room.shown.value.events).toEqual([withheld(1), withheld(2)]);
    expect(TestSocket.made).toHaveLength(1);
  });
});
