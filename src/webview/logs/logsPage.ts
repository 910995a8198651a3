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
      changed: state => page.keep(state),
      kept: keptOf(page.kept()),
    });
  page.post({ type: 'ready' });
}

/** What an earlier self kept, as far as it has the right form: without a schema, which would make the page larger. */
function keptOf({
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
