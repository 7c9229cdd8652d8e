import { defineStore } from "pinia";
import { ref } from "vue";
import { get, post, Refused, remove, sentence } from "@/api";
import type { Community, HandedOver, HandOver, LinkSent, Me, Platform, Session } from "@/wire";

/** Which community this is, and who you are in it. */
export const useSession = defineStore("session", () => {
  const community = ref<Community | null>(null);
  const platform = ref<Platform | null>(null);
  const me = ref<Me | null>(null);
  const state = ref<"unknown" | "ready" | "no_community" | "failed">("unknown");
  const problem = ref("");
  let loading: Promise<void> | null = null;
  // Who signs out in one window is signed out in all.
  const windows = new BroadcastChannel("vegvisr:signed-out");
  windows.onmessage = () => location.assign("/sign-in");

  async function load(): Promise<void> {
    try {
      const session = await get<Session>("/api/session");
      community.value = session.community;
      platform.value = session.platform;
      me.value = session.me;
      state.value = "ready";
    } catch (error) {
      const isMissing = error instanceof Refused && error.code === "community_not_found";
      state.value = isMissing ? "no_community" : "failed";
      problem.value = sentence(error);
      loading = null;
    }
  }

  /** Load once; later calls share the first answer, and a failed one is tried again. */
  const ready = (): Promise<void> => (loading ??= load());

  // On the way to an invitation one stays outside: it says as what one comes in.
  const enters = (next: string) => !next.startsWith("/join/");

  async function signInHere(personId: string, next: string): Promise<void> {
    me.value = await post<Me>("/api/local/sign-in", { person_id: personId, enter: enters(next) });
  }

  async function useLink(token: string, next: string): Promise<void> {
    me.value = await post<Me>("/api/sign-in/complete", { token, enter: enters(next) });
  }

  async function useMagic(secret: string, next: string): Promise<void> {
    const proof = { kind: "magic", secret, enter: enters(next) };
    me.value = await post<Me>("/api/sign-in/vegvisr", proof);
  }

  /** An address at another host of ours that signs this person in there. */
  const handOver = (host: string, next: string): Promise<HandOver> =>
    post<HandOver>("/api/hand-overs", { host, next });

  const lookAt = (ticket: string): Promise<HandedOver> => post<HandedOver>("/api/hand-overs/look", { ticket });

  async function useTicket(ticket: string, next: string): Promise<void> {
    me.value = await post<Me>("/api/hand-overs/use", { ticket, enter: enters(next) });
  }

  /** Ask anew who this is: somebody may have let them in. */
  async function look(): Promise<void> {
    me.value = (await get<Session>("/api/session")).me;
  }

  const askForLink = (email: string, next: string, ofVegvisr = false): Promise<LinkSent> =>
    post<LinkSent>(ofVegvisr ? "/api/sign-in/vegvisr/link" : "/api/sign-in", { email, next });

  /** Everything in memory is of this person, so the page is loaded anew. */
  function goOut(next?: string): void {
    windows.postMessage(null);
    location.assign(next ? `/sign-in?${new URLSearchParams({ next })}` : "/sign-in");
  }

  /** `next`: where whoever signs in then goes on. */
  async function signOut(next?: string): Promise<void> {
    await post("/api/sign-out");
    goOut(next);
  }

  /** End one's membership of the community. Refused to its owner. */
  async function leave(): Promise<void> {
    await remove("/api/me/membership");
    goOut();
  }

  const links = { useLink, useMagic, askForLink };
  const acts = { ready, look, signInHere, handOver, lookAt, useTicket, signOut, leave };
  return { community, platform, me, state, problem, ...links, ...acts };
});
