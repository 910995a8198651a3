import { CANARY } from './secrets.ts';
import type { Holdings } from './state/holdings.ts';
import type { Call } from './wire/call.ts';

/** What is kept of a call. No secret is: a key is told by its handle. */
export interface CallRecord {
  /** Epoch milliseconds by the gateway's clock. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** The query, with the handle of the key in place of its secret. */
  readonly search: string;
  /** The handle of the key that asked. */
  readonly key: string | undefined;
  /** The name of the account whose access token or management key was used. */
  readonly account: string | undefined;
  /** Whether any marked secret came with the call, known here or not: another origin must never see one. */
  readonly carriedSecret: boolean;
  /** The status answered; 0 while none was. */
  status: number;
}

/** Makes the record of a call. */
export function recordOf(call: Call, holdings: Holdings, caller?: string): CallRecord {
  const sent = String(call.headers.authorization ?? call.headers['x-api-key'] ?? '')
    .replace(/^bearer\s+/i, '')
    .trim();
  const inQuery = call.query.get('key');
  const account = holdings.accountByAccessToken(sent) ?? holdings.accountByManagementKey(sent);
  const everything = [call.path, decoded(call.search), call.body, ...Object.values(call.headers).flat()].join(
    '\n',
  );
  return {
    at: holdings.clock(),
    method: call.method,
    path: withoutSecrets(call.path),
    search: safeSearch(call, holdings),
    key: caller ?? keyHandle(inQuery ?? sent, holdings),
    account: account?.name,
    carriedSecret: everything.includes(CANARY),
    status: 0,
  };
}

function keyHandle(secret: string, holdings: Holdings): string | undefined {
  const bare = secret.replace(/^sk-/, '');
  return (holdings.keyBySecret(secret) ?? holdings.keyBySecret(bare.split('-')[0] ?? ''))?.handle;
}

function safeSearch(call: Call, holdings: Holdings): string {
  if (call.search === '') return '';
  const safe = new URLSearchParams();
  for (const [name, value] of call.query) {
    safe.append(name, name === 'key' ? (keyHandle(value, holdings) ?? 'unknown') : withoutSecrets(value));
  }
  return `?${safe.toString()}`;
}

function withoutSecrets(text: string): string {
  return text.replace(new RegExp(`[\\w-]*${CANARY}[\\w-]*`, 'g'), 'secret');
}

function decoded(search: string): string {
  try {
    return decodeURIComponent(search);
  } catch {
    return search;
  }
}
