-- The base tables keep exactly these columns: what else we need stands in tables of our own.
-- Times are milliseconds since 1970 in UTC; `settings` and `metadata` hold JSON.

CREATE TABLE schema_migrations (
  version    TEXT PRIMARY KEY,
  applied_at INTEGER NOT NULL
);

CREATE TABLE chat_rooms (
  id           TEXT PRIMARY KEY,
  name         TEXT NOT NULL,
  description  TEXT NOT NULL DEFAULT '',
  community_id TEXT NOT NULL,
  created_at   INTEGER NOT NULL,
  settings     TEXT NOT NULL DEFAULT '{}'
);
CREATE INDEX chat_rooms_by_community ON chat_rooms (community_id);

CREATE TABLE chat_messages (
  id           TEXT PRIMARY KEY,
  room_id      TEXT NOT NULL,
  user_id      TEXT NOT NULL,
  content      TEXT NOT NULL,
  message_type TEXT NOT NULL,
  metadata     TEXT NOT NULL DEFAULT '{}',
  created_at   INTEGER NOT NULL
);
CREATE INDEX chat_messages_by_room ON chat_messages (room_id, created_at);

CREATE TABLE chat_members (
  room_id   TEXT NOT NULL,
  user_id   TEXT NOT NULL,
  role      TEXT NOT NULL,
  joined_at INTEGER NOT NULL,
  PRIMARY KEY (room_id, user_id)
);
CREATE INDEX chat_members_by_user ON chat_members (user_id);
