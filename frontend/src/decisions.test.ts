import { describe, expect, it } from "vitest";
import { decidable, holds, holdsAbove, isDecided } from "./decisions";
import type { Permission } from "./wire";

const row = (more: Partial<Permission>): Permission => ({
  verb: "post_message",
  doing: "post messages",
  place: "room",
  by_default: ["owner", "room_member"],
  decided: {},
  fixed: false,
  ...more,
});

describe("what a role may do", () => {
  it("is what was decided here, else what holds above", () => {
    const decided = row({ decided: { room_member: false } });
    expect([holds(row({}), "room_member"), isDecided(row({}), "room_member")]).toEqual([true, false]);
    expect([holds(decided, "room_member"), isDecided(decided, "room_member")]).toEqual([false, true]);
    expect(holdsAbove(decided, "room_member")).toBe(true);
    expect(holds(decided, "guest")).toBe(false);
  });

  it("is decided where it counts and is not fixed", () => {
    const permissions = [
      row({}),
      row({ verb: "read_room" }),
      row({ verb: "join_room" }),
      row({ verb: "create_room", place: "community" }),
      row({ verb: "leave_room", fixed: true }),
    ];
    const verbs = (role: string) => decidable({ permissions, yours: [] }, role).map(({ verb }) => verb);
    expect(verbs("member")).toEqual(["post_message", "read_room", "join_room", "create_room"]);
    expect(verbs("room_member")).toEqual(["post_message"]);
  });
});
