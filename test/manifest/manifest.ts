import type * as Commands from '../../src/vscode/commands/commands.ts';
import { importWithStub } from '../unit/support/vscodeStub.ts';
import { contributedCommands, contributedMenus } from './commands.ts';
import { configuration } from './settings.ts';
import { contributedTools } from './tools.ts';

/** The parts of a manifest that follow from the code; the others are as they were. */
interface Manifest {
  readonly contributes: { readonly configuration: object };
}

const { commands } = await importWithStub<typeof Commands>('vscode/commands/commands.ts');

/** The text of package.json with all that follows from commands, settings and tools as the code has them. */
export function manifestText(text: string): string {
  const manifest = JSON.parse(text) as Manifest;
  const { contributes } = manifest;
  return `${JSON.stringify(
    {
      ...manifest,
      contributes: {
        ...contributes,
        commands: contributedCommands(commands),
        menus: contributedMenus(commands),
        configuration: configuration(),
        languageModelTools: contributedTools(),
      },
    },
    null,
    2,
  )}\n`;
}
