import type { BaseUrl } from '../../core/input/baseUrl.ts';
import { parseSecret } from '../../core/input/parseSecret.ts';
import { fingerprintOf } from '../../core/input/secretText.ts';
import type { GatewaySettings } from '../../core/ports/settings.ts';
import { SPENDING_PERIODS } from '../../core/spendingLimits/period.ts';
import { credentialSpecOf } from '../../gateways/credentialSpec.ts';
import { parseGatewayAddress } from '../../gateways/gatewayAddress.ts';
import { gatewayOf } from '../../gateways/registry.ts';
import { mayUsePlainHttp } from '../../http/plainHttp.ts';
import { sanitizeLabel } from '../../services/keys/sanitizeLabel.ts';
import type { ConfiguredKey } from './configuration.ts';
import type { Findings } from './findings.ts';
import type { ConfigurationFile } from './schema.ts';

type KeyEntry = ConfigurationFile['keys'][number];

/** The keys with their secrets. Two keys may share neither a name nor a secret. */
export function keysOf(
  file: ConfigurationFile,
  gateways: ReadonlyMap<BaseUrl, GatewaySettings>,
  findings: Findings,
): readonly ConfiguredKey[] {
  const byName = new Map<string, number>();
  const byFingerprint = new Map<string, number>();
  return file.keys.flatMap((entry, index) => {
    const names = ['keys', index];
    const key = keyOf(entry, names, gateways, file, findings);
    const sameName = byName.get(entry.name);
    if (sameName !== undefined)
      findings.wrong(
        [...names, 'name'],
        `keys[${sameName}] is called so already: dashboards could not tell them apart.`,
      );
    byName.set(entry.name, sameName ?? index);
    if (!key) return [];
    const fingerprint = fingerprintOf(key.baseUrl, key.secret);
    const sameSecret = byFingerprint.get(fingerprint);
    if (sameSecret !== undefined)
      findings.wrong(names, `This is the same key as keys[${sameSecret}]: it would be asked for twice.`);
    byFingerprint.set(fingerprint, sameSecret ?? index);
    return [key];
  });
}

function keyOf(
  { spendingLimits = {}, ...entry }: KeyEntry,
  names: readonly unknown[],
  gateways: ReadonlyMap<BaseUrl, GatewaySettings>,
  { describedGateways }: ConfigurationFile,
  findings: Findings,
): ConfiguredKey | undefined {
  if (sanitizeLabel(entry.name) !== entry.name)
    findings.wrong([...names, 'name'], 'This has invisible characters in it, or blanks at an end.');
  const gateway = gatewayOf(entry.kind);
  const [, described] = /^described:(.*)$/s.exec(entry.kind) ?? [];
  if (!gateway || (described !== undefined && !Object.hasOwn(describedGateways, described)))
    findings.wrong([...names, 'kind'], 'There is no such gateway under “describedGateways”.');
  const credential = entry.credential ?? gateway?.credentials[0]?.type ?? 'apiKey';
  if (gateway && !credentialSpecOf(gateway, credential))
    findings.wrong(
      [...names, 'credential'],
      `${gateway.title} takes: ${gateway.credentials.map(({ type }) => type).join(', ')}.`,
    );
  const baseUrl = baseUrlOf(entry, names, gateways, findings);
  const text = findings.secret(names, { file: entry.secretFile, env: entry.secretEnv }, 'secret');
  const { secret, problem } = text === undefined ? {} : parseSecret(text, gateway?.takesLogin);
  if (problem) findings.wrong(names, SECRET_PROBLEMS[problem]);
  if (baseUrl === undefined || secret === undefined) return undefined;
  const limits = SPENDING_PERIODS.flatMap(period => {
    const { amount, unit, symbol } = spendingLimits[period] ?? {};
    return amount === undefined || unit === undefined
      ? []
      : [{ period, amount, unit: { code: unit, ...(symbol !== undefined && { symbol }) } }];
  });
  const { name, kind, userId } = entry;
  return { name, kind, baseUrl, credential, userId, secret, limits };
}

function baseUrlOf(
  { baseUrl: address, kind }: KeyEntry,
  names: readonly unknown[],
  gateways: ReadonlyMap<BaseUrl, GatewaySettings>,
  findings: Findings,
): BaseUrl | undefined {
  const isPlainAllowed = (origin: string) => mayUsePlainHttp(origin, gateways.get(origin));
  const { baseUrl, problem } = parseGatewayAddress(address, isPlainAllowed, gatewayOf(kind));
  if (problem) findings.wrong([...names, 'baseUrl'], ADDRESS_PROBLEMS[problem]);
  return baseUrl;
}

const ADDRESS_PROBLEMS = {
  empty: 'This is empty.',
  'not-a-url': 'This is no address: https://gateway.example',
  'not-http': 'This is no address that a gateway can stand at: https://gateway.example',
  'with-password': 'A login does not belong into an address.',
  'plain-http':
    'Plain http would show the key to the network. Where that is meant, say "allowHttp": true for the gateway under “gateways”.',
  'plain-http-public': 'Plain http would show the key to everybody on the way: write https.',
  'unclear-path':
    'Servers may read this path in different ways, or there is a key in it: write the address without it.',
} as const;

const SECRET_PROBLEMS = {
  empty: 'There is nothing in its secret.',
  unprintable:
    'Its secret has characters that no request can carry: look for a second line, or for a file of another kind.',
  'too-long': 'Its secret is longer than any secret.',
  masked: 'Its secret is masked, or stands for one: stars or dots are not the key itself.',
} as const;
