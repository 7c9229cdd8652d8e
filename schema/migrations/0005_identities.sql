-- Who somebody is: how it was proven, where they are signed in, how they show themselves.

-- One row for each proof that somebody has given: `provider` says whose word it is.
CREATE TABLE identities (
  provider  TEXT NOT NULL,
  subject   TEXT NOT NULL COLLATE NOCASE,
  person_id TEXT NOT NULL REFERENCES people (id),
  proven_by TEXT NOT NULL,
  proven_at INTEGER NOT NULL,
  PRIMARY KEY (provider, subject)
);
CREATE INDEX identities_by_person ON identities (person_id);

-- A link works in the browser that asked for it: the hash of what that browser keeps.
ALTER TABLE sign_in_links ADD COLUMN browser TEXT NOT NULL DEFAULT '';

-- `id` names a session to its owner; the hash of its token names it to nobody.
ALTER TABLE sessions ADD COLUMN id TEXT NOT NULL DEFAULT '';
UPDATE sessions SET id = lower(hex(randomblob(16)));
CREATE UNIQUE INDEX sessions_by_id ON sessions (id);

-- What somebody tells of themselves. `handle_key` is what two handles share that look alike.
CREATE TABLE profiles (
  person_id    TEXT PRIMARY KEY REFERENCES people (id),
  handle       TEXT,
  handle_key   TEXT UNIQUE,
  bio          TEXT NOT NULL DEFAULT '',
  time_zone    TEXT NOT NULL DEFAULT '',
  languages    TEXT NOT NULL DEFAULT '[]',
  status_emoji TEXT NOT NULL DEFAULT '',
  status_text  TEXT NOT NULL DEFAULT '',
  status_until INTEGER,
  avatar       TEXT
);

-- A ticket opens one socket, once. `proof` is the hash of the session or token that asked for it.
CREATE TABLE socket_tickets (
  ticket_hash TEXT PRIMARY KEY,
  person_id   TEXT NOT NULL,
  proof       TEXT NOT NULL,
  host        TEXT NOT NULL,
  room_id     TEXT NOT NULL,
  expires_at  INTEGER NOT NULL
);
CREATE INDEX socket_tickets_by_age ON socket_tickets (expires_at);

-- Personal access tokens, each for one community.
CREATE TABLE api_tokens (
  id           TEXT PRIMARY KEY,
  token_hash   TEXT NOT NULL UNIQUE,
  person_id    TEXT NOT NULL REFERENCES people (id),
  community_id TEXT NOT NULL REFERENCES communities (id),
  name         TEXT NOT NULL,
  scopes       TEXT NOT NULL,
  created_at   INTEGER NOT NULL,
  expires_at   INTEGER NOT NULL,
  used_at      INTEGER
);
CREATE INDEX api_tokens_by_person ON api_tokens (person_id, community_id);

-- A new e-mail address counts once its link was used.
CREATE TABLE email_changes (
  token_hash TEXT PRIMARY KEY,
  person_id  TEXT NOT NULL,
  email      TEXT NOT NULL COLLATE NOCASE,
  host       TEXT NOT NULL,
  expires_at INTEGER NOT NULL
);
CREATE INDEX email_changes_by_person ON email_changes (person_id);
