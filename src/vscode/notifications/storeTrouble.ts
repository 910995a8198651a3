import * as l10n from '@vscode/l10n';
import type { StoreTrouble } from '../../core/ports/storeTrouble.ts';

/** What is wrong with the shared database, and what that means for the user. */
export function storeTroubleText(trouble: StoreTrouble): string {
  switch (trouble.kind) {
    case 'damaged':
      return l10n.t(
        'Key Quota’s database was damaged. It was set aside as {0} and a new one started; your keys are kept.',
        trouble.movedTo,
      );
    case 'newer':
      return l10n.t(
        'Another window runs a newer Key Quota. Reload this window to use it too; until then this window keeps its figures to itself.',
      );
    case 'unwritable':
      return l10n.t(
        'Key Quota cannot write to its folder. It goes on with what it could read, and saves neither new figures nor changes to keys. Make room on the disk or make the folder writable, and it saves them again by itself.',
      );
    case 'locked':
      return l10n.t(
        'Another program keeps Key Quota’s database locked. Figures come back as soon as it lets go; until then no key is checked and no change is saved.',
      );
  }
}
