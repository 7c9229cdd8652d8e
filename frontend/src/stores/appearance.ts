import { defineStore } from "pinia";
import { ref, watchEffect } from "vue";

export const THEMES = ["system", "light", "dark"] as const;
export const DENSITIES = ["compact", "cosy", "roomy"] as const;
type Theme = (typeof THEMES)[number];
type Density = (typeof DENSITIES)[number];

/** Light or dark, dense or roomy: kept in this browser, shown as attributes of the page. */
export const useAppearance = defineStore("appearance", () => {
  const theme = ref(kept<Theme>("vegvisr:theme", THEMES, "system"));
  const density = ref(kept<Density>("vegvisr:density", DENSITIES, "cosy"));
  watchEffect(() => {
    localStorage.setItem("vegvisr:theme", theme.value);
    localStorage.setItem("vegvisr:density", density.value);
    Object.assign(document.documentElement.dataset, { theme: theme.value, density: density.value });
  });
  return { theme, density };
});

function kept<Choice extends string>(key: string, choices: readonly Choice[], usual: Choice): Choice {
  return choices.find((choice) => choice === localStorage.getItem(key)) ?? usual;
}
