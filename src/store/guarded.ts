type Methods = Record<PropertyKey, (...what: unknown[]) => unknown>;

/**
 * A table whose methods are each run by `run`, on the table that is in use then: no read or write goes past what
 * the store does about a file that fails, wherever in the program it is made.
 */
export function guarded<T extends object>(table: () => T, run: <R>(work: () => R) => R): T {
  return new Proxy({} as T, {
    get: (own, name) =>
      Reflect.get(own, name) ??
      ((...what: unknown[]) => run(() => (table() as Methods)[name]?.call(table(), ...what))),
  });
}
