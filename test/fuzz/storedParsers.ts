import * as fc from 'fast-check';
import * as v from 'valibot';
import { savedLogsPanel } from '../../src/core/panels/logsMessages.ts';
import { savedOverview } from '../../src/core/panels/overviewMessages.ts';
import { savedUsagePanel } from '../../src/core/panels/usageMessages.ts';
import { parseKeyRules } from '../../src/core/warnings/warningRules.ts';
import { Redactor } from '../../src/redaction/redactor.ts';
import { parseStoredSite } from '../../src/services/requests/siteNotes.ts';
import { inMemory } from '../../src/store/database.ts';
import { isDamage } from '../../src/store/sqliteErrors.ts';
import { StateTable } from '../../src/store/stateTable.ts';
import { ProxyLogins } from '../../src/vscode/host/proxyLogins.ts';
import { StoredSecrets } from '../../src/vscode/host/secrets.ts';
import { MemorySecrets } from '../unit/support/memorySecrets.ts';
import { readings, reports } from './states.ts';
import { type Target, target } from './target.ts';
import { texts } from './texts.ts';
import { valueJson } from './wireValues.ts';

/** Text that should be JSON: of any shape, of the right one, cut off, or none at all. */
function storedAs(right: fc.Arbitrary<unknown>): fc.Arbitrary<string> {
  const written = right.map(value => JSON.stringify(value));
  return fc.oneof(
    valueJson,
    texts,
    written,
    fc.tuple(written, fc.nat(400)).map(([json, at]) => json.slice(0, at)),
  );
}

const { database } = inMemory({ kind: 'unwritable' });
database.exec(`INSERT INTO keys (id, label, kind, origin, credential, fingerprint, created_at)
  VALUES ('k', 'k', 'newApi', 'https://gw.example', 'apiKey', 'f', 0)`);
const states = new StateTable(database);
const putState = database.prepare(
  `INSERT OR REPLACE INTO states (key_id, reading, failure, forecast, failures) VALUES ('k', ?, ?, ?, 0)`,
);

/** What is kept of a panel, at times with a member of another type. */
const kept = fc.record({
  answer: fc.record({
    question: fc.record({ keyIds: fc.array(texts), from: texts, to: texts }),
    reports: fc.oneof(fc.array(reports, { maxLength: 2 }), fc.anything()),
  }),
  comparing: fc.oneof(fc.boolean(), fc.anything()),
  form: fc.anything(),
  keyId: texts,
});

/** Everything that reads back what was stored: by us, but anything may have happened to it since. */
export const storedParsers: readonly Target[] = [
  target(
    'rows of the database',
    'parser',
    fc.tuple(storedAs(readings), storedAs(fc.object()), storedAs(fc.object())),
    columns => {
      putState.run(...columns);
      try {
        return states.allStates();
      } catch (error) {
        // What makes the store set the file aside.
        if (isDamage(error)) return undefined;
        throw error;
      }
    },
    // What is not of the shape of a reading is none; what is, comes back as it was.
    (found, columns) => {
      const reading = found?.[0]?.reading;
      return reading && JSON.stringify(reading) !== JSON.stringify(JSON.parse(columns[0]))
        ? 'another reading'
        : undefined;
    },
  ),
  target('stored units of gateways', 'parser', storedAs(fc.object()), parseStoredSite),
  target('rules of a key', 'parser', storedAs(fc.object()), parseKeyRules, rules =>
    (rules.percents ?? []).every(each => Number.isFinite(each)) ? undefined : 'a threshold that is none',
  ),
  target(
    'secrets from the key ring',
    'parser',
    storedAs(fc.record({ secret: texts, origin: texts, credential: texts, kind: texts, label: texts })),
    async text => {
      const storage = new MemorySecrets();
      storage.entries.set('key:k', text);
      return new StoredSecrets(storage, new Redactor()).read('k');
    },
    found =>
      typeof found === 'string' || (typeof found.secret === 'string' && typeof found.baseUrl === 'string')
        ? undefined
        : 'half a secret',
  ),
  target(
    'logins from the key ring',
    'parser',
    storedAs(fc.record({ user: texts, password: texts })),
    async text => {
      const storage = new MemorySecrets();
      storage.entries.set('proxy:http://proxy.example', text);
      return new ProxyLogins(storage, new Redactor()).read('http://proxy.example');
    },
    login =>
      !login || (typeof login.user === 'string' && typeof login.password === 'string')
        ? undefined
        : 'half a login',
  ),
  target('panels after a reload', 'parser', fc.oneof(kept, fc.anything()), state => [
    v.safeParse(savedUsagePanel, state),
    v.safeParse(savedOverview, state),
    v.safeParse(savedLogsPanel, state),
  ]),
];
