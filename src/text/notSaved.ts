import * as l10n from '@vscode/l10n';

/** Why no file was saved, by what the system says, and what to do. */
export function notSavedText(error: unknown): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return l10n.t('The disk is full, so nothing was saved. Free up space, or choose another folder.');
    // What Windows says of a file that another program has open.
    case 'EBUSY':
    case 'EPERM':
      return l10n.t(
        'Nothing was saved, because it cannot be written there ({0}). Close the file in other programs, or choose another folder.',
        codeOf(error),
      );
    default:
      return l10n.t(
        'Nothing was saved, because it cannot be written there ({0}). Choose another folder.',
        codeOf(error),
      );
  }
}

/** Why only some of several files were saved. */
export function partlySavedText(error: unknown): string {
  return l10n.t(
    'Only some of the files were saved, because another cannot be written there ({0}). Close them in other programs and save again, or choose another folder.',
    codeOf(error),
  );
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}
