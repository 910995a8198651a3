import './documentLanguage.ts';
import { startLogsPage } from './logs/logsPage.ts';
import { startOverviewPage } from './overview/overviewPage.ts';
import { startUsagePage } from './usage/usagePage.ts';

// The script runs, so the message for a missing script is removed.
document.querySelector('body > .gone')?.remove();
const place = document.getElementById('page');
if (place?.dataset.page === 'logs') startLogsPage(place);
else if (place?.dataset.page === 'overview') startOverviewPage(place);
else if (place) startUsagePage(place);
