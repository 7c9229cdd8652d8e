const RANK: Record<string, number> = { guest: 0, bot: 0, member: 1, moderator: 2, admin: 3, owner: 4 };
const IN_ROOM: Record<string, number> = { member: 0, moderator: 1, admin: 2 };

/** What somebody can be made in a community; ownership goes by a transfer. */
export const GIVEN = ["admin", "moderator", "member", "guest", "bot"] as const;
export const IN_A_ROOM = ["admin", "moderator", "member"] as const;

export const ROLE_NAMES: Record<string, string> = {
  owner: "Owner",
  admin: "Admin",
  moderator: "Moderator",
  member: "Member",
  guest: "Guest",
  bot: "Bot",
  room_admin: "Admin of a room",
  room_moderator: "Moderator of a room",
  room_member: "Member of a room",
};

/** Whether somebody's role is below one's own; the server decides in the end. */
export const isBelow = (theirs: string, mine: string): boolean => (RANK[theirs] ?? 0) < (RANK[mine] ?? 0);

/** The roles that somebody with this one can give. */
export const givenBy = (mine: string): string[] =>
  GIVEN.filter((role) => (RANK[role] ?? 0) <= (RANK[mine] ?? 0));

/** How high somebody stands in a room, with their role there and in the community. */
export const rankInRoom = (inRoom: string, inCommunity = "member"): number =>
  Math.max(IN_ROOM[inRoom] ?? 0, { owner: 4, admin: 3, moderator: 1 }[inCommunity] ?? 0);
