import { posix, win32 } from 'node:path';

/** Where a program keeps keys on this machine. */
export interface PlaceOnMachine {
  readonly id: 'ccSwitch' | 'claudeCode' | 'codex' | 'opencode' | 'cline' | 'environment';
  /** The program's own name; the environment has none. */
  readonly title?: string;
  /** Files that are read together; those that do not exist are left out. Empty for the environment. */
  readonly files: readonly string[];
}

/** The machine whose places are listed: its home folder, environment and system. */
export interface Machine {
  readonly home: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly isWindows: boolean;
}

/** The places where keys may be, of the user's own: nothing of a workspace is among them. */
export function placesOnMachine({ home, environment, isWindows }: Machine): readonly PlaceOnMachine[] {
  const { join } = isWindows ? win32 : posix;
  const folder = (variable: string, ...usual: readonly string[]) =>
    environment[variable]?.trim() || join(home, ...usual);
  const claude = folder('CLAUDE_CONFIG_DIR', '.claude');
  const codex = folder('CODEX_HOME', '.codex');
  const data = folder('XDG_DATA_HOME', '.local', 'share');
  const config = folder('XDG_CONFIG_HOME', '.config');
  const opencode = environment.OPENCODE_CONFIG_DIR?.trim() || join(config, 'opencode');
  const cline = environment.CLINE_DATA_DIR?.trim() || join(folder('CLINE_DIR', '.cline'), 'data');
  return [
    { id: 'ccSwitch', title: 'CC Switch', files: [join(home, '.cc-switch', 'cc-switch.db')] },
    {
      id: 'claudeCode',
      title: 'Claude Code',
      files: [join(claude, 'settings.json'), join(claude, 'settings.local.json')],
    },
    { id: 'codex', title: 'Codex', files: [join(codex, 'config.toml'), join(codex, 'auth.json')] },
    {
      id: 'opencode',
      title: 'opencode',
      files: [
        join(opencode, 'opencode.json'),
        join(opencode, 'opencode.jsonc'),
        join(data, 'opencode', 'auth.json'),
      ],
    },
    {
      id: 'cline',
      title: 'Cline',
      files: [
        join(cline, 'settings', 'providers.json'),
        join(cline, 'globalState.json'),
        join(cline, 'secrets.json'),
      ],
    },
    { id: 'environment', files: [] },
  ];
}
