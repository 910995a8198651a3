/** Opens the store in a folder and says what came of it: in a process of its own, because it may hang. */

import { SqliteStore } from '../../../src/store/store.ts';

const store = new SqliteStore(process.argv[2] ?? '', Date.now());
process.stdout.write(JSON.stringify({ trouble: store.trouble?.kind, shared: store.shared }));
store.close();
