import { describe, expect, it } from "vitest";
import { parted } from "./magic";

describe("the token of a magic link", () => {
  it.each([
    ["?magic=0f8f-5b", "0f8f-5b", ""],
    ["?next=%2Frooms&magic=0f8f-5b", "0f8f-5b", "?next=%2Frooms"],
    ["?magic=0f8f-5b&next=%2Frooms", "0f8f-5b", "?next=%2Frooms"],
    ["?a=1&magic=0f8f-5b&b=2", "0f8f-5b", "?a=1&b=2"],
    ["?next=%2Frooms?magic=0f8f-5b", "0f8f-5b", "?next=%2Frooms"],
    ["?next=%2Frooms", "", "?next=%2Frooms"],
    ["?imagic=1", "", "?imagic=1"],
    ["", "", ""],
  ])("leaves %s", (search, token, rest) => {
    expect(parted(search)).toEqual({ token, rest });
  });
});
