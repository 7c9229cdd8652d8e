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
    path: "safety",
    title: "Safety",
    group: "You",
    component: () => import("./pages/settings/SafetyPage.vue"),
  },
  {
    path: "invitations",
    title: "Invitations",
    group: "Community",
    verb: "invite_member",
    component: () => import("./pages/settings/InvitationsPage.vue"),
  },
  {
    path: "requests",
    title: "Requests to join",
    group: "Community",
    verb: "review_requests",
    component: () => import("./pages/settings/RequestsPage.vue"),
  },
];

/** The pages that somebody with these verbs sees, in order. */
export function settingsFor(may: readonly string[]): SettingsEntry[] {
  return SETTINGS.filter(({ verb }) => verb === undefined || may.includes(verb));
}
