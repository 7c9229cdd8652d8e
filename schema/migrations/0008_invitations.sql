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
