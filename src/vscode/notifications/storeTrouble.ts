import * as l10n from '@vscode/l10n';
import type { StoreTrouble } from '../../core/ports/storeTrouble.ts';

/** What is wrong with the shared database, and what that means for the user. */
export function storeTroubleText(trouble: StoreTrouble): string {
  switch (trouble.kind) {
    case 'damaged':
      return l10n.t(
        'Key Quota’s database was damaged. It was set aside as {0} and a new one was started; your keys are still here.',
        trouble.movedTo,
      );
    case 'newer':
      return l10n.t(
        'Another window runs a newer version of Key Quota. Reload this window to use it too; until then, this window does not share its figures.',
      );
    case 'unwritable':
      return l10n.t(
        'Key Quota cannot write to its folder. It continues with what it could read, but saves neither new figures nor changes to keys. Free up disk space or make the folder writable, and it will save again automatically.',
      );
    case 'locked':
      return l10n.t(
        'Another program has Key Quota’s database locked. Until it lets go, no key is checked and no change is saved.',
      );
  }
}
