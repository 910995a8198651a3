import './sureLanguage.ts';
import { startLogsPage } from './logsPage.ts';
import { startUsagePage } from './usagePage.ts';

const place = document.getElementById('page');
if (place?.dataset.page === 'logs') startLogsPage(place);
else if (place) startUsagePage(place);
