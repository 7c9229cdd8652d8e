import { afterEach, describe, expect, it, vi } from "vitest";
import { faceOf, showFace, wantFace } from "./faces";

const asked: string[] = [];
const answers = (faces: object[]) =>
  vi.stubGlobal("fetch", (path: string) => {
    asked.push(path);
    return Promise.resolve(new Response(JSON.stringify({ faces })));
  });

afterEach(() => vi.unstubAllGlobals());

describe("faces", () => {
  it("are asked for together and once", async () => {
    answers([{ id: "ada", avatar: "/avatars/ada/1.webp" }]);
    ["ada", "ben", "ada"].forEach(wantFace);
    await vi.waitFor(() => expect(faceOf("ada")).toBe("/avatars/ada/1.webp"));
    wantFace("ben");
    expect(faceOf("ben")).toBeNull();
    expect(asked).toEqual(["/api/faces?id=ada&id=ben"]);
  });

  it("change at once where one changes them", () => {
    showFace("ada", null);
    expect(faceOf("ada")).toBeNull();
  });
});
