import type { Clock } from '../../core/ports/clock.ts';
import type { Store } from '../../core/ports/store.ts';
import type { KeyService } from '../keys/keyService.ts';
import type { Monitor } from '../polling/monitor.ts';
import type { KeyRequests } from '../requests/keyRequests.ts';
import type { UsageCache } from '../usage/usageCache.ts';
import type { AgentSettings } from './sharedSettings.ts';

/** The services that tools use. */
export interface ToolParts {
  readonly monitor: Pick<Monitor, 'snapshot' | 'refresh'>;
  readonly keyService: Pick<KeyService, 'keysById'>;
  readonly keyRequests: Pick<KeyRequests, 'run'>;
  readonly usageCache?: UsageCache;
  readonly store: Store;
  readonly clock: Pick<Clock, 'now'>;
  readonly agents: AgentSettings;
  /** The aliases of keys, where none can be saved. */
  readonly aliases?: ReadonlyMap<string, string>;
  /** See `AskMissingOptions`. */
  readonly withoutAsking?: boolean;
}

/** A tool's implementation. It returns JSON for a model; what it throws is a sentence that the model reads. */
export type ToolHandler = (parts: ToolParts, input: unknown, signal: AbortSignal) => Promise<object>;
