import { LEDGER_TABLES } from './ledger/ledgerSchema.ts';
import { TYPED_MARKS } from './typedMarks.ts';

/** Each step brings the database from the version of its index to the next; a step is never edited later. */
export const STEPS: readonly string[] = [
  `
  CREATE TABLE keys (
    no INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    label TEXT NOT NULL,
    kind TEXT NOT NULL,
    origin TEXT NOT NULL,
    credential TEXT NOT NULL,
    user_id TEXT,
    fingerprint TEXT NOT NULL,
    pinned INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE states (
    key_id TEXT PRIMARY KEY REFERENCES keys (id) ON DELETE CASCADE,
    reading TEXT,
    failure TEXT,
    forecast TEXT,
    checked_at INTEGER,
    failures INTEGER NOT NULL DEFAULT 0,
    due_at INTEGER
  ) STRICT;
  CREATE TABLE claims (
    key_id TEXT PRIMARY KEY REFERENCES keys (id) ON DELETE CASCADE,
    token TEXT NOT NULL,
    ends_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE requests (
    origin TEXT NOT NULL,
    limiter TEXT NOT NULL,
    sent_at INTEGER NOT NULL,
    paced INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX requests_by_time ON requests (origin, limiter, sent_at);
  CREATE TABLE holds (
    origin TEXT NOT NULL,
    limiter TEXT NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (origin, limiter)
  ) STRICT;
  CREATE TABLE sites (
    origin TEXT PRIMARY KEY,
    site TEXT,
    asked_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE marks (
    key_id TEXT NOT NULL REFERENCES keys (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    mark TEXT NOT NULL,
    PRIMARY KEY (key_id, name)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE chores (
    name TEXT PRIMARY KEY,
    done_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE units (
    no INTEGER PRIMARY KEY,
    code TEXT NOT NULL,
    symbol TEXT NOT NULL,
    UNIQUE (code, symbol)
  ) STRICT;
  -- Times in epoch seconds, amounts in the unit's smallest parts; one row for a run of equal readings.
  CREATE TABLE readings (
    key_no INTEGER NOT NULL REFERENCES keys (no) ON DELETE CASCADE,
    at INTEGER NOT NULL,
    lasted INTEGER NOT NULL,
    unit_no INTEGER NOT NULL,
    remaining INTEGER,
    used INTEGER,
    spent INTEGER NOT NULL,
    PRIMARY KEY (key_no, at)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE meters (
    key_no INTEGER PRIMARY KEY REFERENCES keys (no) ON DELETE CASCADE,
    unit_no INTEGER NOT NULL,
    high INTEGER,
    remaining INTEGER,
    resets_at TEXT
  ) STRICT;
  CREATE TABLE days (
    key_no INTEGER NOT NULL REFERENCES keys (no) ON DELETE CASCADE,
    day TEXT NOT NULL,
    unit_no INTEGER NOT NULL,
    spent INTEGER NOT NULL,
    PRIMARY KEY (day, key_no, unit_no)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- Times in epoch milliseconds.
  CREATE TABLE silences (
    name TEXT PRIMARY KEY,
    since INTEGER NOT NULL,
    lasts INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- What a key's figures were read with. Amounts in other tables are whole numbers: one unit on screen is
  -- per_unit of the gateway's own numbers, and each of those is so many parts here.
  CREATE TABLE series (
    no INTEGER PRIMARY KEY AUTOINCREMENT,
    key_no INTEGER NOT NULL REFERENCES keys (no) ON DELETE CASCADE,
    code TEXT NOT NULL,
    symbol TEXT NOT NULL,
    per_unit REAL NOT NULL,
    parts INTEGER NOT NULL,
    fingerprint TEXT NOT NULL,
    source TEXT NOT NULL
  ) STRICT;
  CREATE INDEX series_by_key ON series (key_no);
  -- What was recorded before has amounts of its unit; the scale they were read with is not known.
  INSERT INTO series (key_no, code, symbol, per_unit, parts, fingerprint, source)
    SELECT key_no, code, symbol, 1, iif(code IN ('TOKENS', 'UNITS'), 1, 1000000), '', 'before' FROM (
      SELECT key_no, unit_no FROM readings UNION SELECT key_no, unit_no FROM meters
      UNION SELECT key_no, unit_no FROM days) AS old JOIN units ON units.no = old.unit_no;
  ALTER TABLE readings RENAME COLUMN unit_no TO series_no;
  ALTER TABLE meters RENAME COLUMN unit_no TO series_no;
  ALTER TABLE days RENAME COLUMN unit_no TO series_no;
  UPDATE readings SET series_no = (SELECT series.no FROM series JOIN units USING (code, symbol)
    WHERE series.key_no = readings.key_no AND units.no = readings.series_no);
  UPDATE meters SET series_no = (SELECT series.no FROM series JOIN units USING (code, symbol)
    WHERE series.key_no = meters.key_no AND units.no = meters.series_no);
  UPDATE days SET series_no = (SELECT series.no FROM series JOIN units USING (code, symbol)
    WHERE series.key_no = days.key_no AND units.no = days.series_no);
  DROP TABLE units;
  ALTER TABLE readings ADD COLUMN merged INTEGER NOT NULL DEFAULT 0;
  UPDATE readings SET merged = 1 WHERE lasted > 0 AND spent > 0
    AND at < (SELECT done_at / 1000 FROM chores WHERE name = 'by the hour');
  -- How many seconds of a day somebody looked; of days before this was counted it is not known.
  ALTER TABLE days ADD COLUMN watched INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE meters ADD COLUMN looked_at INTEGER;
  ALTER TABLE meters ADD COLUMN dip_at INTEGER;
  ALTER TABLE meters ADD COLUMN dip_from INTEGER;
  ALTER TABLE meters ADD COLUMN dip_to INTEGER;
  `,
  `
  ALTER TABLE readings ADD COLUMN after_loss INTEGER NOT NULL DEFAULT 0;
  -- Where the scale of what was recorded before turns out, a part is seldom a whole one of the gateway's numbers.
  ALTER TABLE series ADD COLUMN shares REAL NOT NULL DEFAULT 1;
  UPDATE series SET shares = parts;
  ALTER TABLE series DROP COLUMN parts;
  ALTER TABLE series RENAME COLUMN shares TO parts;
  UPDATE series SET fingerprint = (SELECT fingerprint FROM keys WHERE keys.no = series.key_no) WHERE source = 'before';
  `,
  TYPED_MARKS,
  `
  -- Since when a person wants the key not to be asked, epoch milliseconds.
  ALTER TABLE keys ADD COLUMN paused_at INTEGER;
  `,
  `
  ALTER TABLE states ADD COLUMN unchanged_since INTEGER;
  `,
  `
  -- How much of what we allow ourselves of a limiter is ours, since others may ask from the same address.
  CREATE TABLE shares (
    origin TEXT NOT NULL,
    limiter TEXT NOT NULL,
    share REAL NOT NULL,
    changed_at INTEGER NOT NULL,
    refused_at INTEGER,
    refused_share REAL,
    PRIMARY KEY (origin, limiter)
  ) STRICT, WITHOUT ROWID;
  -- Limiters that were asked before keep the whole: only sites seen for the first time begin with less.
  INSERT INTO shares (origin, limiter, share, changed_at)
    SELECT origin, limiter, 1, max(sent_at) FROM requests GROUP BY origin, limiter;
  `,
  `
  -- Calls that people asked for and that wait for room. Epoch milliseconds.
  CREATE TABLE waiting (
    origin TEXT NOT NULL,
    limiter TEXT NOT NULL,
    key_id TEXT NOT NULL REFERENCES keys (id) ON DELETE CASCADE,
    purpose TEXT NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (key_id, purpose, origin, limiter)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- What a gateway's implementation keeps of a key between two checks, as JSON.
  ALTER TABLE states ADD COLUMN memory TEXT;
  `,
  `
  -- Keys that were found in the list of an account, by ids. Epoch milliseconds.
  CREATE TABLE account_links (
    key_id TEXT PRIMARY KEY REFERENCES keys (id) ON DELETE CASCADE,
    account_id TEXT NOT NULL,
    linked_at INTEGER NOT NULL,
    told_at INTEGER,
    separated_at INTEGER
  ) STRICT, WITHOUT ROWID;
  -- The account whose list brought the last reading.
  ALTER TABLE states ADD COLUMN read_from TEXT;
  `,
  LEDGER_TABLES,
  `
  -- When the log of a key was last asked for in the background, and from when on it is taken in: what was before that was
  -- erased. Epoch milliseconds.
  CREATE TABLE log_tries (
    key_id TEXT PRIMARY KEY REFERENCES keys (id) ON DELETE CASCADE,
    at INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    since INTEGER NOT NULL DEFAULT 0
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- The user's own caps on spend, in the unit of code and symbol. One without a key is for all keys of its unit.
  CREATE TABLE spending_limits (
    key_id TEXT REFERENCES keys (id) ON DELETE CASCADE,
    period TEXT NOT NULL,
    code TEXT NOT NULL,
    symbol TEXT NOT NULL,
    amount REAL NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX spending_limits_of_keys ON spending_limits (key_id, period) WHERE key_id IS NOT NULL;
  CREATE UNIQUE INDEX spending_limits_of_units ON spending_limits (code, symbol, period) WHERE key_id IS NULL;
  `,
  `
  -- The secrets that a key had before: until when, and of which account, where a secret is an account's. Epoch milliseconds.
  CREATE TABLE former_secrets (
    key_id TEXT NOT NULL REFERENCES keys (id) ON DELETE CASCADE,
    until INTEGER NOT NULL,
    fingerprint TEXT NOT NULL,
    account TEXT,
    PRIMARY KEY (key_id, until)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- Until when the log of a key may lack rows, epoch milliseconds; 0 where it lacks none, null where that is not known yet.
  ALTER TABLE log_tries ADD COLUMN unlogged_until INTEGER;
  `,
  `
  -- What the user set for programs outside VS Code, which read this file, as JSON.
  CREATE TABLE shared_settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- What a person wrote about the key, and where it stands in an order of their own; null comes last.
  ALTER TABLE keys ADD COLUMN note TEXT;
  ALTER TABLE keys ADD COLUMN place INTEGER;
  `,
];
