import { statSync } from 'node:fs';
import { type AgentSettings, agentsOutside } from '../../services/tools/sharedSettings.ts';
import { NewerSchema } from '../../store/migrations.ts';
import { openReadOnly, type ReadOnlyStore } from '../../store/openReadOnly.ts';
import { foundDatabases } from '../editorDatabases.ts';
import { machineOf, machineText } from '../machine.ts';

/** A database of which the user lets agents ask, opened to be read. */
interface AllowedDatabase extends ReadOnlyStore {
  readonly agents: AgentSettings;
}

/**
 * Opens the database that agents may ask: the one that is named, else of all editors' the one that was written last.
 * @throws Error with a sentence for the agent where there is none.
 */
export function openAllowedDatabase(named: string | undefined): AllowedDatabase {
  const paths = named === undefined ? foundDatabases().map(({ path }) => path) : [named];
  const troubles: string[] = [];
  for (const path of paths.toSorted((a, b) => writtenAt(b) - writtenAt(a))) {
    const opened = openIfAllowed(path);
    if (typeof opened === 'object') return opened;
    troubles.push(opened);
  }
  throw new Error(troubles[0] ?? `No editor on ${machineText(machineOf())} has a database of Key Quota.`);
}

/** The database, or a sentence that says why it may not be asked. */
function openIfAllowed(path: string): AllowedDatabase | string {
  let opened: ReadOnlyStore | undefined;
  try {
    opened = openReadOnly(path);
    const agents = agentsOutside(opened.store);
    if (agents.enabled) return { ...opened, agents };
    opened.close();
    return NOT_ALLOWED;
  } catch (error) {
    opened?.close();
    return error instanceof NewerSchema ? NEWER : UNREADABLE;
  }
}

const NOT_ALLOWED =
  'The user does not let agents outside the editor ask: the command “Key Quota: Copy MCP Configuration…” allows it, and the setting keyQuota.agents.enabled must be on.';
const NEWER =
  'The database of Key Quota was written by a newer version than this program. The user must update it: npx -y key-quota@latest mcp.';
const UNREADABLE = 'The database of Key Quota could not be read.';

/** The newer time of file and log, since windows write to the log first. */
function writtenAt(path: string): number {
  const times = [path, `${path}-wal`].map(each => statSync(each, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  return Math.max(...times);
}
