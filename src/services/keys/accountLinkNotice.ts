import type { Clock } from '../../core/ports/clock.ts';
import type { Log } from '../../core/ports/log.ts';
import type { Store } from '../../core/ports/store.ts';
import type { WindowActivity } from '../../core/ports/windowActivity.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import type { Monitor } from '../polling/monitor.ts';

/** Keys that were found in the list of an account, which a person is to be told. */
export interface LinkedKeys {
  readonly account: KeyRecord;
  readonly keys: readonly KeyRecord[];
}

export interface AccountLinkNoticeParts {
  readonly store: Store;
  readonly monitor: Pick<Monitor, 'snapshot' | 'onDidChange'>;
  readonly activity: WindowActivity;
  readonly clock: Clock;
  readonly log: Pick<Log, 'warn'>;
  readonly show: (linked: LinkedKeys) => void;
}

/** Tells once that keys are read from their account: in the focused window, whichever has found them. */
export class AccountLinkNotice {
  readonly #parts: AccountLinkNoticeParts;
  readonly #subscriptions: readonly { dispose(): unknown }[];
  /** Keys whose links this window has looked at, so that not every snapshot asks the database. */
  readonly #seen = new Set<string>();

  constructor(parts: AccountLinkNoticeParts) {
    this.#parts = parts;
    this.#subscriptions = [
      parts.monitor.onDidChange(() => this.#tell()),
      parts.activity.onDidFocus(() => this.#tell()),
    ];
    this.#tell();
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #tell(): void {
    const { store, monitor, activity, clock, log, show } = this.#parts;
    if (!activity.focused) return;
    const found = monitor.snapshot.flatMap(({ id, readFrom }) => (readFrom ? [`${id} ${readFrom.id}`] : []));
    if (found.every(each => this.#seen.has(each))) return;
    try {
      const links = store.transaction(() => store.accountLinks.takeUntold(clock.now()));
      for (const each of found) this.#seen.add(each);
      for (const [accountId, ofAccount] of Map.groupBy(links, link => link.accountId)) {
        const account = store.keys.findKey(accountId);
        const keys = ofAccount.flatMap(({ keyId }) => store.keys.findKey(keyId) ?? []);
        if (account) show({ account, keys });
      }
    } catch (error) {
      log.warn(`Whether keys are read from an account could not be looked at: ${String(error)}`);
    }
  }
}
