import { lazyImport } from '../../core/lazyImport.ts';
import { foundDatabases } from '../editorDatabases.ts';
import { machineOf, machineText } from '../machine.ts';
import { readDatabase } from './readDatabase.ts';
import { type Source, SourceError } from './source.ts';

interface Places {
  readonly database?: readonly string[];
  /** Configurations of servers. */
  readonly config?: readonly string[];
  readonly server?: string;
  readonly tokenFile?: string;
}

interface Read {
  readonly sources: readonly Source[];
  /** Why other places told nothing. */
  readonly troubles: readonly string[];
}

/** Reads the places that the arguments name, or else the databases of all editors on this machine. */
export async function readSources({ database, config, server, tokenFile }: Places): Promise<Read> {
  if (server !== undefined) {
    const { readServer, readToken } = await lazyImport(() => import('./readServer.ts'));
    const token = await readToken(tokenFile, process.env);
    return settled([readServer(server, token)]);
  }
  const now = Date.now();
  if (config) {
    const { readConfigured } = await lazyImport(() => import('./readConfigured.ts'));
    return settled(config.map(path => readConfigured(path, now)));
  }
  if (database) return settled(database.map(path => readDatabase(path, path, now)));
  const found = foundDatabases();
  if (found.length === 0) return { sources: [], troubles: [nothingFoundText()] };
  return settled(
    found.map(async ({ editor, path }) => ({ ...(await readDatabase(path, editor, now)), editor })),
  );
}

async function settled(reads: readonly Promise<Source>[]): Promise<Read> {
  const sources: Source[] = [];
  const troubles: string[] = [];
  for (const result of await Promise.allSettled(reads)) {
    if (result.status === 'fulfilled') sources.push(result.value);
    else if (result.reason instanceof SourceError) troubles.push(result.reason.message);
    else throw result.reason;
  }
  return { sources, troubles };
}

function nothingFoundText(): string {
  const machine = machineOf();
  const elsewhere = machine.place
    ? ' VS Code keeps it on the computer whose screen you look at, unless Key Quota is installed on this one: ask there, or a server by --server.'
    : ' Add a key in the editor first, or name the file by --database.';
  return `No editor on ${machineText(machine)} has a database of Key Quota.${elsewhere}`;
}
