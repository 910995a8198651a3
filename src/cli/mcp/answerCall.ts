import { lazyImport } from '../../core/lazyImport.ts';
import { redactor } from '../../redaction/redactor.ts';
import { agentAnswer } from '../../services/tools/agentAnswer.ts';
import { readAliases } from '../../services/tools/keyNames.ts';
import { storedStates } from '../../services/tools/storedStates.ts';
import type { ToolName } from '../../services/tools/toolNames.ts';
import type { ToolHandler, ToolParts } from '../../services/tools/toolParts.ts';
import { loadHistoryTables } from '../../store/loadHistoryTables.ts';
import { defaultSettings } from '../defaultSettings.ts';
import { openAllowedDatabase } from './allowedDatabase.ts';

const handlers: Readonly<Record<ToolName, () => Promise<ToolHandler>>> = {
  keyQuota_getQuota: async () =>
    (await lazyImport(() => import('../../services/tools/getQuota.ts'))).getQuota,
  keyQuota_queryUsage: async () =>
    (await lazyImport(() => import('../../services/tools/queryUsage.ts'))).queryUsage,
};

/**
 * Answers one call of an agent from the database as it is now, so that a setting holds from the next call on.
 * @throws Error with a sentence for the agent.
 */
export async function answerCall(
  name: ToolName,
  input: unknown,
  database: string | undefined,
  signal: AbortSignal,
): Promise<string> {
  await loadHistoryTables();
  const { store, agents, close } = openAllowedDatabase(database);
  try {
    const now = Date.now();
    const snapshot = await storedStates(store, defaultSettings, now);
    const parts: ToolParts = {
      ...{ store, agents, clock: { now: () => now } },
      aliases: readAliases(store, snapshot),
      monitor: { snapshot, refresh: async () => ({ states: snapshot, held: new Map() }) },
      keyService: { keysById: () => new Map(store.keys.allKeys().map(key => [key.id, key])) },
      keyRequests: { run: () => Promise.reject(new Error('There are no secrets here.')) },
      withoutAsking: true,
    };
    const handler = await handlers[name]();
    return JSON.stringify(redactor.redactValue(agentAnswer(await handler(parts, input, signal))));
  } finally {
    close();
  }
}
