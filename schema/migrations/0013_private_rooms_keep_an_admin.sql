-- When a private room's last admin goes and none but guests stay, nobody else could look after it:
-- the guest who stands next becomes its admin. A public one is looked after by the community's.

DROP TRIGGER a_room_keeps_an_admin;

CREATE TRIGGER a_room_keeps_an_admin AFTER DELETE ON chat_members
WHEN OLD.role = 'admin' AND NOT EXISTS (
  SELECT 1 FROM chat_members WHERE room_id = OLD.room_id AND role = 'admin'
)
BEGIN
  UPDATE chat_members SET role = 'admin' WHERE room_id = OLD.room_id AND user_id = (
    SELECT heir.user_id FROM chat_members AS heir
    JOIN chat_rooms ON chat_rooms.id = heir.room_id
    JOIN community_members ON community_members.community_id = chat_rooms.community_id
     AND community_members.user_id = heir.user_id
     AND community_members.role <> 'bot'
     AND (community_members.role <> 'guest' OR chat_rooms.settings ->> 'visibility' = 'private')
    WHERE heir.room_id = OLD.room_id
    ORDER BY community_members.role = 'guest', heir.role <> 'moderator', heir.joined_at,
     heir.user_id LIMIT 1
  );
END;
