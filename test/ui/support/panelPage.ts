import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { PATIENCE_MS } from '../../host/patience.ts';
import { until } from '../../host/until.ts';
import { openScreen } from '../../host/window.ts';

interface HostScope {
  /** What the page has sent. */
  sent: { readonly type: string }[];
  /** What VS Code keeps for it. */
  saved: unknown;
  acquireVsCodeApi: () => unknown;
}

/** A panel's page in a browser, with a stand-in for its host and no VS Code around it. */
export class PanelPage<Message extends { readonly type: string }> {
  readonly page: Page;
  readonly #screen: BrowserContext;

  private constructor(screen: BrowserContext, page: Page) {
    this.#screen = screen;
    this.page = page;
  }

  /** Opens the page at an address of `servePanel`; `saved` is what VS Code kept of an earlier one. */
  static async open<Message extends { readonly type: string }>(
    browser: Browser,
    address: string,
    saved?: object,
  ): Promise<PanelPage<Message>> {
    const screen = await openScreen(browser, { viewport: { width: 800, height: 900 } });
    screen.setDefaultTimeout(PATIENCE_MS);
    const page = await screen.newPage();
    await page.addInitScript(standInForHost, saved);
    await page.goto(address);
    await page.locator('h1').waitFor();
    return new PanelPage<Message>(screen, page);
  }

  /** Sends a message of the host, and waits until everything that follows from it is painted. */
  async post(message: Message): Promise<void> {
    await this.page.evaluate(sent => window.postMessage(sent, '*'), message);
    await this.painted();
  }

  async painted(): Promise<void> {
    await this.page.evaluate(
      () =>
        new Promise<void>(resolve => {
          // The size of a chart is known in the first frame, and the chart is drawn before the second is over.
          const frame = () => new Promise(done => requestAnimationFrame(done));
          void frame()
            .then(frame)
            .then(frame)
            .then(() => resolve());
        }),
    );
  }

  /** What the page has sent, apart from its first word. */
  sent(): Promise<readonly { readonly type: string }[]> {
    return this.page.evaluate(() =>
      (window as unknown as HostScope).sent.filter(({ type }) => type !== 'ready'),
    );
  }

  /** What VS Code keeps for the page, once `isIt`. */
  async saved<Saved>(isIt: (saved: Saved) => boolean): Promise<Saved> {
    return until('that is saved', PATIENCE_MS, async () => {
      const saved = await this.page.evaluate(() => (window as unknown as HostScope).saved);
      return saved && isIt(saved as Saved) ? (saved as Saved) : undefined;
    });
  }

  text(selector: string): Promise<string> {
    return this.page.locator(selector).first().innerText();
  }

  texts(selector: string): Promise<string[]> {
    return this.page.locator(selector).allInnerTexts();
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  close(): Promise<void> {
    return this.#screen.close();
  }
}

/** Runs in the page before its own script. */
function standInForHost(saved: object | undefined): void {
  const scope = window as unknown as HostScope;
  scope.sent = [];
  scope.acquireVsCodeApi = () => ({
    postMessage: (message: { readonly type: string }) => {
      scope.sent.push(message);
      if (message.type === 'ready')
        window.postMessage({ type: 'speak', language: 'en', timeZone: 'UTC', messages: {} }, '*');
    },
    getState: () => saved,
    setState: (state: unknown) => {
      scope.saved = state;
    },
  });
}

/** What a chart of so many times shows at one of them: shares of its plot. */
export interface PlotSlice {
  /** How high the bar of each color in the legend is, in the order of the legend. */
  readonly bars: readonly number[];
  /** How much of the slice beside the bars is painted: a grid is little, a hatch is more. */
  readonly hatched: number;
  /** At which height a line crosses the whole slice, from the bottom; undefined where none does. */
  readonly line: number | undefined;
}

/** Reads the picture of the chart, from the first time to the last. */
export function plotSlices(page: Page, times: number): Promise<readonly PlotSlice[]> {
  return page.evaluate(readPlot, times);
}

/** Runs in the page. */
function readPlot(times: number): PlotSlice[] {
  const pixelsOf = (canvas: HTMLCanvasElement) =>
    canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? new Uint8ClampedArray();
  const colorAt = (data: Uint8ClampedArray, at: number) => [...data.slice(at * 4, at * 4 + 4)].join();
  const colors = [...document.querySelectorAll<HTMLCanvasElement>('.legend canvas')].map(swatch =>
    colorAt(pixelsOf(swatch), 6 * swatch.width + 6),
  );
  const canvas = document.querySelector<HTMLCanvasElement>('.chart canvas');
  const over = document.querySelector('.chart .u-over');
  if (!canvas || !over) return [];
  const data = pixelsOf(canvas);
  const scale = canvas.width / canvas.getBoundingClientRect().width;
  const [place, whole] = [over.getBoundingClientRect(), canvas.getBoundingClientRect()];
  const left = (place.left - whole.left) * scale;
  const top = Math.ceil((place.top - whole.top) * scale) + 1;
  const height = Math.floor(place.height * scale) - 2;
  const step = (place.width * scale) / times;
  const columnOf = (x: number) =>
    Array.from({ length: height }, (_, y) => colorAt(data, (top + y) * canvas.width + Math.round(x)));
  return Array.from({ length: times }, (_, time) => {
    const middle = columnOf(left + step * (time + 0.5));
    // The tenth of a step before each bar.
    const beside = Array.from({ length: Math.floor(step / 12) }, (_, x) =>
      columnOf(left + step * time + 1 + x),
    );
    const painted = beside.flat().filter(color => !color.endsWith(',0')).length;
    // The line has the color of the text, in dashes; grid and hatch are paler.
    const isLine = (color = '') => {
      const [red = 0, green = 0, blue = 0, alpha = 0] = color.split(',').map(Number);
      return alpha > 100 && [red, green, blue].every(part => Math.abs(part - 136) <= 6);
    };
    const rows = Array.from(
      { length: height },
      (_, y) => beside.filter(column => isLine(column[y])).length / beside.length,
    );
    const at = rows.findIndex(share => share > 0.3);
    return {
      bars: colors.map(color => middle.filter(each => each === color).length / height),
      hatched: painted / Math.max(1, beside.flat().length),
      line: at < 0 ? undefined : 1 - at / height,
    };
  });
}
