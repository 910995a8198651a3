import * as v from 'valibot';
import {
  type OverviewRequest,
  overviewMessage,
  type SavedOverview,
  savedOverview,
} from '../../core/panels/overviewMessages.ts';
import { applyLanguage, isLanguageMessage } from '../../text/languageMessage.ts';
import { openPage } from '../page.ts';
import { OverviewView } from './overviewView.ts';

/** Starts the overview page. */
export function startOverviewPage(place: HTMLElement): void {
  let view: OverviewView | undefined;
  const page = openPage<OverviewRequest, SavedOverview>(message => {
    if (isLanguageMessage(message)) {
      applyLanguage(message);
      view ??= new OverviewView(place, {
        post: request => page.post(request),
        save: state => page.saveState(state),
        saved,
      });
    } else {
      const parsed = v.safeParse(overviewMessage, message);
      if (parsed.success) view?.receive(parsed.output);
    }
  });
  const saved = v.parse(savedOverview, page.savedState());
  page.post({ type: 'ready', look: saved.look });
}
