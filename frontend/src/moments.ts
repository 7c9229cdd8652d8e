const DAY_MS = 86_400_000;
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const weekday = new Intl.DateTimeFormat("en-GB", { weekday: "long" });
const date = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long" });
const dateAndYear = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric" });
const whole = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeStyle: "short" });

/** `14:05` */
export const timeOf = (at: number): string => clock.format(at);

/** `Thursday 19 November 2026 at 14:05` */
export const momentOf = (at: number): string => whole.format(at);

/** A day as people say it: Today, Yesterday, Monday, Monday 9 November, 9 November 2025. */
export function dayOf(at: number, now: number): string {
  const days = Math.round((midnight(now) - midnight(at)) / DAY_MS);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  if (days > 1 && days < 7) return weekday.format(at);
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return (sameYear ? date : dateAndYear).format(at).replace(",", "");
}

/** The time, after the day unless that is today: `14:05`, `Monday, 14:05` */
export function dayAndTime(at: number, now: number): string {
  const day = dayOf(at, now);
  return day === "Today" ? timeOf(at) : `${day}, ${timeOf(at)}`;
}

/** `3 new messages`, `1 new message` */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString("en-GB")} ${count === 1 ? one : many}`;

/** `Ada`, `Ada and Ben`, `Ada, Ben and 2 others` */
export function named(names: readonly string[]): string {
  if (names.length < 3) return names.join(" and ");
  const others = names.length - 2;
  return `${names[0]}, ${names[1]} and ${counted(others, "other")}`;
}

function midnight(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}
