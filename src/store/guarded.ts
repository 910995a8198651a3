type Methods = Record<PropertyKey, (...what: unknown[]) => unknown>;

/**
 * A table whose methods are each called within `run`, on the table that is in use at that time, so that the store
 * handles the errors of every read and write.
 */
export function withErrorHandling<T extends object>(table: () => T, run: <R>(work: () => R) => R): T {
  return new Proxy({} as T, {
    get: (own, name) =>
      Reflect.get(own, name) ??
      ((...what: unknown[]) => run(() => (table() as Methods)[name]?.call(table(), ...what))),
  });
}
