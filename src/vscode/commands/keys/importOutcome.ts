import * as l10n from '@vscode/l10n';
import type { ImportOutcome } from '../../../services/importing/addCandidates.ts';
import type { RejectedEntry } from '../../../services/importing/candidate.ts';
import { rejectionText } from '../../../text/importing.ts';
import { showInformation, showWarning } from '../../host/messages.ts';

/** More lines would not be read in a dialog. */
const MAX_LINES = 25;

interface ImportRest {
  readonly rejected: readonly RejectedEntry[];
  /** Sentences about sources that could not be read. */
  readonly problems: readonly string[];
  /** Removes what was added. */
  readonly undo: () => Promise<void>;
}

/** Says what was added, and offers to undo it and to see what was left out. */
export async function offerImportOutcome(outcome: ImportOutcome, rest: ImportRest): Promise<void> {
  const undo = l10n.t('Undo');
  const show = l10n.t('Show Those Left Out');
  const lines = leftOutLines(outcome, rest);
  const buttons = [...(outcome.added.length > 0 ? [undo] : []), ...(lines.length > 0 ? [show] : [])];
  const choice = await showInformation(outcomeText(outcome, lines.length), ...buttons);
  if (choice === undo) await undoImport(rest.undo);
  if (choice !== show) return;
  await showLines(lines);
  // The first message is closed by now; a person who has seen the lines may still want to undo.
  if (outcome.added.length > 0 && (await showInformation(outcomeText(outcome, lines.length), undo)) === undo)
    await undoImport(rest.undo);
}

async function undoImport(undo: () => Promise<void>): Promise<void> {
  try {
    await undo();
    void showInformation(l10n.t('The imported keys were removed again.'));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    void showWarning(l10n.t('Not every imported key could be removed. {0}', why));
  }
}

/** Says that there is nothing to add, and why. */
export function showNothingToImport(rejected: readonly RejectedEntry[], problems: readonly string[]): void {
  const lines = [...problems, ...rejected.map(rejectedLine)];
  const message = l10n.t('No keys were found that can be added.');
  const show = l10n.t('Show Those Left Out');
  void showWarning(
    lines.length === 1 ? `${message} ${lines[0]}` : message,
    ...(lines.length > 1 ? [show] : []),
  ).then(choice => (choice === show ? showLines(lines) : undefined));
}

function outcomeText({ added, present }: ImportOutcome, leftOut: number): string {
  return [
    countText(added.length),
    present.length > 0 ? l10n.t('Already here: {0}.', present.length) : '',
    leftOut > 0 ? l10n.t('Left out: {0}.', leftOut) : '',
  ]
    .filter(sentence => sentence !== '')
    .join(' ');
}

function countText(added: number): string {
  if (added === 0) return l10n.t('No key was imported.');
  return added === 1 ? l10n.t('1 key was imported.') : l10n.t('{0} keys were imported.', added);
}

function leftOutLines({ failed }: ImportOutcome, { rejected, problems }: ImportRest): readonly string[] {
  return [
    ...failed.map(({ label, why }) =>
      why === undefined
        ? l10n.t(
            '“{0}”: its gateway was not recognized. Add it with Add Key, where you can choose the kind.',
            label,
          )
        : l10n.t('“{0}”: {1}', label, why),
    ),
    ...problems,
    ...rejected.map(rejectedLine),
  ];
}

function rejectedLine({ label, sourceTitle, reason, variable }: RejectedEntry): string {
  return l10n.t('“{0}” from {1}: {2}', label, sourceTitle, rejectionText(reason, variable));
}

async function showLines(lines: readonly string[]): Promise<void> {
  const more = lines.length - MAX_LINES;
  const shownLines = more > 0 ? [...lines.slice(0, MAX_LINES), l10n.t('and {0} more', more)] : lines;
  await showInformation(l10n.t('Not imported'), { modal: true, detail: shownLines.join('\n') });
}
