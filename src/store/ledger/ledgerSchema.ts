/** What a line spent, by time. What a gateway does not tell is null. */
const figures = (table: string, more = '') => `
  CREATE TABLE ${table} (
    line_no INTEGER NOT NULL REFERENCES spend_lines (no) ON DELETE CASCADE,
    at INTEGER NOT NULL,
    raw INTEGER NOT NULL,
    requests INTEGER,
    prompt INTEGER,
    completion INTEGER,${more}
    PRIMARY KEY (line_no, at)
  ) STRICT, WITHOUT ROWID;`;

/** The tables of the spend ledger. Times are epoch seconds unless they say otherwise. */
export const LEDGER_TABLES = `
  -- What amounts are counted in: one unit is per_unit of the gateway's own numbers, and each of those is so many parts.
  CREATE TABLE spend_series (
    no INTEGER PRIMARY KEY,
    key_no INTEGER NOT NULL REFERENCES keys (no) ON DELETE CASCADE,
    source TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    code TEXT NOT NULL,
    symbol TEXT NOT NULL,
    per_unit REAL NOT NULL,
    parts INTEGER NOT NULL,
    UNIQUE (key_no, source, fingerprint, code, symbol, per_unit)
  ) STRICT;
  -- Whose spend it is: a name in the list of an account, and a model.
  CREATE TABLE spend_names (
    no INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
  ) STRICT;
  CREATE TABLE spend_lines (
    no INTEGER PRIMARY KEY,
    series_no INTEGER NOT NULL REFERENCES spend_series (no) ON DELETE CASCADE,
    name_no INTEGER NOT NULL,
    model_no INTEGER NOT NULL,
    UNIQUE (series_no, name_no, model_no)
  ) STRICT;
  -- Rows of logs: by quarters of an hour since 1970, and the newest part by the second as well.
  ${figures('spend_quarters')}
  ${figures('spend_seconds')}
  -- Sums over spans, as gateways tell them.
  ${figures('spend_sums', '\n    until INTEGER NOT NULL,')}
  -- Sums of all of these by local days since 1970, and the zone that a key's are of.
  ${figures('spend_days')}
  CREATE TABLE spend_zones (
    key_no INTEGER PRIMARY KEY REFERENCES keys (no) ON DELETE CASCADE,
    zone TEXT NOT NULL
  ) STRICT;
  CREATE TABLE spend_coverage (
    series_no INTEGER NOT NULL REFERENCES spend_series (no) ON DELETE CASCADE,
    since INTEGER NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (series_no, since)
  ) STRICT, WITHOUT ROWID;
  -- The last answer of each source: when it came (epoch milliseconds), what it held, how far its end was behind our clock,
  -- and since when rows are kept by the second.
  CREATE TABLE spend_answers (
    key_no INTEGER NOT NULL REFERENCES keys (no) ON DELETE CASCADE,
    source TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    taken_in_at INTEGER NOT NULL,
    rows INTEGER NOT NULL,
    since INTEGER,
    until INTEGER,
    raw REAL NOT NULL,
    code TEXT NOT NULL,
    symbol TEXT NOT NULL,
    per_unit REAL NOT NULL,
    used REAL,
    behind_s INTEGER,
    seconds_from INTEGER,
    PRIMARY KEY (key_no, source, fingerprint)
  ) STRICT, WITHOUT ROWID;
`;
