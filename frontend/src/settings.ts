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
    path: "members",
    title: "Members",
    group: "Community",
    verb: "list_members",
    component: () => import("./pages/settings/MembersPage.vue"),
  },
  {
    path: "roles",
    title: "Roles and permissions",
    group: "Community",
    verb: "edit_permissions",
    component: () => import("./pages/settings/RolesPage.vue"),
  },
  {
    path: "audit-log",
    title: "Audit log",
    group: "Community",
    verb: "read_audit_log",
    component: () => import("./pages/settings/AuditLogPage.vue"),
  },
];

/** The pages that somebody with these verbs sees, in order. */
export function settingsFor(may: readonly string[]): SettingsEntry[] {
  return SETTINGS.filter(({ verb }) => verb === undefined || may.includes(verb));
}
