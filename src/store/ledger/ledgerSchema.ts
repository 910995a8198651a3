/** What columns are, shortened: every start loads this text. */
const WHOLE = 'INTEGER NOT NULL';
const TEXT = 'TEXT NOT NULL';
const NO = 'no INTEGER PRIMARY KEY';
const OF_KEY = `key_no ${WHOLE} REFERENCES keys (no) ON DELETE CASCADE`;
const OF_SERIES = `series_no ${WHOLE} REFERENCES spend_series ON DELETE CASCADE`;

/** Without a row id of its own where a primary key is named last. */
const table = (name: string, columns: string, key?: string) =>
  `CREATE TABLE spend_${name} (${columns}${key ? `, PRIMARY KEY (${key})) STRICT, WITHOUT ROWID` : ') STRICT'};\n`;

/** Figures of a line by time. What a gateway does not tell is null. */
const cells = (name: string, more = '') =>
  table(
    name,
    `line_no ${WHOLE} REFERENCES spend_lines ON DELETE CASCADE, at ${WHOLE}, raw ${WHOLE}, requests INTEGER, prompt INTEGER, completion INTEGER${more}`,
    'line_no, at',
  );

/**
 * The tables of the spend ledger. A series says what amounts are counted in, a line whose they are: a name in the account's
 * list and a model. `at` is a quarter of an hour (epoch seconds / 900), a second, the first second of a sum, or a local
 * day (days since 1970).
 */
export const LEDGER_TABLES = [
  table('names', `${NO}, name ${TEXT} UNIQUE`),
  table(
    'series',
    `${NO}, ${OF_KEY}, source ${TEXT}, fingerprint ${TEXT}, code ${TEXT}, symbol ${TEXT}, per_unit REAL NOT NULL, parts ${WHOLE}, UNIQUE (key_no, source, fingerprint, code, symbol, per_unit)`,
  ),
  table(
    'lines',
    `${NO}, ${OF_SERIES}, name_no ${WHOLE}, model_no ${WHOLE}, UNIQUE (series_no, name_no, model_no)`,
  ),
  cells('quarters'),
  cells('seconds'),
  cells('sums', `, until ${WHOLE}`),
  cells('days'),
  table('coverage', `${OF_SERIES}, since ${WHOLE}, until ${WHOLE}`, 'series_no, since'),
  // The last answer of each source, how far its end was behind our clock, and since when rows are kept by the second.
  table(
    'answers',
    `${OF_KEY}, source ${TEXT}, fingerprint ${TEXT}, taken_in_at ${WHOLE}, rows ${WHOLE}, since INTEGER, until INTEGER, raw REAL NOT NULL, code ${TEXT}, symbol ${TEXT}, per_unit REAL NOT NULL, used REAL, behind_s INTEGER, seconds_from INTEGER`,
    'key_no, source, fingerprint',
  ),
  // In which zone the days of a key are.
  table('zones', `${OF_KEY}, zone ${TEXT}`, 'key_no'),
].join('');
