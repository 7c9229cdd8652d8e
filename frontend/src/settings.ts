import type { Component } from "vue";

/** A page of the settings. With `verb` only who may do that in the community, or in a room of it, sees it;
 *  what is about the person alone is `anywhere`, at the platform's own host too. */
export interface SettingsEntry {
  readonly path: string;
  readonly title: string;
  readonly group: "You" | "Community";
  readonly verb?: string;
  readonly anywhere?: true;
  readonly component: () => Promise<Component>;
}

/** The steps of who begins a community; the last one is taken in the community itself. */
export const BEGINNING = ["Name", "Look", "Rooms", "Invitations"] as const;

export const SETTINGS: readonly SettingsEntry[] = [
  {
    path: "profile",
    title: "Profile",
    group: "You",
    anywhere: true,
    component: () => import("./pages/settings/ProfilePage.vue"),
  },
  {
    path: "email",
    title: "E-mail address",
    group: "You",
    anywhere: true,
    component: () => import("./pages/settings/EmailPage.vue"),
  },
  {
    path: "devices",
    title: "Devices",
    group: "You",
    anywhere: true,
    component: () => import("./pages/settings/DevicesPage.vue"),
  },
  {
    path: "safety",
    title: "Safety",
    group: "You",
    component: () => import("./pages/settings/SafetyPage.vue"),
  },
  {
    path: "tokens",
    title: "API tokens",
    group: "You",
    verb: "create_token",
    component: () => import("./pages/settings/TokensPage.vue"),
  },
  {
    path: "new-community",
    title: "A new community",
    group: "You",
    component: () => import("./pages/settings/NewCommunityPage.vue"),
  },
  {
    path: "leave",
    title: "Leave the community",
    group: "You",
    component: () => import("./pages/settings/LeavePage.vue"),
  },
  {
    path: "community",
    title: "Community",
    group: "Community",
    verb: "edit_community",
    component: () => import("./pages/settings/CommunityPage.vue"),
  },
  {
    path: "look",
    title: "Look",
    group: "Community",
    verb: "edit_branding",
    component: () => import("./pages/settings/LookPage.vue"),
  },
  {
    path: "guidelines",
    title: "Guidelines",
    group: "Community",
    verb: "edit_guidelines",
    component: () => import("./pages/settings/GuidelinesPage.vue"),
  },
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
  {
    path: "review",
    title: "Review",
    group: "Community",
    verb: "review_messages",
    component: () => import("./pages/settings/ReviewPage.vue"),
  },
  {
    path: "filters",
    title: "Filters",
    group: "Community",
    verb: "edit_filters",
    component: () => import("./pages/settings/FiltersPage.vue"),
  },
  {
    path: "audit-log",
    title: "Audit log",
    group: "Community",
    verb: "read_audit_log",
    component: () => import("./pages/settings/AuditLogPage.vue"),
  },
];

/** The pages that somebody with these verbs sees in a community, in order. */
export function settingsFor(may: readonly string[]): SettingsEntry[] {
  return SETTINGS.filter(({ verb }) => verb === undefined || may.includes(verb));
}

/** Those at the platform's own host, where no community is. */
export const SETTINGS_ANYWHERE: readonly SettingsEntry[] = SETTINGS.filter(({ anywhere }) => anywhere);
