import { ref } from "vue";
import type { Brand } from "./wire";

/** What the page came with, in its head. */
const arrived = (meta: string): string =>
  typeof document === "undefined" ? "" : (document.querySelector<HTMLMetaElement>(`meta[${meta}]`)?.content ?? "");

/** Empty where the community has none. */
export const logo = ref(arrived('name="vegvisr-logo"'));
/** What the community calls itself here: the title of its brand, else its name. */
export const title = ref(arrived('property="og:site_name"') || "Vegvisr");
const TOKENS = ["accent", "accent_strong", "accent_wash"] as const;

/** The tokens of a look, as CSS custom properties. */
export function tokens({ light, dark }: Pick<Brand, "light" | "dark">): Record<string, string> {
  if (!light || !dark) return {};
  return Object.fromEntries(
    TOKENS.map((name) => [`--${name.replace("_", "-")}`, `light-dark(${light[name]}, ${dark[name]})`]),
  );
}

/** Wear a look at once, without loading the page anew. */
export function wear(brand: Brand, name: string): void {
  logo.value = brand.logo;
  title.value = brand.title || name;
  const { style } = document.documentElement;
  for (const name of TOKENS) style.removeProperty(`--${name.replace("_", "-")}`);
  for (const [name, value] of Object.entries(tokens(brand))) style.setProperty(name, value);
}
