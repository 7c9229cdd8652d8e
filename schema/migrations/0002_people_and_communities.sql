-- Who is who, which community lives where, and how people prove who they are.

CREATE TABLE people (
  id         TEXT PRIMARY KEY,
  email      TEXT NOT NULL UNIQUE COLLATE NOCASE,
  name       TEXT NOT NULL,
  name_key   TEXT NOT NULL,
  about      TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL
);

CREATE INDEX people_by_name ON people (name_key);

CREATE TABLE communities (
  id          TEXT PRIMARY KEY,
  slug        TEXT NOT NULL UNIQUE,
  name        TEXT NOT NULL,
  description TEXT NOT NULL DEFAULT '',
  config      TEXT NOT NULL DEFAULT '{}',
  created_at  INTEGER NOT NULL
);

CREATE TABLE community_domains (
  domain       TEXT PRIMARY KEY,
  community_id TEXT NOT NULL REFERENCES communities (id)
);

CREATE TABLE community_members (
  community_id TEXT NOT NULL REFERENCES communities (id),
  user_id      TEXT NOT NULL REFERENCES people (id),
  role         TEXT NOT NULL,
  joined_at    INTEGER NOT NULL,
  PRIMARY KEY (community_id, user_id)
);
CREATE INDEX community_members_by_user ON community_members (user_id);

-- `key` is what equal names share (workers/domain/naming.py): a community has each name once.
CREATE TABLE room_names (
  community_id TEXT NOT NULL,
  key          TEXT NOT NULL,
  room_id      TEXT NOT NULL UNIQUE,
  PRIMARY KEY (community_id, key)
);

CREATE TABLE sessions (
  token_hash TEXT PRIMARY KEY,
  person_id  TEXT NOT NULL REFERENCES people (id),
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
);
CREATE INDEX sessions_by_person ON sessions (person_id);

-- `sender` is the network address that asked for the link; a row goes an hour after it.
CREATE TABLE sign_in_links (
  token_hash   TEXT PRIMARY KEY,
  email        TEXT NOT NULL COLLATE NOCASE,
  host         TEXT NOT NULL,
  community_id TEXT NOT NULL,
  sender       TEXT NOT NULL,
  asked_at     INTEGER NOT NULL,
  expires_at   INTEGER NOT NULL,
  used_at      INTEGER
);
CREATE INDEX sign_in_links_by_email ON sign_in_links (email, expires_at);
CREATE INDEX sign_in_links_by_sender ON sign_in_links (sender, community_id, asked_at);
CREATE INDEX sign_in_links_by_age ON sign_in_links (asked_at);

-- Mail of a developer's machine: production hands mail to the platform instead.
CREATE TABLE local_mailbox (
  id      TEXT PRIMARY KEY,
  "to"    TEXT NOT NULL,
  subject TEXT NOT NULL,
  text    TEXT NOT NULL,
  link    TEXT NOT NULL,
  sent_at INTEGER NOT NULL
);
