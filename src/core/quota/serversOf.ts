import type { KeyState } from './keyState.ts';

/** The ids of the servers that keys are read from: they are no keys beside them. */
export function serversOf(keys: readonly KeyState[]): ReadonlySet<string | undefined> {
  return new Set(keys.map(({ readFrom }) => (readFrom?.isServer ? readFrom.id : undefined)));
}
