import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const TEXT = 4.5;
const PART = 3;
const css = readFileSync(fileURLToPath(new URL("./tokens.css", import.meta.url)), "utf8");
const colour = /--([\w-]+): light-dark\(oklch\(([^/)]+)\), oklch\(([^/)]+)\)\);/g;
const tokens = new Map(
  [...css.matchAll(colour)].map(([, name, light, dark]) => [name!, { light: light!, dark: dark! }]),
);
const face = readFileSync(
  fileURLToPath(new URL("../components/common/FacePicture.vue", import.meta.url)),
  "utf8",
);
const [, light, dark] = face.match(/light-dark\(oklch\((.*) var\(--hue\)\), oklch\((.*) var\(--hue\)\)\)/)!;
const faces = Array.from({ length: 24 }, (_, step) => `face ${step * 15}`);
for (const name of faces)
  tokens.set(name, { light: `${light} ${name.slice(5)}`, dark: `${dark} ${name.slice(5)}` });
const grounds = ["paper", "surface", "sunk", "hover"];

const pairs: [string, string, number][] = [
  ...grounds.flatMap((ground): [string, string, number][] => [
    ["ink", ground, TEXT],
    ["muted", ground, TEXT],
  ]),
  ...["paper", "surface", "sunk"].flatMap((ground): [string, string, number][] => [
    ["accent", ground, TEXT],
    ["accent-strong", ground, TEXT],
    ["rowan", ground, TEXT],
    ["moss", ground, PART],
    ["edge", ground, PART],
  ]),
  ["ink", "accent-wash", TEXT],
  ["muted", "accent-wash", TEXT],
  ["accent", "accent-wash", TEXT],
  ["accent", "hover", PART],
  ["on-accent", "accent", TEXT],
  ["on-accent", "accent-strong", TEXT],
  ["amber", "amber-wash", TEXT],
  ["rowan", "rowan-wash", TEXT],
  ...faces.map((name): [string, string, number] => ["face-ink", name, TEXT]),
];

/** Relative luminance (WCAG) of an OKLCH colour. */
function luminance(oklch: string): number {
  const [lightness, chroma, hue] = oklch.trim().split(/\s+/).map(Number) as [number, number, number];
  const angle = (hue * Math.PI) / 180;
  const [a, b] = [chroma * Math.cos(angle), chroma * Math.sin(angle)];
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clip = (value: number) => Math.min(1, Math.max(0, value));
  const red = clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
  const green = clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
  const blue = clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dim, bright] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (bright + 0.05) / (dim + 0.05);
}

describe("contrast", () => {
  it("is measured right: white on black is 21", () => {
    expect(contrast("1 0 0", "0 0 0")).toBeCloseTo(21, 1);
  });

  it("reads every colour of the tokens", () => {
    const veil = 1;
    expect(tokens.size - faces.length).toBe(css.match(/light-dark\(/g)!.length - veil);
  });

  describe.each(["light", "dark"] as const)("in %s", (theme) => {
    it.each(pairs)("%s on %s is at least %d", (front, ground, least) => {
      expect(contrast(tokens.get(front)![theme], tokens.get(ground)![theme])).toBeGreaterThanOrEqual(least);
    });
  });
});
