-- What somebody decided otherwise than the table of permissions (workers/domain/permission_table.py).
-- `room_id` is empty where it counts in the whole community.

CREATE TABLE permission_overrides (
  community_id TEXT NOT NULL REFERENCES communities (id),
  room_id      TEXT NOT NULL DEFAULT '',
  role         TEXT NOT NULL,
  verb         TEXT NOT NULL,
  allowed      INTEGER NOT NULL,
  PRIMARY KEY (community_id, room_id, role, verb)
) WITHOUT ROWID;

-- Who did what to whom, when and from where; nothing here is ever changed or taken away.
CREATE TABLE audit_log (
  id           TEXT PRIMARY KEY,
  community_id TEXT NOT NULL REFERENCES communities (id),
  at           INTEGER NOT NULL,
  actor_id     TEXT NOT NULL,
  action       TEXT NOT NULL,
  target_id    TEXT NOT NULL DEFAULT '',
  room_id      TEXT NOT NULL DEFAULT '',
  address      TEXT NOT NULL DEFAULT '',
  details      TEXT NOT NULL DEFAULT '{}'
);
CREATE INDEX audit_log_by_community ON audit_log (community_id, id);

CREATE TRIGGER audit_log_stays BEFORE UPDATE ON audit_log
BEGIN SELECT raise(ABORT, 'the audit log is append only'); END;

CREATE TRIGGER audit_log_remains BEFORE DELETE ON audit_log
BEGIN SELECT raise(ABORT, 'the audit log is append only'); END;

-- A session belongs to the host that made it. `expires_at` rolls with its use, `ends_at` does not.
ALTER TABLE sessions ADD COLUMN host TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN ends_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN used_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN user_agent TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN address TEXT NOT NULL DEFAULT '';
