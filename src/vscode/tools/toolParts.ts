import type { KeyService } from '../../services/keys/keyService.ts';
import type { Monitor } from '../../services/polling/monitor.ts';
import type { KeyRequests } from '../../services/requests/keyRequests.ts';
import type { Clock } from '../../services/systemClock.ts';
import type { RangeAnswers } from '../../services/usage/rangeAnswers.ts';
import type { SqliteStore } from '../../store/store.ts';
import type { AgentSettings } from '../host/agentSettings.ts';

/** What tools work with. */
export interface ToolParts {
  readonly monitor: Monitor;
  readonly book: KeyService;
  readonly questions: KeyRequests;
  readonly answers?: RangeAnswers;
  readonly store: SqliteStore;
  readonly clock: Clock;
  readonly agents: AgentSettings;
}

/** A tool's work: JSON for a model. What is thrown is a sentence that the model reads. */
export type ToolHandler = (parts: ToolParts, input: unknown, signal: AbortSignal) => Promise<object>;
