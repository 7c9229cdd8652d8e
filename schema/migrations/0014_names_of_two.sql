-- Somebody comes into a community where another has a name that is one with theirs to a reader: there
-- they are shown with a number behind it, whatever way they came. Their name elsewhere stays.

ALTER TABLE community_members ADD COLUMN name_number INTEGER;

CREATE INDEX community_members_numbered ON community_members (community_id)
WHERE name_number IS NOT NULL;

CREATE TRIGGER a_name_is_one_persons AFTER INSERT ON community_members
WHEN EXISTS (
  SELECT 1 FROM people AS own JOIN people AS other ON other.name_key = own.name_key
  JOIN community_members AS there ON there.user_id = other.id
   AND there.community_id = NEW.community_id AND there.name_number IS NULL
  WHERE own.id = NEW.user_id AND other.id <> own.id
) OR EXISTS (
  SELECT 1 FROM people AS own JOIN community_members AS there
   ON there.community_id = NEW.community_id AND there.name_number IS NOT NULL
  JOIN people AS other ON other.id = there.user_id
  WHERE own.id = NEW.user_id AND own.name_key = other.name_key || ' ' || there.name_number
)
BEGIN
  UPDATE community_members SET name_number = coalesce((
    SELECT min(value) FROM json_each('[2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19]')
    WHERE NOT EXISTS (
      SELECT 1 FROM people AS own JOIN people AS other ON other.name_key = own.name_key || ' ' || value
      JOIN community_members AS there ON there.user_id = other.id
       AND there.community_id = NEW.community_id AND there.name_number IS NULL
      WHERE own.id = NEW.user_id
    ) AND NOT EXISTS (
      SELECT 1 FROM people AS own JOIN community_members AS there
       ON there.community_id = NEW.community_id AND there.name_number = value
      JOIN people AS other ON other.id = there.user_id AND other.name_key = own.name_key
      WHERE own.id = NEW.user_id
    )
  ), 20 + abs(random() % 999980))
  WHERE community_id = NEW.community_id AND user_id = NEW.user_id;
END;
