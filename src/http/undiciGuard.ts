/**
 * Imported right before undici, and nowhere else. Loaded where no global dispatcher is, undici 8 puts one of
 * its own in place for good, and with it behind the `fetch` of every extension in this process. It leaves
 * things alone where one is already, so a placeholder stands there for as long as it loads.
 */
const GLOBAL_DISPATCHER = Symbol.for('undici.globalDispatcher.2');

const isFree = !(GLOBAL_DISPATCHER in globalThis);

if (isFree) {
  Object.defineProperty(globalThis, GLOBAL_DISPATCHER, { value: {}, configurable: true, enumerable: false });
}

/** Takes the placeholder away again. */
export function undiciIsLoaded(): void {
  if (isFree) Reflect.deleteProperty(globalThis, GLOBAL_DISPATCHER);
}
