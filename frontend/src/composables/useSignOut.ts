import { ref, type Ref } from "vue";
import { sentence } from "@/api";
import { useSession } from "@/stores/session";

/** Signing out, and why it did not work: who is offline is not out. */
export function useSignOut(): { signOut: (next?: string) => Promise<void>; stays: Readonly<Ref<string>> } {
  const session = useSession();
  const stays = ref("");
  async function signOut(next?: string): Promise<void> {
    stays.value = "";
    await session.signOut(next).catch((error) => (stays.value = sentence(error)));
  }
  return { signOut, stays };
}
