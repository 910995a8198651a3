import * as l10n from '@vscode/l10n';
import { isDatabaseBusy } from '../core/ports/databaseBusy.ts';
import { NotSavedError } from '../core/ports/notSavedError.ts';
import type { StoreTrouble } from '../core/ports/storeTrouble.ts';
import { type ExternalPart, NoAnswerError } from './deadline.ts';

/** Turns errors of the store and of deadlines into sentences for people; other errors are returned as they are. */
export function toUserError(error: unknown): unknown {
  if (error instanceof NotSavedError) return new Error(notSavedText(error.reason));
  if (error instanceof NoAnswerError) return new Error(noAnswerText(error.from));
  return isDatabaseBusy(error) ? new Error(lockedText()) : error;
}

function notSavedText(reason: StoreTrouble['kind']): string {
  switch (reason) {
    case 'damaged':
      return l10n.t(
        'Key Quota’s database was damaged and has just been set aside, so nothing was changed. Try again.',
      );
    case 'newer':
      return l10n.t(
        'Another window runs a newer version of Key Quota, so nothing was changed. Reload this window to use it too, and try again.',
      );
    case 'unwritable':
      return l10n.t(
        'Key Quota cannot write to its folder, so nothing was changed. Free up disk space or make the folder writable, and try again.',
      );
    case 'locked':
      return lockedText();
  }
}

function lockedText(): string {
  return l10n.t('Another program has Key Quota’s database locked, so nothing was changed. Try again later.');
}

function noAnswerText(from: ExternalPart): string {
  switch (from) {
    case 'secretStorage':
      return l10n.t(
        'VS Code’s secret storage is not responding. Unlock the system’s key ring or reload the window, and try again.',
      );
    case 'clipboard':
      return l10n.t('The clipboard is not responding. Try again.');
    case 'disk':
      return l10n.t(
        'The disk is not responding, so the file may be missing. Try again, or choose another folder.',
      );
    case 'editor':
      return l10n.t('VS Code is not responding. Reload the window and try again.');
  }
}
