-- The truth of one room. `log` is its one order: seq 1, 2, 3, … without a gap. `event` is the text
-- that every socket receives, so sending and re-sending never serialises again.
CREATE TABLE IF NOT EXISTS log (
  seq       INTEGER PRIMARY KEY,
  type      TEXT NOT NULL,
  author_id TEXT NOT NULL,
  ref       TEXT NOT NULL,
  event     TEXT NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS log_by_ref ON log (author_id, ref);

-- The outbox: the log past `seq` still waits for this target. Written with the message by nature,
-- since it is the message (docs/decisions/004-the-log-is-the-outbox.md).
CREATE TABLE IF NOT EXISTS copied (
  target TEXT PRIMARY KEY,
  seq    INTEGER NOT NULL
);

-- What the room knows about itself, for when it wakes without anybody asking.
CREATE TABLE IF NOT EXISTS facts (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
);

-- Who is hidden from whom, for those who sit here and when the object wakes. A JSON array of ids.
CREATE TABLE IF NOT EXISTS hiding (
  person_id TEXT PRIMARY KEY,
  hidden    TEXT NOT NULL
);
-- What the filters hold until a moderator decides, and for a while what became of it. It is no part
-- of the log: no reader learns of it. `copied`: D1 has it.
CREATE TABLE IF NOT EXISTS held (
  id        TEXT PRIMARY KEY,
  author_id TEXT NOT NULL,
  ref       TEXT NOT NULL,
  message   TEXT NOT NULL,
  reasons   TEXT NOT NULL,
  at        INTEGER NOT NULL,
  state     TEXT NOT NULL DEFAULT 'waiting',
  said      TEXT NOT NULL DEFAULT '',
  copied    INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX IF NOT EXISTS held_by_ref ON held (author_id, ref);
