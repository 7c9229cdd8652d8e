-- What a moderator should look at: messages that were posted and flagged, and messages that are
-- held until somebody lets them in. A held one stands in no log: its text is kept here and in its
-- room's object.

CREATE TABLE reviews (
  message_id   TEXT PRIMARY KEY,
  community_id TEXT NOT NULL,
  room_id      TEXT NOT NULL,
  author_id    TEXT NOT NULL,
  kind         TEXT NOT NULL CHECK (kind IN ('flagged', 'held')),
  content      TEXT,
  reasons      TEXT NOT NULL,
  at           INTEGER NOT NULL,
  decision     TEXT,
  decided_by   TEXT,
  decided_at   INTEGER
) WITHOUT ROWID;
CREATE INDEX reviews_waiting ON reviews (community_id, message_id) WHERE decided_at IS NULL;

-- The copy of a flagged message brings its review along: both or neither.
CREATE TRIGGER who_is_flagged_is_looked_at AFTER INSERT ON chat_messages
WHEN json_array_length(NEW.metadata, '$.flags') > 0
BEGIN
  INSERT INTO reviews (message_id, community_id, room_id, author_id, kind, reasons, at)
  SELECT NEW.id, chat_rooms.community_id, NEW.room_id, NEW.user_id, 'flagged',
    json_extract(NEW.metadata, '$.flags'), NEW.created_at
  FROM chat_rooms WHERE chat_rooms.id = NEW.room_id
    AND NOT EXISTS (SELECT 1 FROM reviews WHERE message_id = NEW.id);
END;
