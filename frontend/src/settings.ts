import type { Component } from "vue";

/** A page of the settings. With `verb` only who may do that in the community sees it. */
export interface SettingsEntry {
  readonly path: string;
  readonly title: string;
  readonly group: "You" | "Community";
  readonly verb?: string;
  readonly component: () => Promise<Component>;
}

export const SETTINGS: readonly SettingsEntry[] = [
  {
    path: "profile",
    title: "Profile",
    group: "You",
    component: () => import("./pages/settings/ProfilePage.vue"),
  },
  {
    path: "email",
    title: "E-mail address",
    group: "You",
    component: () => import("./pages/settings/EmailPage.vue"),
  },
  {
    path: "devices",
    title: "Devices",
    group: "You",
    component: () => import("./pages/settings/DevicesPage.vue"),
  },
  {
    path: "tokens",
    title: "API tokens",
    group: "You",
    verb: "create_token",
    component: () => import("./pages/settings/TokensPage.vue"),
  },
];

/** The pages that somebody with these verbs sees, in order. */
export function settingsFor(may: readonly string[]): SettingsEntry[] {
  return SETTINGS.filter(({ verb }) => verb === undefined || may.includes(verb));
}
