import type * as Commands from '../../src/vscode/commands/commands.ts';
import { importWithStub } from '../unit/support/vscodeStub.ts';
import { contributedCommands, contributedKeybindings, contributedMenus } from './commands.ts';
import { LISTING_MEMBERS, listingMembers, readListing } from './listing.ts';
import { configuration } from './settings.ts';
import { contributedTools } from './tools.ts';

/** The parts of a manifest that follow from the code; the others are as they were. */
interface Manifest {
  readonly contributes: { readonly configuration: object };
}

const { commands } = await importWithStub<typeof Commands>('vscode/commands/commands.ts');

/** The members of a manifest, those of the listing beside the license. */
function withListing(manifest: object): object {
  const others = Object.entries(manifest).filter(([name]) => !LISTING_MEMBERS.includes(name));
  const at = others.findIndex(([name]) => name === 'license') + 1;
  return Object.fromEntries([
    ...others.slice(0, at),
    ...Object.entries(listingMembers(readListing())),
    ...others.slice(at),
  ]);
}

/** The text of package.json with all that follows from listing.json, and from commands, settings and tools as the code has them. */
export function manifestText(text: string): string {
  const manifest = JSON.parse(text) as Manifest;
  const { contributes } = manifest;
  return `${JSON.stringify(
    {
      ...withListing(manifest),
      contributes: {
        ...contributes,
        commands: contributedCommands(commands),
        keybindings: contributedKeybindings(commands),
        menus: contributedMenus(commands),
        configuration: configuration(),
        languageModelTools: contributedTools(),
      },
    },
    null,
    2,
  )}\n`;
}
