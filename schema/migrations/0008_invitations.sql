-- The way into a community, and what a person keeps from others.

-- `code` is the secret of the link: 120 random bits. `rooms` is a JSON array of ids.
CREATE TABLE invitations (
  id           TEXT PRIMARY KEY,
  code         TEXT NOT NULL UNIQUE,
  community_id TEXT NOT NULL REFERENCES communities (id),
  created_by   TEXT NOT NULL REFERENCES people (id),
  role         TEXT NOT NULL,
  rooms        TEXT NOT NULL DEFAULT '[]',
  email        TEXT COLLATE NOCASE,
  uses         INTEGER NOT NULL,
  created_at   INTEGER NOT NULL,
  expires_at   INTEGER NOT NULL,
  revoked_at   INTEGER
);
CREATE INDEX invitations_by_community ON invitations (community_id, created_at);
CREATE INDEX invitations_by_person ON invitations (created_by, community_id, created_at);

-- Who came by an invitation. How many of these there are is how often it was used.
CREATE TABLE invitation_uses (
  invitation_id TEXT NOT NULL REFERENCES invitations (id),
  person_id     TEXT NOT NULL REFERENCES people (id),
  used_at       INTEGER NOT NULL,
  PRIMARY KEY (invitation_id, person_id)
) WITHOUT ROWID;

-- Somebody who asks to be let in, once in a community. `answers` is a JSON array of
-- {question, answer}; `state` is waiting, approved or declined.
CREATE TABLE join_requests (
  id           TEXT PRIMARY KEY,
  community_id TEXT NOT NULL REFERENCES communities (id),
  person_id    TEXT NOT NULL REFERENCES people (id),
  answers      TEXT NOT NULL,
  state        TEXT NOT NULL,
  asked_at     INTEGER NOT NULL,
  decided_by   TEXT,
  decided_at   INTEGER,
  UNIQUE (community_id, person_id)
);
CREATE INDEX join_requests_by_state ON join_requests (community_id, state, asked_at);

-- What a person keeps from others, in every community that both are in.
CREATE TABLE blocks (
  person_id  TEXT NOT NULL REFERENCES people (id),
  blocked_id TEXT NOT NULL REFERENCES people (id),
  at         INTEGER NOT NULL,
  PRIMARY KEY (person_id, blocked_id)
) WITHOUT ROWID;
CREATE INDEX blocks_by_blocked ON blocks (blocked_id);

-- Who may write to them and invite them; `muted_*` are JSON arrays of ids.
CREATE TABLE safety_settings (
  person_id    TEXT PRIMARY KEY REFERENCES people (id),
  may_write    TEXT NOT NULL,
  may_invite   TEXT NOT NULL,
  muted_people TEXT NOT NULL,
  muted_rooms  TEXT NOT NULL
);
