/**
 * A sample gateway whose one account has a long log, in a process of its own, so that its memory is not
 * measured with ours. Says `gateway {…}` when it is ready, and ends with its input.
 */
import { createInterface } from 'node:readline';
import { startSampleGateway } from '../sampleGateways/server.ts';
import { DAYS, KEYS, keyName, loggedRow } from './logLedger.ts';

const ACCOUNT = 'team';

const rows = Number(process.argv[2]);
const keys = Object.fromEntries(
  Array.from({ length: KEYS }, (_, index) => [keyName(index), { holds: { name: keyName(index) } }]),
);
const gateway = await startSampleGateway({ scenarios: 'none', accounts: [{ name: ACCOUNT, keys }] });
for (let index = 0; index < rows; index++) {
  const { key, ...spend } = loggedRow(index, rows / DAYS);
  gateway.spend(key, spend);
}
const { id, accessToken } = gateway.account(ACCOUNT);
process.stdout.write(
  `gateway ${JSON.stringify({ baseUrl: gateway.origin, secret: accessToken, userId: String(id) })}\n`,
);
createInterface({ input: process.stdin }).on('close', () => void gateway.close());
