-- The guidelines of a community: each version stays as it was written, and who accepted which.

CREATE TABLE community_guidelines (
  community_id TEXT NOT NULL REFERENCES communities (id),
  version      INTEGER NOT NULL,
  text         TEXT NOT NULL,
  written_by   TEXT NOT NULL REFERENCES people (id),
  written_at   INTEGER NOT NULL,
  PRIMARY KEY (community_id, version)
) WITHOUT ROWID;

CREATE TABLE guidelines_accepted (
  community_id TEXT NOT NULL REFERENCES communities (id),
  person_id    TEXT NOT NULL REFERENCES people (id),
  version      INTEGER NOT NULL,
  accepted_at  INTEGER NOT NULL,
  PRIMARY KEY (community_id, person_id)
) WITHOUT ROWID;
