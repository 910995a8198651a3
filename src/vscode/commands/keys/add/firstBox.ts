import * as l10n from '@vscode/l10n';
import { containsSecret } from '../../../../redaction/containsSecret.ts';
import { holdsKey } from '../../../../services/importing/readPasted.ts';
import { readClipboardText } from '../../../host/clipboard.ts';
import type { StepPosition } from '../../../host/formSteps.ts';
import { plainAllowedBy } from '../../../host/gatewayRoutes.ts';
import { pickOrType } from '../../../host/typedList.ts';
import type { CommandParts } from '../../commandParts.ts';
import { addedLength } from './addedLength.ts';
import {
  describeLine,
  type FirstChoice,
  type FirstItem,
  offeredItems,
  remarkItems,
  typedItems,
} from './firstItems.ts';

/** More characters at once are not typed, but pasted. */
const MAX_TYPED_AT_ONCE = 6;

/**
 * Asks for an address, a key or both. The field shows its content, since addresses and names are typed there. A text
 * with a secret is therefore taken out of it at once, and the next box shows the secret only as dots.
 */
export async function askFirst(
  parts: CommandParts,
  title: string,
  at: StepPosition,
  value = '',
): Promise<FirstChoice | undefined> {
  const offered = offeredItems([...parts.keyService.keysById().values()]);
  const allowed = plainAllowedBy(parts.settings());
  const placeHolder = l10n.t('Paste an address, a key, or both; or choose a gateway');
  const taken = await pickOrType<FirstItem, WithSecret>(
    {
      value,
      itemsFor: typed => {
        const describe = describeLine(typed !== '');
        const remarks = remarkItems(typed, [...offered, describe]);
        return [...typedItems(typed, allowed), ...offered, ...remarks, describe];
      },
      itemTyped: typed => typedItems(typed, allowed)[0],
      isChoice: ({ choice }) => choice !== undefined,
      takenAtOnce: secretIn,
    },
    { title, placeHolder },
    at,
  );
  if (taken === undefined || !('text' in taken)) return taken?.choice;
  return { is: 'typed', text: await withLineEnds(taken.text) };
}

interface WithSecret {
  readonly text: string;
}

/** The text of the field, where a secret stands in it. */
function secretIn(typed: string, before: string): WithSecret | undefined {
  const isPasted = addedLength(typed, before) > MAX_TYPED_AT_ONCE;
  return containsSecret(typed) || (isPasted && holdsKey(typed)) ? { text: typed } : undefined;
}

/** An input box drops line ends, so pasted text is read from the clipboard instead. */
async function withLineEnds(text: string): Promise<string> {
  const copied = await readClipboardText().catch(() => '');
  return copied.trim().replace(/[\r\n]+/g, '') === text.trim() ? copied : text;
}
