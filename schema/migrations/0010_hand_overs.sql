-- Tickets that take somebody from one host to another. `proof` is the hash of the session that asked
-- for it, at `origin`; a row is a ticket that nobody has used.
CREATE TABLE hand_overs (
  ticket_hash TEXT PRIMARY KEY,
  person_id   TEXT NOT NULL,
  proof       TEXT NOT NULL,
  origin      TEXT NOT NULL,
  host        TEXT NOT NULL,
  expires_at  INTEGER NOT NULL
);
CREATE INDEX hand_overs_by_age ON hand_overs (expires_at);
