import './sureLanguage.ts';
import { startLogsPage } from './logsPage.ts';
import { startUsagePage } from './usagePage.ts';

// With this script, nothing is gone.
document.querySelector('body > .gone')?.remove();
const place = document.getElementById('page');
if (place?.dataset.page === 'logs') startLogsPage(place);
else if (place) startUsagePage(place);
