import { hasAbility } from '../../gateways/credentialSpec.ts';
import { gatewayOf } from '../../gateways/registry.ts';
import type { Configuration, ConfiguredKey } from './configuration.ts';
import { mistake } from './mistakes.ts';
import { matchesAny } from './namePattern.ts';

/**
 * Notes on what a person may not expect of a valid configuration: a reader who sees an account also sees names of the
 * keys that it lists.
 */
export function seenNamesNotes({
  readers,
  keys,
}: Pick<Configuration, 'readers' | 'keys'>): readonly string[] {
  const accounts = keys.filter(listsKeys);
  return readers.flatMap(({ patterns }, index) =>
    accounts
      .filter(({ name }) => matchesAny(patterns, name))
      .map(({ name }) =>
        mistake(
          ['readers', index],
          `This reader sees “${name}”, and with it those keys that its account lists whose names fit the reader’s patterns.`,
        ),
      ),
  );
}

function listsKeys({ kind, credential }: ConfiguredKey): boolean {
  const gateway = gatewayOf(kind);
  return gateway !== undefined && hasAbility(gateway, credential, 'keyList');
}
