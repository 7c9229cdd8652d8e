import { describe, expect, it } from "vitest";
import { answerOf, bodyOf, fieldsOf, grouped, typeOf, type Description } from "./apiDescription";

const room = { $ref: "#/components/schemas/Room" };
const json = (schema: object) => ({ content: { "application/json": { schema } } });
const described: Description = {
  info: { version: "1" },
  paths: {
    "/api/rooms": {
      get: { responses: { "200": json({ type: "array", items: room }) } },
      post: { requestBody: json(room), responses: { "201": json(room), default: {} } },
    },
    "/healthz": { get: { responses: { "200": {} } } },
  },
  components: {
    schemas: {
      Room: {
        properties: { name: { type: "string" }, role: { anyOf: [{ type: "string" }, { type: "null" }] } },
        required: ["name"],
      },
    },
  },
};

describe("the description of the API", () => {
  it("is grouped by the first word of the path", () => {
    const groups = grouped(described);
    expect([...groups.keys()]).toEqual(["rooms", "healthz"]);
    expect(groups.get("rooms")!.map(({ method }) => method)).toEqual(["GET", "POST"]);
  });

  it("names types as people do", () => {
    expect(typeOf({ type: "array", items: room })).toBe("list of Room");
    expect(typeOf({ enum: ["public", "private"] })).toBe('"public" or "private"');
    expect(typeOf(undefined)).toBe("anything");
  });

  it("finds what is taken and what is answered, field by field", () => {
    const { post } = described.paths["/api/rooms"]!;
    expect(fieldsOf(bodyOf(post!.requestBody), described)).toEqual([
      { name: "name", type: "string", isRequired: true },
      { name: "role", type: "string or null", isRequired: false },
    ]);
    expect(answerOf(post!)).toEqual({ status: "201", body: room });
  });
});
