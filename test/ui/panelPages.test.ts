import type { Browser } from 'playwright-core';
import type { LogsPageMessage } from '../../src/core/panels/logsMessages.ts';
import type { PackedMessage } from '../../src/core/panels/packedUsage.ts';
import { findBrowser, launchBrowser } from '../host/browser.ts';
import { type PanelSite, servePanel } from '../host/panelSite.ts';
import { testLogsPage } from './pages/logsPage.ts';
import { testPageAccess } from './pages/pageAccess.ts';
import { testCharts } from './pages/usageCharts.ts';
import { testUsagePage } from './pages/usagePage.ts';
import { testWholeWords } from './pages/wholeWords.ts';
import { PanelPage } from './support/panelPage.ts';

/** The built pages in a browser, each with a stand-in for its host: what they show of any message. */
describe('the pages of the panels', () => {
  let site: PanelSite;
  let browser: Browser;
  before(async () => {
    site = await servePanel();
    browser = await launchBrowser(await findBrowser());
  });
  after(async () => {
    await browser.close();
    await site.close();
  });

  testPageAccess(
    () => site,
    () => browser,
  );
  testWholeWords(
    () => site,
    () => browser,
  );
  testCharts(saved => PanelPage.open<PackedMessage>(browser, `${site.origin}/usage`, saved));
  testUsagePage(saved => PanelPage.open<PackedMessage>(browser, `${site.origin}/usage`, saved));
  testLogsPage(saved => PanelPage.open<LogsPageMessage>(browser, `${site.origin}/logs`, saved));
});
