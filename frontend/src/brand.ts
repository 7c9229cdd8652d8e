import { ref } from "vue";
import type { Brand } from "./wire";

/** The logo that the page came with; empty where the community has none. */
export const logo = ref(
  typeof document === "undefined"
    ? ""
    : (document.querySelector<HTMLMetaElement>('meta[name="vegvisr-logo"]')?.content ?? ""),
);
const TOKENS = ["accent", "accent_strong", "accent_wash"] as const;

/** The tokens of a look, as CSS custom properties. */
export function tokens({ light, dark }: Pick<Brand, "light" | "dark">): Record<string, string> {
  if (!light || !dark) return {};
  return Object.fromEntries(
    TOKENS.map((name) => [`--${name.replace("_", "-")}`, `light-dark(${light[name]}, ${dark[name]})`]),
  );
}

/** Wear a look at once, without loading the page anew. */
export function wear(brand: Brand): void {
  logo.value = brand.logo;
  const { style } = document.documentElement;
  for (const name of TOKENS) style.removeProperty(`--${name.replace("_", "-")}`);
  for (const [name, value] of Object.entries(tokens(brand))) style.setProperty(name, value);
}
