import type { Permission, PermissionList } from "./wire";

const ENTERING: ReadonlySet<string> = new Set(["read_room", "join_room"]);

/** The verbs that can be decided for a role, by the place in which they count. */
export function decidable({ permissions }: PermissionList, role: string): Permission[] {
  const inRoom = role.startsWith("room_");
  return permissions.filter(
    // A role in a room counts in front of rooms alone, and who has one is in and reads.
    ({ verb, place, fixed }) => !fixed && (!inRoom || (place === "room" && !ENTERING.has(verb))),
  );
}

/** Whether a role has a verb where nothing is decided here. */
export const holdsAbove = (row: Permission, role: string): boolean =>
  (row.by_default as string[]).includes(role);

export const isDecided = (row: Permission, role: string): boolean => role in row.decided;

export const holds = (row: Permission, role: string): boolean => row.decided[role] ?? holdsAbove(row, role);
