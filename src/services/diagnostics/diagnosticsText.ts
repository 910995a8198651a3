import type { StoreTrouble } from '../../core/ports/storeTrouble.ts';
import type { KeyState } from '../../core/quota/keyState.ts';
import { MINUTE_MS } from '../../core/time.ts';
import { isDescribed } from '../../gateways/described/described.ts';

/** A setting that is not at its default. */
interface ChangedSetting {
  readonly name: string;
  readonly value: unknown;
}

/** What a fault report says about this installation. */
export interface Diagnostics {
  /** What runs, one fact a line: `Key Quota` → `0.2.0`. None of them is private. */
  readonly facts: Readonly<Record<string, string>>;
  readonly store: { readonly shared: boolean; readonly trouble: StoreTrouble | undefined };
  readonly settings: readonly ChangedSetting[];
  readonly keys: readonly KeyState[];
  /** Epoch milliseconds. */
  readonly now: number;
  /** Whether names of keys, addresses and texts in settings may be in it. */
  readonly withNames: boolean;
}

/**
 * Diagnostics as Markdown, in English whatever language the views have, for the people who read reports. Amounts,
 * models and secrets are never in it; names and addresses only where the user allows it.
 */
export function diagnosticsText(diagnostics: Diagnostics): string {
  const { facts, settings, keys } = diagnostics;
  return [
    '### Key Quota diagnostics',
    ...Object.entries(facts).map(([name, value]) => `- ${name}: ${value}`),
    `- Database: ${storeText(diagnostics.store)}`,
    '',
    `### Settings that were changed (${settings.length})`,
    ...settings.map(setting => `- ${setting.name}: ${settingText(setting, diagnostics.withNames)}`),
    '',
    `### Keys (${keys.length})`,
    ...keys.map((key, index) => `- ${keyText(key, index, diagnostics)}`),
  ].join('\n');
}

function storeText({ shared, trouble }: Diagnostics['store']): string {
  const where = shared ? 'a file that all windows share' : 'in the memory of this window';
  return trouble ? `${where} (${trouble.kind})` : where;
}

/** The value where nothing in it can name anybody, else the number of entries of a list or table. */
function settingText({ value }: ChangedSetting, withNames: boolean): string {
  if (withNames || isPlain(value)) return JSON.stringify(value);
  const isText = typeof value === 'string';
  const size = isText ? value.length : Object.keys(value as object).length;
  if (isText) return `a text of ${size} ${size === 1 ? 'character' : 'characters'}`;
  return `${size} ${size === 1 ? 'entry' : 'entries'}`;
}

/** Whether a value is made of numbers and yes or no; the names of gateways and descriptions are texts. */
function isPlain(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isPlain);
  return value === null || typeof value === 'number' || typeof value === 'boolean';
}

function keyText(key: KeyState, index: number, { now, withNames }: Diagnostics): string {
  const name = withNames ? `“${key.label}” at ${key.baseUrl ?? key.origin}` : `key ${index + 1}`;
  const { failure, sharedAddress } = key;
  // The name of a described gateway is the user's own.
  const kind = !withNames && isDescribed(key.kind) ? 'described' : key.kind;
  return [
    `${name}: ${kind}, ${key.credential}, ${key.status}`,
    `checked ${ago(key.checkedAt, now)}`,
    key.nextCheckAt === undefined ? 'next check not planned' : `next check ${ahead(key.nextCheckAt, now)}`,
    ...(failure ? [`failure ${failure.reason ?? failure.class}`] : []),
    ...(key.readFrom ? [key.readFrom.isServer ? 'asked by a server' : 'read from its account'] : []),
    ...(key.separatedFrom ? ['separated from its account'] : []),
    ...(key.spend ? [`spend ${key.spend.complete ? 'complete' : 'incomplete'}`] : []),
    ...(sharedAddress ? [`shared address, every ${sharedAddress.everyMinutes} min`] : []),
  ].join(', ');
}

function ago(time: string | undefined, now: number): string {
  return time === undefined ? 'never' : `${minutes(now - Date.parse(time))} min ago`;
}

function ahead(time: string, now: number): string {
  return `in ${minutes(Date.parse(time) - now)} min`;
}

function minutes(ms: number): number {
  return Math.round(ms / MINUTE_MS);
}
