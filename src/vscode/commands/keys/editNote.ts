import * as l10n from '@vscode/l10n';
import { MAX_NOTE_LENGTH, sanitizeNote } from '../../../services/keys/sanitizeNote.ts';
import { askText } from '../../host/forms.ts';
import { textMember } from '../argumentSchema.ts';
import { defineCommand } from '../command.ts';
import { keyArgumentWith } from './keyArgument.ts';
import { keyFromIdOrPick } from './pickKey.ts';

/** `keyQuota.editNote`: what a person wants to know about a key. With `{ id, note }` it does not ask; an empty note removes it. */
export const editNote = defineCommand({
  palette: 'withKeys',
  menus: [{ menu: 'view/item/context', contextWords: ['key'], group: '3_change@5' }],
  argument: keyArgumentWith({ note: textMember }),
  run: async (parts, { members }) => {
    const title = l10n.t('Edit Note');
    const key = await keyFromIdOrPick(parts, members.id, title);
    if (!key) return;
    const problem = members.note === undefined ? undefined : noteProblem(members.note);
    if (problem) throw new Error(problem);
    const note =
      members.note ??
      (await askText({
        title,
        value: key.note ?? '',
        prompt: l10n.t('A note on “{0}”, for yourself. Leave it empty to remove it.', key.label),
        ignoreFocusOut: true,
        validateInput: noteProblem,
      }));
    if (note !== undefined) await parts.keyService.setNote(key, sanitizeNote(note));
  },
});

function noteProblem(note: string): string | undefined {
  return [...note.trim()].length > MAX_NOTE_LENGTH
    ? l10n.t('At most {0} characters.', MAX_NOTE_LENGTH)
    : undefined;
}
