import type { Clock } from '../../core/ports/clock.ts';
import type { Store } from '../../core/ports/store.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import { checkFirst } from './checkFirst.ts';
import type { KeyWriter } from './keyWriter.ts';

/** What `KeyChecks` needs. */
export interface KeyChecksParts {
  readonly store: Store;
  readonly clock: Clock;
  /** Called after every change, so that all views see it. */
  readonly onChange: () => Promise<void>;
}

/** Whether keys are checked, and whether each is asked itself. After each method the change is on the disk, or an error says why not. */
export class KeyChecks {
  readonly #parts: KeyChecksParts;
  readonly #writer: KeyWriter;

  constructor(parts: KeyChecksParts, writer: KeyWriter) {
    this.#parts = parts;
    this.#writer = writer;
  }

  /** Pauses the checks of a key. A check that is under way sends nothing more, and its answer is dropped. */
  async pause(key: KeyRecord): Promise<void> {
    const { store, clock, onChange } = this.#parts;
    await this.#writer.writeRecord(() => {
      store.keys.setPaused(key.id, clock.now());
      store.claims.endClaim(key.id);
      store.states.askThemselves(key.id, clock.now());
    });
    await onChange();
  }

  /** Resumes the checks of a key: it is due at once. */
  async resume(key: KeyRecord): Promise<void> {
    const { store, clock, onChange } = this.#parts;
    await this.#writer.writeRecord(() => {
      store.keys.setPaused(key.id, undefined);
      store.states.setDue(key.id, clock.now());
      checkFirst(store, key.id, key, clock.now());
    });
    await onChange();
  }

  /** Has a key asked itself, at once and from now on, though an account lists it. */
  async separate(key: KeyRecord): Promise<void> {
    const { store, clock, onChange } = this.#parts;
    await this.#writer.writeRecord(() => {
      store.accountLinks.setSeparated(key.id, clock.now());
      const state = store.states.stateOf(key.id);
      if (state?.readFrom === undefined) return;
      store.states.saveState({ ...state, readFrom: undefined, dueAt: clock.now() });
    });
    await onChange();
  }

  /** Ends the separation: the key is read from its account again, which is due at once. */
  async readFromAccount(key: KeyRecord): Promise<void> {
    const { store, clock, onChange } = this.#parts;
    await this.#writer.writeRecord(() => {
      const link = store.accountLinks.linkOf(key.id);
      if (link?.separatedAt === undefined) return;
      store.accountLinks.setSeparated(key.id, undefined);
      store.states.setDue(link.accountId, clock.now());
    });
    await onChange();
  }
}
