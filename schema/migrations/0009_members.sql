-- Who is kept out of a community, until when (for good without a moment) and why.

CREATE TABLE bans (
  community_id TEXT NOT NULL REFERENCES communities (id),
  person_id    TEXT NOT NULL REFERENCES people (id),
  by_id        TEXT NOT NULL,
  reason       TEXT NOT NULL DEFAULT '',
  at           INTEGER NOT NULL,
  until        INTEGER,
  PRIMARY KEY (community_id, person_id)
) WITHOUT ROWID;

-- Whatever way in is built later, it does not let in somebody who is banned.
CREATE TRIGGER the_banned_stay_out BEFORE INSERT ON community_members
WHEN EXISTS (
  SELECT 1 FROM bans WHERE community_id = NEW.community_id AND person_id = NEW.user_id
  AND (until IS NULL OR until > NEW.joined_at)
)
BEGIN SELECT raise(IGNORE); END;

-- When a room's last admin goes, whoever stands next becomes one: a moderator, else who came first.
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
     AND community_members.role NOT IN ('guest', 'bot')
    WHERE heir.room_id = OLD.room_id
    ORDER BY heir.role <> 'moderator', heir.joined_at, heir.user_id LIMIT 1
  );
END;

CREATE INDEX audit_log_by_actor ON audit_log (community_id, actor_id, id);
CREATE INDEX audit_log_by_target ON audit_log (community_id, target_id, id);
