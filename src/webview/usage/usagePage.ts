import { type PackedMessage, unpackMessage } from '../../core/panels/packedUsage.ts';
import type { SavedUsagePanel, ShownUsage, UsagePageRequest } from '../../core/panels/usageMessages.ts';
import { applyLanguage, isLanguageMessage } from '../../text/languageMessage.ts';
import { openPage } from '../page.ts';
import { UsageView } from './usageView.ts';
import { parseViewState, type ViewState } from './viewState.ts';

/** A larger answer is not saved over a reload; the host asks for it again. */
const MAX_SAVED_LENGTH = 400_000;

interface SavedState extends SavedUsagePanel {
  readonly view: ViewState;
}

/** Starts the usage page. */
export function startUsagePage(place: HTMLElement): void {
  let view: UsageView | undefined;
  let lastSaved: { readonly shown: ShownUsage; readonly panel: SavedUsagePanel } | undefined;
  const page = openPage<UsagePageRequest, SavedState>(message => {
    if (isLanguageMessage(message)) {
      applyLanguage(message);
      view ??= begin();
    } else view?.receive(unpackMessage(message as PackedMessage));
  });
  const save = (shown: ShownUsage, viewState: ViewState) => {
    if (lastSaved?.shown !== shown) lastSaved = { shown, panel: savedPanelOf(shown) };
    page.saveState({ ...lastSaved.panel, view: viewState });
  };
  let lastShown: ShownUsage | undefined;
  let idleCallback = 0;
  let isPending = false;
  const saveWhenIdle = (shown: ShownUsage | undefined, viewState: ViewState) => {
    if (!shown) return;
    cancelIdleCallback(idleCallback);
    // New figures are drawn before they are saved, with what the view has become by then. Another change of the view is
    // saved at once, because the page may be hidden next.
    isPending ||= shown !== lastShown;
    lastShown = shown;
    if (!isPending) {
      save(shown, viewState);
      return;
    }
    idleCallback = requestIdleCallback(
      () => {
        isPending = false;
        save(shown, viewState);
      },
      { timeout: 1000 },
    );
  };
  const begin = () =>
    new UsageView(place, {
      post: message => page.post(message),
      save: saveWhenIdle,
      view: parseViewState(page.savedState().view),
    });
  page.post({ type: 'ready' });
}

/** The least length of a cell as text: `{"at":"2026-06-01","used":0}`. */
const MIN_CELL_LENGTH = 28;

function isSmallEnough({ answer, previous }: ShownUsage): boolean {
  const reports = [...answer.reports, ...(previous?.reports ?? [])];
  const cells = reports.reduce((sum, { timeline }) => sum + (timeline?.cells.length ?? 0), 0);
  // Serializing tens of thousands of cells only to see that they are too many would take long.
  if (cells * MIN_CELL_LENGTH > MAX_SAVED_LENGTH) return false;
  return JSON.stringify([answer, previous]).length <= MAX_SAVED_LENGTH;
}

function savedPanelOf(shown: ShownUsage): SavedUsagePanel {
  const { answer, previous, comparing, preset } = shown;
  const isSmall = isSmallEnough(shown);
  const reports = <T extends ShownUsage['answer']>({
    question,
    reports: all,
    problems,
    missing = [],
    lacks = [],
  }: T) => ({
    question: { ...question, keyIds: [...question.keyIds] },
    reports: isSmall ? [...all] : undefined,
    problems: [...problems],
    missing: [...missing],
    lacks: [...lacks],
  });
  return { answer: reports(answer), previous: previous && reports(previous), comparing, preset };
}
