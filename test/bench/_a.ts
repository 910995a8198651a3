import { throttling } from './throttling.ts';
import { tableOf } from './table.ts';
const t=performance.now();
process.stdout.write(tableOf(throttling.title, await throttling.run({quick:process.argv.includes('-q')}), (performance.now()-t)/1000));
