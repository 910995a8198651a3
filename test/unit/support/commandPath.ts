import { globSync } from 'node:fs';

/** Where the code of a command is, below `src/`. Throws when there is no file of its name. */
export function commandPath(name: string): string {
  const [path] = globSync(`vscode/commands/**/${name}.ts`, { cwd: 'src' });
  if (!path) throw new Error(`there is no command ${name}`);
  return path;
}
