import type { SecretStorage } from 'vscode';

/** How version 0.1.0 reads secrets and binds them, as far as a later version has to know it. */
interface BoundSecret {
  readonly secret: string;
  readonly origin: string;
}

const PREFIX = 'key:';
const MEMBERS = ['secret', 'origin', 'credential', 'kind', 'label'];

/** The ids of the keys whose secrets it sees. */
export async function idsIn010(storage: SecretStorage): Promise<string[]> {
  const names = await storage.keys();
  return names.filter(name => name.startsWith(PREFIX)).map(name => name.slice(PREFIX.length));
}

/** What it reads for a key. */
export async function readIn010(storage: SecretStorage, id: string): Promise<BoundSecret | undefined> {
  return entryIn010(await storage.get(PREFIX + id));
}

/** What it makes of the text of an entry. */
export function entryIn010(text: string | undefined): BoundSecret | undefined {
  const entry: Record<string, unknown> = JSON.parse(text ?? '{}');
  return MEMBERS.every(name => typeof entry[name] === 'string')
    ? (entry as unknown as BoundSecret)
    : undefined;
}

/** Where it sends a secret for a path. @throws Error for every other origin, before anything is sent. */
export function urlIn010({ origin }: BoundSecret, path: string): URL {
  const url = new URL(path, origin);
  if (url.origin !== origin) throw new Error('A secret never leaves its origin.');
  return url;
}
