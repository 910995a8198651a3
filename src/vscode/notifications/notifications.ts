import * as l10n from '@vscode/l10n';
import type { Severity, Warning } from '../../core/warnings/warning.ts';
import { joinNames } from '../../text/clauses.ts';
import { showError, showInformation, showWarning } from '../host/messages.ts';
import { runOwnCommand } from '../host/ownCommand.ts';
import { snoozed, type WarningNotice, warningNotice } from './warningText.ts';

const SHOW_BY_SEVERITY: Readonly<Record<Severity, (notice: WarningNotice) => Thenable<string | undefined>>> =
  {
    info: ({ message, actions }) => showInformation(message, ...titles(actions)),
    warning: ({ message, actions }) => showWarning(message, ...titles(actions)),
    error: ({ message, actions }) => showError(message, ...titles(actions)),
  };

/** Shows warnings as one notification, and runs the action that the user chooses for the keys that are still there. */
export async function showWarnings(
  warnings: readonly Warning[],
  now: number,
  hasTopUpPage: (key: Warning['key']) => boolean,
  isThere: (keyId: string) => boolean,
): Promise<void> {
  const notice = warningNotice(warnings, now, hasTopUpPage);
  const title = await SHOW_BY_SEVERITY[notice.severity](notice);
  const chosen = notice.actions.find(action => action.title === title);
  if (!chosen) return;
  const ids = [...new Set(warnings.flatMap(({ key, keyIds }) => keyIds ?? key.id))];
  const left = ids.filter(isThere);
  const { command, argument } = chosen;
  if (argument !== undefined && left.length === 0) void showInformation(goneText(warnings));
  else await runOwnCommand(command, command === 'keyQuota.snoozeWarnings' ? snoozed(left) : argument);
}

/** A notification stays as long as a person leaves it, and its keys may be removed meanwhile. */
function goneText(warnings: readonly Warning[]): string {
  const names = new Set(warnings.map(({ key }) => `“${key.label}”`));
  return l10n.t('No longer here: {0}.', joinNames([...names]));
}

function titles(actions: WarningNotice['actions']): string[] {
  return actions.map(({ title }) => title);
}
