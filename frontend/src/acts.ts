import { momentOf } from "./moments";
import { ROLE_NAMES } from "./roles";
import type { AuditEntry } from "./wire";

/** What was done, as it stands between who did it and to whom. */
export const ACTS: Record<string, string> = {
  change_role: "changed the role of",
  remove_member: "removed",
  ban_member: "banned",
  lift_ban: "lifted the ban of",
  transfer_ownership: "gave the ownership to",
  leave_community: "left the community",
  join_request_approved: "let somebody in",
  join_request_declined: "declined a request to join",
  invitation_made: "made an invitation",
  invitation_revoked: "revoked an invitation",
  invitation_accepted: "came by an invitation",
  add_to_room: "added",
  change_room_role: "changed the room role of",
  remove_from_room: "took out",
  decide_permission: "decided what a role may do",
  edit_community: "changed the community's settings",
  edit_branding: "changed the look",
  edit_guidelines: "wrote new guidelines",
  edit_filters: "changed the filters",
  begin_community: "began a community",
  review_seen: "looked at a message of",
  review_let_in: "let in a message of",
  review_decline: "declined a message of",
  export_audit_log: "exported this log",
};
const NAMES: Record<string, string> = { old: "before", new: "now", room_ids: "rooms", slug: "address", slow_mode_s: "slow mode, seconds", default_rooms: "rooms from the start" };
/** Names of ours in words: a value with `_`, one that nobody reads, a list of ids. */
const SPOKEN = ["verb", "join_rule"];
const UNTOLD = ["message_id"];
const COUNTED = ["default_rooms"];

export const actOf = ({ action }: AuditEntry): string => ACTS[action] ?? action.replaceAll("_", " ");

/** To whom it was done, if that has a name and was not oneself. */
export const targetOf = ({ actor, target, target_id }: AuditEntry): string =>
  target_id === actor.id ? "" : target;

/** `before: Member · now: Admin`; what nobody said is left out. */
export function detailsOf({ details }: AuditEntry): string {
  return Object.entries(details)
    .filter(([name]) => !UNTOLD.includes(name))
    .map(([name, value]) => [NAMES[name] ?? name.replaceAll("_", " "), inWords(name, value)])
    .filter(([, words]) => words !== "")
    .map(([name, words]) => `${name}: ${words}`)
    .join(" · ");
}

function inWords(name: string, value: unknown): string {
  if (value === null || value === undefined || value === "") return "";
  if (name === "until") return momentOf(Number(value));
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "string") return ROLE_NAMES[value] ?? (SPOKEN.includes(name) ? value.replaceAll("_", " ") : value);
  if (Array.isArray(value) && (COUNTED.includes(name) || value.some((one) => typeof one === "object"))) return String(value.length);
  if (typeof value === "object" && !Array.isArray(value)) return Object.entries(value).map(setting).join(", ");
  return String(value).replaceAll(",", ", ");
}

/** `graphs` or `no graphs`; what is no yes or no, with what it is. */
function setting([name, value]: [string, unknown]): string {
  const words = name.replaceAll("_", " ");
  if (typeof value === "boolean") return value ? words : `no ${words}`;
  return `${words} ${String(value)}`;
}
