import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';

/** The database of Key Quota in an editor. */
export interface EditorDatabase {
  readonly editor: string;
  /** Where it is, or would be. */
  readonly path: string;
}

/** What decides where editors keep their files. */
export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Editors by the names of their folders, which are the same on all systems. */
const DESKTOP = [
  'Code',
  'Code - Insiders',
  'Cursor',
  'Windsurf',
  'VSCodium',
  'Kiro',
  'Antigravity',
  'Trae',
  'Positron',
];
/** The part of an editor that runs on the machine which a window is connected to, by its folder in the home folder. */
const SERVERS: Readonly<Record<string, string>> = {
  '.vscode-server': 'Code (server)',
  '.vscode-server-insiders': 'Code - Insiders (server)',
  '.vscode-remote': 'Codespaces',
  '.cursor-server': 'Cursor (server)',
  '.windsurf-server': 'Windsurf (server)',
  '.vscodium-server': 'VSCodium (server)',
};
const OWN_FILE = ['User', 'globalStorage', 'key-quota.key-quota', 'key-quota.db'] as const;

/** The databases that there are on this machine. */
export function foundDatabases(): readonly EditorDatabase[] {
  const places = { platform: process.platform, home: homedir(), environment: process.env };
  return editorDatabases(places).filter(({ path }) => existsSync(path));
}

/** Where the database of Key Quota is in each editor, for the one user who asks. */
export function editorDatabases({ platform, home, environment }: Surroundings): readonly EditorDatabase[] {
  const { join } = platform === 'win32' ? win32 : posix;
  const at = (editor: string, ...folder: readonly string[]) => ({
    editor,
    path: join(...folder, ...OWN_FILE),
  });
  const config = configFolder(platform, home, environment, join);
  const data = environment.XDG_DATA_HOME?.trim() || join(home, '.local', 'share');
  const portable = environment.VSCODE_PORTABLE?.trim();
  return [
    ...(portable ? [at('Code (portable)', portable, 'user-data')] : []),
    ...DESKTOP.map(editor => at(editor, config, editor)),
    at('code-server', data, 'code-server'),
    ...Object.entries(SERVERS).map(([folder, editor]) => at(editor, home, folder, 'data')),
  ];
}

function configFolder(
  platform: NodeJS.Platform,
  home: string,
  environment: Surroundings['environment'],
  join: (...parts: string[]) => string,
): string {
  if (platform === 'win32') return environment.APPDATA?.trim() || join(home, 'AppData', 'Roaming');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support');
  return environment.XDG_CONFIG_HOME?.trim() || join(home, '.config');
}
