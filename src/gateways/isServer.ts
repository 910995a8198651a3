import type { KeyRecord } from '../core/quota/key.ts';
import { serverIdOf } from '../core/team/servedKey.ts';
import { gatewayOf } from './registry.ts';

/** Whether a record is a server's own. It has no figures; the keys that it serves are of its kind too. */
export function isServer({ id, kind }: Pick<KeyRecord, 'id' | 'kind'>): boolean {
  return serverIdOf(id) === undefined && gatewayOf(kind)?.isServer === true;
}
