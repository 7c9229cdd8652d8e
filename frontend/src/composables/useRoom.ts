import { onScopeDispose, shallowRef, watch, type Ref, type ShallowRef } from "vue";
import type { RoomSession } from "@/room";
import { useSession } from "@/stores/session";
import { useSessions } from "@/stores/sessions";

/** The session of the room on the screen: opened when it is shown, left when another takes its place. */
export function useRoom(roomId: Readonly<Ref<string>>): Readonly<ShallowRef<RoomSession>> {
  const sessions = useSessions();
  const { me } = useSession();
  const room = shallowRef(sessions.of(roomId.value, me!.person));
  watch(
    roomId,
    (id) => {
      const next = sessions.of(id, me!.person);
      if (next !== room.value) room.value.close();
      room.value = next;
      next.open();
    },
    { immediate: true },
  );
  onScopeDispose(() => room.value.close());
  return room;
}
