/**
 * A window in a process of its own that brings a database up to date and is killed on the way. Arguments: the folder,
 * and where: the name of a function of SQLite that the migration calls, or the beginning of a statement once it is done.
 */
import { DatabaseSync } from 'node:sqlite';
import { databasePath } from '../../../src/store/database.ts';
import { migrate } from '../../../src/store/migrations.ts';

const [folder = '', where = ''] = process.argv.slice(2);
const die = () => {
  process.kill(process.pid, 'SIGKILL');
  return null;
};

class DyingDatabase extends DatabaseSync {
  override exec(sql: string): void {
    super.exec(sql);
    if (sql.trim().startsWith(where)) die();
  }
}

const database = new DyingDatabase(databasePath(folder));
// So few pages that changed ones are on the disk long before the end.
database.exec('PRAGMA cache_size = 2; PRAGMA foreign_keys = ON');
if (/^\w+$/.test(where) && where === where.toLowerCase())
  database.function(where, { varargs: true, deterministic: true }, die);
migrate(database);
