import * as vscode from 'vscode';
import { gatewayOf, gateways } from '../gateways/registry.ts';
import { parseOrigin } from '../http/origin.ts';
import { parseSecret } from '../http/secretText.ts';
import type { Outcome } from '../monitor/check.ts';
import type { KeyDraft } from '../monitor/keyBook.ts';
import { failureText } from '../words/failure.ts';
import { t } from '../words/l10n.ts';
import type { CommandHandler, CommandParts } from './commandParts.ts';
import {
  askKind,
  askLabel,
  askOrigin,
  askSecret,
  labelProblem,
  originProblemText,
  secretProblemText,
} from './keyForm.ts';

/** `keyQuota.addKey`: by argument `{ label, kind, origin, secret }` → `{ id }`, else by a form. */
export const addKey: CommandHandler = async (parts, argument) => {
  if (typeof argument === 'object' && argument !== null && 'secret' in argument) {
    return addByArgument(parts, argument as Readonly<Record<string, unknown>>);
  }
  return addByForm(parts);
};

async function addByArgument(
  { book }: CommandParts,
  argument: Readonly<Record<string, unknown>>,
): Promise<{ id: string }> {
  const draft = draftOf(argument);
  const duplicate = book.duplicateOf(draft);
  return { id: duplicate ? duplicate.id : await book.add(draft) };
}

/** Throws a sentence for whatever is wrong; none of them quotes the secret. */
function draftOf(argument: Readonly<Record<string, unknown>>): KeyDraft {
  const text = (name: string) => (typeof argument[name] === 'string' ? argument[name] : '');
  const gateway = gatewayOf(text('kind'));
  if (!gateway)
    throw new Error(t('“kind” has to be one of: {0}', gateways.map(({ kind }) => kind).join(', ')));
  const { origin, problem } = parseOrigin(text('origin') || (gateway.usualOrigin ?? ''));
  if (problem) throw new Error(originProblemText(problem));
  const parsed = parseSecret(text('secret'));
  if (parsed.problem) throw new Error(secretProblemText(parsed.problem));
  const label = text('label').trim() || new URL(origin).host;
  const wrong = labelProblem(label);
  if (wrong) throw new Error(wrong);
  return { label, kind: gateway.kind, origin, credential: 'apiKey', secret: parsed.secret };
}

async function addByForm(parts: CommandParts): Promise<{ id: string } | undefined> {
  const title = t('Add Key');
  const kind = await askKind(title);
  const gateway = kind === undefined ? undefined : gatewayOf(kind);
  if (!gateway) return undefined;
  const origin = await askOrigin(title, gateway.usualOrigin ?? '');
  const secret = origin && (await askSecret(title));
  if (!origin || !secret) return undefined;
  const duplicate = parts.book.duplicateOf({ origin, secret });
  if (duplicate) {
    void vscode.window.showInformationMessage(t('This key is here already, as “{0}”.', duplicate.label));
    return { id: duplicate.id };
  }
  const draft: KeyDraft = {
    label: new URL(origin).host,
    kind: gateway.kind,
    origin,
    credential: 'apiKey',
    secret,
  };
  const outcome = await tryOut(parts, draft);
  if (!outcome) return undefined;
  const label = await askLabel(title, outcome.reading?.name || draft.label);
  if (label === undefined) return undefined;
  return { id: await parts.book.add({ ...draft, label }, outcome) };
}

/** Checks the key live until it works, the user wants to keep it as it is, or gives up. */
async function tryOut({ book }: CommandParts, draft: KeyDraft): Promise<Outcome | undefined> {
  for (;;) {
    const outcome = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: t('Checking the key at {0}…', draft.origin) },
      () => book.tryOut(draft),
    );
    if (outcome.reading) return outcome;
    const saveAnyway = t('Save Anyway');
    const tryAgain = t('Try Again');
    const choice = await vscode.window.showWarningMessage(
      t('The key could not be checked.'),
      { modal: true, detail: failureText(outcome.failure, draft) },
      saveAnyway,
      tryAgain,
    );
    if (choice === saveAnyway) return outcome;
    if (choice !== tryAgain) return undefined;
  }
}
