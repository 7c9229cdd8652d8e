-- Graphs of our own, in the shape of a Vegvisr graph: {metadata, nodes[], edges[]} in `data`.

CREATE TABLE knowledge_graphs (
  id           TEXT PRIMARY KEY,
  community_id TEXT NOT NULL REFERENCES communities (id),
  created_by   TEXT NOT NULL,
  title        TEXT NOT NULL,
  version      INTEGER NOT NULL,
  data         TEXT NOT NULL,
  created_at   INTEGER NOT NULL,
  updated_at   INTEGER NOT NULL
);
CREATE INDEX knowledge_graphs_by_community ON knowledge_graphs (community_id, updated_at);
