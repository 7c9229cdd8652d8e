import { describe, expect, it } from "vitest";
import { actOf, detailsOf, targetOf } from "./acts";
import type { AuditEntry } from "./wire";

const made = (entry: Partial<AuditEntry>): AuditEntry => ({
  id: "1",
  at: 0,
  actor: { id: "ada", name: "Ada Solberg" },
  action: "change_role",
  target_id: "edda",
  target: "Edda Jónsdóttir",
  room_id: null,
  room: "",
  address: "127.0.0.1",
  details: {},
  ...entry,
});

describe("an act of the audit log", () => {
  it("has words, also when it is new to this page", () => {
    expect(actOf(made({}))).toBe("changed the role of");
    expect(actOf(made({ action: "paint_the_fence" }))).toBe("paint the fence");
  });

  it("names whom it was done to, unless that is oneself or has no name", () => {
    expect(targetOf(made({}))).toBe("Edda Jónsdóttir");
    expect(targetOf(made({ target_id: "ada", target: "Ada Solberg" }))).toBe("");
    expect(targetOf(made({ target_id: "01a20728", target: "" }))).toBe("");
  });

  it("tells its details in words and leaves out what nobody said", () => {
    const details = { old: "member", new: "room_admin", reason: "", until: null };
    expect(detailsOf(made({ details }))).toBe("before: Member · now: Admin of a room");
    expect(detailsOf(made({ details: { verb: "create_room", allowed: false } }))).toBe(
      "verb: create room · allowed: no",
    );
    const filters = { rules: [{ words: ["casino"] }], allowed_hosts: ["a.org", "b.org"], slow_mode_s: 0 };
    expect(detailsOf(made({ details: filters }))).toBe(
      "rules: 1 · allowed hosts: a.org, b.org · slow mode, seconds: 0",
    );
  });

  it("shows no name of ours, and says what is off", () => {
    const details = { join_rule: "by_request", default_rooms: ["01a2", "01a3"], message_id: "01a4" };
    expect(detailsOf(made({ details }))).toBe("join rule: by request · rooms from the start: 2");
    const features = { graphs: false, assistant: true };
    expect(detailsOf(made({ details: { features } }))).toBe("features: no graphs, assistant");
    const newcomers = { hours: 24, create_rooms: false };
    expect(detailsOf(made({ details: { newcomers } }))).toBe("newcomers: hours 24, no create rooms");
  });
});
