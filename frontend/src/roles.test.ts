import { expect, it } from "vitest";
import { givenBy, isBelow, rankInRoom } from "./roles";

it("is below when the role is, and never beside itself", () => {
  expect(isBelow("member", "admin")).toBe(true);
  expect(isBelow("admin", "admin")).toBe(false);
  expect(isBelow("owner", "admin")).toBe(false);
});

it("gives what is not above one's own, and never the ownership", () => {
  expect(givenBy("owner")).toEqual(["admin", "moderator", "member", "guest", "bot"]);
  expect(givenBy("moderator")).toEqual(["moderator", "member", "guest", "bot"]);
});

it("puts the community's admins above a room's", () => {
  expect(rankInRoom("admin")).toBeLessThan(rankInRoom("member", "admin"));
  expect(rankInRoom("moderator")).toBeGreaterThan(rankInRoom("member"));
});
