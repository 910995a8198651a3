import type { Severity, Warning } from '../../core/warnings/warning.ts';
import { showError, showInformation, showWarning } from '../host/messages.ts';
import { runOwnCommand } from '../host/ownCommand.ts';
import { type WarningNotice, warningNotice } from './warningText.ts';

const SHOW_BY_SEVERITY: Readonly<Record<Severity, (notice: WarningNotice) => Thenable<string | undefined>>> =
  {
    info: ({ message, actions }) => showInformation(message, ...titles(actions)),
    warning: ({ message, actions }) => showWarning(message, ...titles(actions)),
    error: ({ message, actions }) => showError(message, ...titles(actions)),
  };

/** Shows warnings as one notification, and runs the action that the user chooses. */
export async function showWarnings(
  warnings: readonly Warning[],
  now: number,
  hasTopUpPage: (key: Warning['key']) => boolean,
): Promise<void> {
  const notice = warningNotice(warnings, now, hasTopUpPage);
  const title = await SHOW_BY_SEVERITY[notice.severity](notice);
  const chosen = notice.actions.find(action => action.title === title);
  if (chosen) await runOwnCommand(chosen.command, chosen.argument);
}

function titles(actions: WarningNotice['actions']): string[] {
  return actions.map(({ title }) => title);
}
