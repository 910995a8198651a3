import type { FromLogsPage, KeptLogs, ToLogsPage } from './logsMessages.ts';
import { LogsView } from './logsView.ts';
import { openPage } from './page.ts';
import { isSpeakMessage, speakAs } from './speakMessage.ts';

/** Starts the logs page. */
export function startLogsPage(place: HTMLElement): void {
  let view: LogsView | undefined;
  const page = openPage<FromLogsPage, KeptLogs>(message => {
    if (isSpeakMessage(message)) {
      speakAs(message);
      view ??= begin();
    } else view?.hear(message as ToLogsPage);
  });
  const begin = () => {
    const made = new LogsView({ post: message => page.post(message), changed: kept => page.keep(kept) });
    place.replaceChildren(made.element);
    return made;
  };
  page.post({ type: 'ready' });
}
