/**
 * From version 4 to 5: what `marks` and `chores` held together, told apart by names, in a table each. Values that
 * cannot be read are dropped; they had no effect before. Times in epoch milliseconds.
 */
export const TYPED_MARKS = `
  CREATE TABLE fired (
    key_id TEXT NOT NULL REFERENCES keys (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    mark TEXT NOT NULL,
    PRIMARY KEY (key_id, name)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE snoozes (
    key_id TEXT PRIMARY KEY REFERENCES keys (id) ON DELETE CASCADE,
    since INTEGER NOT NULL,
    lasts INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE key_rules (
    key_id TEXT PRIMARY KEY REFERENCES keys (id) ON DELETE CASCADE,
    rules TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  -- A number outlives its key, so that none is given twice.
  CREATE TABLE aliases (
    key_id TEXT UNIQUE REFERENCES keys (id) ON DELETE SET NULL,
    number INTEGER PRIMARY KEY
  ) STRICT;
  CREATE TABLE copied_secrets (
    key_id TEXT PRIMARY KEY REFERENCES keys (id) ON DELETE CASCADE,
    until INTEGER NOT NULL,
    digest TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  -- The key of such a secret has no record.
  CREATE TABLE ignored_secrets (
    id TEXT PRIMARY KEY,
    since INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  -- Written before a secret is changed, to learn whether the disk takes writes.
  CREATE TABLE write_probe (
    no INTEGER PRIMARY KEY CHECK (no = 1),
    at INTEGER NOT NULL
  ) STRICT;

  INSERT INTO fired (key_id, name, mark) SELECT key_id, name, mark FROM marks
    WHERE name NOT IN ('snoozed', 'rules', 'alias', 'clipboard');
  -- Within what JavaScript's numbers hold exactly: others cannot be read back.
  INSERT INTO snoozes (key_id, since, lasts) SELECT key_id, CAST(since AS INTEGER), CAST(lasts AS INTEGER) FROM (
    SELECT key_id, iif(json_type(json, '$.since') IN ('integer', 'real'), json_extract(json, '$.since'), NULL) AS since,
      iif(json_type(json, '$.lastsMs') IN ('integer', 'real'), json_extract(json, '$.lastsMs'), NULL) AS lasts
    FROM (SELECT key_id, iif(json_valid(mark), mark, 'null') AS json FROM marks WHERE name = 'snoozed'))
    WHERE since BETWEEN -9007199254740991 AND 9007199254740991 AND lasts BETWEEN -9007199254740991 AND 9007199254740991;
  INSERT INTO key_rules (key_id, rules) SELECT key_id, mark FROM marks WHERE name = 'rules';
  -- Where two keys had one number, it stays with the older.
  INSERT OR IGNORE INTO aliases (key_id, number) SELECT key_id, CAST(mark AS INTEGER) FROM marks
    JOIN keys ON keys.id = key_id
    WHERE name = 'alias' AND CAST(mark AS INTEGER) > 0 AND CAST(CAST(mark AS INTEGER) AS TEXT) = mark
    ORDER BY created_at, no;
  INSERT OR IGNORE INTO aliases (key_id, number) SELECT NULL, done_at FROM chores
    WHERE name = 'last-alias' AND done_at > ifnull((SELECT max(number) FROM aliases), 0);
  INSERT INTO copied_secrets (key_id, until, digest)
    SELECT key_id, min(CAST(substr(mark, 1, space - 1) AS INTEGER), 9007199254740991), substr(mark, space + 1)
    FROM (SELECT key_id, mark, instr(mark, ' ') AS space FROM marks WHERE name = 'clipboard') WHERE space > 0;
  INSERT INTO ignored_secrets (id, since)
    SELECT substr(name, length('secret ') + 1, length(name) - length('secret ') - length(' left alone')), done_at
    FROM chores WHERE name LIKE 'secret % left alone' AND done_at <> 0;
  DELETE FROM chores WHERE name IN ('last-alias', 'keys') OR name LIKE 'secret % left alone';

  DROP TABLE marks;
  -- Versions up to 4 read this, in memory, where they find a newer file.
  CREATE VIEW marks (key_id, name, mark) AS
    SELECT key_id, name, mark FROM fired
    UNION ALL SELECT key_id, 'snoozed', json_object('since', since, 'lastsMs', lasts) FROM snoozes
    UNION ALL SELECT key_id, 'rules', rules FROM key_rules
    UNION ALL SELECT key_id, 'alias', number FROM aliases WHERE key_id IS NOT NULL
    UNION ALL SELECT key_id, 'clipboard', until || ' ' || digest FROM copied_secrets;
`;
