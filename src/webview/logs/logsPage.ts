import { parseLogForm } from '../../core/panels/logsForm.ts';
import type { LogsPageMessage, LogsPageRequest, SavedLogsPanel } from '../../core/panels/logsMessages.ts';
import { applyLanguage, isLanguageMessage } from '../../text/languageMessage.ts';
import { openPage } from '../page.ts';
import { LogsView } from './logsView.ts';

/** Starts the logs page. */
export function startLogsPage(place: HTMLElement): void {
  let view: LogsView | undefined;
  const page = openPage<LogsPageRequest, SavedLogsPanel>(message => {
    if (isLanguageMessage(message)) {
      applyLanguage(message);
      view ??= begin();
    } else view?.receive(message as LogsPageMessage);
  });
  const begin = () =>
    new LogsView(place, {
      post: message => page.post(message),
      save: state => page.saveState(state),
      restored: parseSavedState(page.savedState()),
    });
  page.post({ type: 'ready' });
}

/** Parses the state that was saved before the page was reloaded. Without a schema, which would make the page larger. */
function parseSavedState({
  keyId,
  form,
  typed,
  scrollTop,
}: Readonly<Record<string, unknown>>): SavedLogsPanel | undefined {
  const asked = parseLogForm(form);
  if (typeof keyId !== 'string' || !asked) return undefined;
  return {
    keyId,
    form: asked,
    typed: parseLogForm(typed),
    scrollTop: typeof scrollTop === 'number' ? scrollTop : 0,
  };
}
