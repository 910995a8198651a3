import { lazyImport } from '../core/lazyImport.ts';

/** What a subcommand's file exports. */
interface Subcommand {
  /** What `--help` says after its name. */
  readonly usage: string;
  /** Runs it, and returns the exit code. @throws UsageError for arguments that it does not know. */
  run(args: readonly string[]): Promise<number>;
}

export interface SubcommandEntry {
  readonly name: string;
  readonly summary: string;
  /** Loads it; only the called subcommand is loaded. */
  load(): Promise<Subcommand>;
}

/** All subcommands, in the order of `--help`. */
export const subcommands: readonly SubcommandEntry[] = [
  {
    name: 'status',
    summary: 'show what is known of your keys, by the editor’s database or a server; asks no gateway',
    load: () => lazyImport(() => import('./status/statusCommand.ts')),
  },
  {
    name: 'mcp',
    summary: 'let an agent ask what is left and what was spent, over stdio',
    load: () => lazyImport(() => import('./mcp/mcpCommand.ts')),
  },
  {
    name: 'serve',
    summary: 'watch the keys of a configuration, for Prometheus and for the editors of a team',
    load: () => lazyImport(() => import('./serve/serveCommand.ts')),
  },
  {
    name: 'check',
    summary: 'say what is wrong with a configuration of the server; asks no gateway',
    load: () => lazyImport(() => import('./check/checkCommand.ts')),
  },
];
