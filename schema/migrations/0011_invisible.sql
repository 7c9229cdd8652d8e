-- Whoever is invisible is told of to nobody: not that they are here, nor that they type.
ALTER TABLE safety_settings ADD COLUMN invisible INTEGER NOT NULL DEFAULT 0;
