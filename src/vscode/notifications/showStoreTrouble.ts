import type { StoreTrouble } from '../../core/ports/storeTrouble.ts';
import { showWarning } from '../host/messages.ts';
import { storeTroubleText } from './storeTrouble.ts';

/** Shows what is wrong with the shared database. In a file of its own, because almost no start needs it. */
export function showStoreTrouble(trouble: StoreTrouble): void {
  void showWarning(storeTroubleText(trouble));
}
