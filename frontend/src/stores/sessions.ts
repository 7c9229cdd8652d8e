import { defineStore } from "pinia";
import { RoomSession } from "@/room";
import { useReviews } from "@/stores/reviews";
import { roomsWithUnsent } from "@/unsent";
import type { Person } from "@/wire";

/** The rooms that this page has opened. A room opens from here at once, then fills in. */
export const useSessions = defineStore("sessions", () => {
  const reviews = useReviews();
  const sessions = new Map<string, RoomSession>();
  const everyone = (act: (session: RoomSession) => void) => () => sessions.forEach(act);
  const wake = everyone((session) => session.wake());

  addEventListener("online", wake);
  addEventListener(
    "offline",
    everyone((session) => session.lose()),
  );
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && wake());

  function of(roomId: string, you: Person): RoomSession {
    const known = sessions.get(roomId);
    const session = known ?? new RoomSession(roomId, you, { onReviews: () => void reviews.hear() });
    sessions.set(roomId, session);
    return session;
  }

  /** Send what an earlier visit could not. */
  function sendUnsent(you: Person): void {
    for (const roomId of roomsWithUnsent(you.id)) of(roomId, you).flush();
  }

  return { of, sendUnsent };
});
