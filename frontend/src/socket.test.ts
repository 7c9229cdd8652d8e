import { beforeEach, describe, expect, it, vi } from "vitest";
import { AsWebSocket, HandClock, TestSocket } from "./line.made";
import { FLOOD_MS, PING_MS, PONG_MS, RoomSocket, type Link } from "./socket";
import { CLOSE, PING } from "./wire";

const pong = { type: "pong" } as const;
let clock: HandClock;
let links: Link[];
const onEnd = vi.fn();
const onUnanswered = vi.fn();
const onFrame = vi.fn();

function openSocket(): RoomSocket {
  const socket = new RoomSocket({
    address: () => `after=${TestSocket.made.length}`,
    onFrame,
    onLink: (link) => links.push(link),
    onEnd,
    onUnanswered,
    WebSocket: AsWebSocket,
    clock,
  });
  socket.open();
  return socket;
}

beforeEach(() => {
  TestSocket.made = [];
  clock = new HandClock();
  links = [];
  vi.clearAllMocks();
});

describe("coming back", () => {
  it("waits longer each time, up to fifteen seconds", () => {
    openSocket();
    const waits = [300, 600, 1200, 2400, 4800, 9600, 15_000, 15_000];
    for (const [index, wait] of waits.entries()) {
      TestSocket.last.ends(1006);
      clock.turn(wait - 1);
      expect(TestSocket.made).toHaveLength(index + 1);
      clock.turn(1);
      expect(TestSocket.made).toHaveLength(index + 2);
    }
  });

  it("begins anew with the short wait once the room has answered", () => {
    openSocket();
    TestSocket.last.ends(1006);
    clock.turn(300);
    TestSocket.last.says(pong);
    TestSocket.last.ends(1006);
    clock.turn(300);
    expect(TestSocket.made).toHaveLength(3);
  });

  it("asks for the address each time: it holds the last seq", () => {
    openSocket();
    TestSocket.last.ends(1006);
    clock.turn(300);
    expect(TestSocket.made.map(({ address }) => address)).toEqual(["after=0", "after=1"]);
  });

  it("is at once when the machine is back online", () => {
    const socket = openSocket();
    TestSocket.last.ends(1006);
    socket.wake();
    expect(TestSocket.made).toHaveLength(2);
  });

  it("gives a connection ten seconds to answer", () => {
    openSocket();
    clock.turn(PONG_MS);
    expect(TestSocket.last.isClosed).toBe(true);
    clock.turn(300);
    expect(TestSocket.made).toHaveLength(2);
  });

  it("tells when a connection was never answered, and not when it was", () => {
    openSocket();
    TestSocket.last.ends(1006);
    expect(onUnanswered).toHaveBeenCalledTimes(1);
    clock.turn(300);
    TestSocket.last.says(pong);
    TestSocket.last.ends(1006);
    expect(onUnanswered).toHaveBeenCalledTimes(1);
  });
});

describe("a line that is open", () => {
  it("is open with the first frame, not before", () => {
    const socket = openSocket();
    expect(socket.send({ type: "set_typing", ref: null, typing: true })).toBe(false);
    TestSocket.last.says(pong);
    expect(links).toEqual(["connecting", "open"]);
    expect(socket.send({ type: "set_typing", ref: null, typing: true })).toBe(true);
    expect(TestSocket.last.commands).toEqual([{ type: "set_typing", ref: null, typing: true }]);
  });

  it("pings after 25 silent seconds, and lives on when the pong comes", () => {
    openSocket();
    TestSocket.last.says(pong);
    clock.turn(PING_MS);
    expect(TestSocket.last.sent).toEqual([PING]);
    TestSocket.last.says(pong);
    clock.turn(PONG_MS);
    expect(TestSocket.made).toHaveLength(1);
  });

  it("is dead without a pong: a new one takes its place", () => {
    openSocket();
    TestSocket.last.says(pong);
    clock.turn(PING_MS + PONG_MS);
    expect(TestSocket.made).toHaveLength(2);
    expect(TestSocket.made[0]!.isClosed).toBe(true);
  });

  it("that was left says nothing more", () => {
    const socket = openSocket();
    const left = TestSocket.last;
    socket.reconnect();
    left.says(pong);
    left.ends(1006);
    expect(onFrame).not.toHaveBeenCalled();
    expect(links).toEqual(["connecting"]);
  });
});

describe("an end with a reason", () => {
  it("no longer admitted is for good", () => {
    openSocket();
    TestSocket.last.says(pong);
    TestSocket.last.ends(CLOSE.NO_LONGER_ADMITTED);
    clock.turn(60_000);
    expect(onEnd).toHaveBeenCalledTimes(1);
    expect(TestSocket.made).toHaveLength(1);
  });

  it("flood waits five seconds", () => {
    openSocket();
    TestSocket.last.says(pong);
    TestSocket.last.ends(CLOSE.FLOOD);
    clock.turn(FLOOD_MS - 1);
    expect(TestSocket.made).toHaveLength(1);
    clock.turn(1);
    expect(TestSocket.made).toHaveLength(2);
  });

  it("closing it ourselves is for good, too", () => {
    const socket = openSocket();
    socket.close();
    clock.turn(60_000);
    expect(TestSocket.made).toHaveLength(1);
  });
});

describe("reading fast enough", () => {
  it("says that it has read up to a checkpoint", () => {
    openSocket();
    TestSocket.last.says(pong, { type: "checkpoint", number: 3 });
    expect(TestSocket.last.sent.at(-1)).toBe(JSON.stringify({ type: "reach_checkpoint", ref: null, number: 3 }));
  });
});
