import type { Gateway } from './gateway.ts';

/** The methods of a gateway that ask it something. */
type LazyName =
  | 'readSite'
  | 'readQuota'
  | 'confirmListed'
  | 'readAccountKey'
  | 'readListedSecrets'
  | 'readSecrets'
  | 'readUsage'
  | 'readKeysUsage'
  | 'readLogs'
  | 'readPlans'
  | 'readModels'
  | 'readPrices'
  | 'verification';

type Methods<Name extends LazyName> = { readonly [Each in Name]-?: NonNullable<Gateway[Each]> };

/**
 * Methods of a gateway whose code is loaded when one of them is first called, since all kinds are known at the start
 * but few are asked. The module that `load` imports exports functions of these names.
 */
export function lazyMethods<Name extends LazyName>(
  load: () => Promise<Methods<NoInfer<Name>>>,
  ...names: readonly Name[]
): Methods<Name> {
  type Method = (...values: readonly unknown[]) => Promise<unknown>;
  const loadMethods = load as () => Promise<Readonly<Record<Name, Method>>>;
  const late = (name: Name): Method => {
    return async (...values) => (await loadMethods())[name](...values);
  };
  return Object.fromEntries(names.map(name => [name, late(name)])) as unknown as Methods<Name>;
}
