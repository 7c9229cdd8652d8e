-- What a creation answered, for whoever asks for the same once more. A row goes a day after it.
-- `scope` is who asked, hashed; `asked` is what was asked, hashed; `status` is none while it runs.

CREATE TABLE idempotency_keys (
  scope    TEXT NOT NULL,
  key      TEXT NOT NULL,
  asked    TEXT NOT NULL,
  asked_at INTEGER NOT NULL,
  status   INTEGER,
  body     TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (scope, key)
) WITHOUT ROWID;
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (asked_at);
