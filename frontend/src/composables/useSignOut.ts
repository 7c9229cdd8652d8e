import { ref, type Ref } from "vue";
import { sentence } from "@/api";
import { useSession } from "@/stores/session";

/** Signing out, and why it did not work: who is offline is not out. */
export function useSignOut(): { signOut: () => Promise<void>; stays: Readonly<Ref<string>> } {
  const session = useSession();
  const stays = ref("");
  async function signOut(): Promise<void> {
    stays.value = "";
    await session.signOut().catch((error) => (stays.value = sentence(error)));
  }
  return { signOut, stays };
}
