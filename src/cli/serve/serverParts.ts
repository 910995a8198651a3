import type { Clock } from '../../core/ports/clock.ts';
import type { Log } from '../../core/ports/log.ts';
import type { WindowActivity } from '../../core/ports/windowActivity.ts';
import { setDescriptions } from '../../gateways/described/descriptions.ts';
import { isReachable } from '../../http/network.ts';
import { redactor } from '../../redaction/redactor.ts';
import { Housekeeping } from '../../services/housekeeping.ts';
import { LedgerFill } from '../../services/ledger/ledgerFill.ts';
import { SpendTotals } from '../../services/ledger/spendTotals.ts';
import { Monitor } from '../../services/polling/monitor.ts';
import { SpendingLimitService } from '../../services/spendingLimits/spendingLimitService.ts';
import { SpendingLimitWatch } from '../../services/spendingLimits/spendingLimitWatch.ts';
import type { SqliteStore } from '../../store/store.ts';
import type { Configuration, ConfiguredKey } from '../configuration/configuration.ts';
import { CallCounter } from './callCounter.ts';
import { ConfiguredSecrets } from './configuredSecrets.ts';
import { createServerTransports } from './serverTransports.ts';
import { tellOfPaused } from './tellOfPaused.ts';

export interface ServerPartsInput {
  readonly configuration: Configuration;
  readonly store: SqliteStore;
  /** By the ids of their records. */
  readonly keys: ReadonlyMap<string, ConfiguredKey>;
  readonly clock: Clock;
  readonly log: Log;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Returns 0 to 1; spreads checks. */
  readonly chance?: () => number;
}

/** The services that watch the keys, as in an editor's window that always has the focus. */
export interface ServerParts {
  readonly monitor: Monitor;
  readonly calls: CallCounter;
  start(): Promise<void>;
  /** Stops the services, and waits for running requests, so that they need not be repeated. */
  close(): Promise<void>;
}

/** A server never waits for somebody to look. */
const ALWAYS_FOCUSED: WindowActivity = { focused: true, onDidFocus: () => ({ dispose: () => undefined }) };

export function createServerParts(input: ServerPartsInput): ServerParts {
  const { configuration, store, keys, clock, log, environment, chance = Math.random } = input;
  setDescriptions(configuration.describedGateways);
  const entries = [...keys].map(([id, { name, ...key }]) => {
    redactor.protect(key.secret, key.baseUrl);
    return [id, { ...key, label: name }] as const;
  });
  const transports = createServerTransports(configuration, environment);
  const calls = new CallCounter();
  const parts = {
    ...{ store, redactor, clock, log, isReachable },
    transport: transports.transport,
    settings: () => configuration.settings,
    secrets: new ConfiguredSecrets(new Map(entries)),
    activity: ALWAYS_FOCUSED,
    countCall: calls.count,
  };
  const monitor = new Monitor({ ...parts, chance, secretsShared: true });
  const watching: { dispose(): unknown }[] = [monitor];
  return {
    monitor,
    calls,
    async start() {
      await monitor.start();
      const totals = new SpendTotals({ ...parts, monitor });
      watching.push(
        totals,
        tellOfPaused(monitor, keys, log),
        new Housekeeping(parts),
        new LedgerFill({ ...parts, monitor, onTakenIn: keyId => totals.refreshKey(keyId) }),
        new SpendingLimitWatch({
          ...{ ...parts, monitor },
          limitService: new SpendingLimitService(store),
          onDidChange: () => undefined,
        }),
      );
    },
    async close() {
      for (const part of watching) part.dispose();
      await monitor.idle();
      await transports.close();
    },
  };
}
