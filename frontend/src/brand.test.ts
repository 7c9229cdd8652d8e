import { expect, it } from "vitest";
import { tokens } from "./brand";

const tints = (accent: string) => ({ accent, accent_strong: "#111111", accent_wash: "#eeeeee" });

it("names every token once for light and once for dark", () => {
  expect(tokens({ light: tints("#123456"), dark: tints("#abcdef") })).toEqual({
    "--accent": "light-dark(#123456, #abcdef)",
    "--accent-strong": "light-dark(#111111, #111111)",
    "--accent-wash": "light-dark(#eeeeee, #eeeeee)",
  });
});

it("leaves our own colours where a brand has none", () => {
  expect(tokens({ light: null, dark: null })).toEqual({});
});
