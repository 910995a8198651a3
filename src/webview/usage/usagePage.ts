import type {
  SavedUsagePanel,
  ShownUsage,
  UsagePageMessage,
  UsagePageRequest,
} from '../../core/panels/usageMessages.ts';
import { applyLanguage, isLanguageMessage } from '../../text/languageMessage.ts';
import { openPage } from '../page.ts';
import { UsageView } from './usageView.ts';
import { type ViewState, viewStateOf } from './viewState.ts';

/** More than this is not given to VS Code to keep over a reload; the host asks for it again. */
const MOST_KEPT = 400_000;

interface Kept extends SavedUsagePanel {
  readonly view: ViewState;
}

/** Starts the usage page. */
export function startUsagePage(place: HTMLElement): void {
  let view: UsageView | undefined;
  let keptReports: { readonly shown: ShownUsage; readonly kept: SavedUsagePanel } | undefined;
  const page = openPage<UsagePageRequest, Kept>(message => {
    if (isLanguageMessage(message)) {
      applyLanguage(message);
      view ??= begin();
    } else view?.receive(message as UsagePageMessage);
  });
  const write = (shown: ShownUsage, viewState: ViewState) => {
    if (keptReports?.shown !== shown) keptReports = { shown, kept: keptOf(shown) };
    page.keep({ ...keptReports.kept, view: viewState });
  };
  let seen: ShownUsage | undefined;
  let idle = 0;
  const keep = (shown: ShownUsage | undefined, viewState: ViewState) => {
    if (!shown) return;
    cancelIdleCallback(idle);
    // New figures come on screen first. What a person changed is kept at once: the page may be hidden next.
    if (shown !== seen) idle = requestIdleCallback(() => write(shown, viewState), { timeout: 1000 });
    else write(shown, viewState);
    seen = shown;
  };
  const begin = () =>
    new UsageView(place, {
      post: message => page.post(message),
      changed: keep,
      view: viewStateOf(page.kept().view),
    });
  page.post({ type: 'ready' });
}

function keptOf({ answer, previous, comparing, preset }: ShownUsage): SavedUsagePanel {
  const isSmall = JSON.stringify([answer, previous]).length <= MOST_KEPT;
  const reports = <T extends ShownUsage['answer']>({
    question,
    reports: all,
    problems,
    missing = [],
  }: T) => ({
    question: { ...question, keyIds: [...question.keyIds] },
    reports: isSmall ? [...all] : undefined,
    problems: [...problems],
    missing: [...missing],
  });
  return { answer: reports(answer), previous: previous && reports(previous), comparing, preset };
}
