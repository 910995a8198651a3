import { DatabaseSync } from 'node:sqlite';
import { databasePath } from '../../../src/store/database.ts';
import { migrate } from '../../../src/store/migrations.ts';
import { NOW } from './samples.ts';

const RULES_TEXT = '{"off":["low"],"percents":[50]}';
export const DIGEST = 'ab'.repeat(32);

/** What versions 1 to 4 held in `marks`, by key and name. */
export const MARKS: readonly (readonly [key: string, name: string, mark: string])[] = [
  ['a', 'alias', '2'],
  ['a', 'clipboard', `${NOW + 60_000} ${DIGEST}`],
  ['a', 'low %:20', `{"at":${NOW}}`],
  ['a', 'refill', '{"scale":"USD","used":1}'],
  ['a', 'rules', RULES_TEXT],
  ['a', 'snoozed', `{"since":${NOW},"lastsMs":86400000}`],
  ['b', 'alias', '5'],
  ['b', 'snoozed', '{"since":7,"lastsMs":9007199254740991}'],
];

/** What they held in `chores`, by name. */
const CHORES: readonly (readonly [name: string, doneAt: number])[] = [
  ['by the hour', NOW - 3],
  ['daily', NOW - 2],
  ['keys', NOW - 1],
  ['last-alias', 7],
  ['secret gone-1 left alone', NOW],
  ['secret gone-2 left alone', 0],
  ['secret left alone left alone', NOW - 9],
];

/** A file as a version of the schema has left it: three keys, and all that its `marks` and `chores` can hold. */
export function earlierFile(folder: string, version: number, marks = MARKS, chores = CHORES): void {
  const file = new DatabaseSync(databasePath(folder));
  file.exec('PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON');
  migrate(file, version);
  const addKey = file.prepare(
    `INSERT INTO keys (id, label, kind, origin, credential, fingerprint, created_at)
     VALUES (?, ?, 'newApi', 'https://gw.example', 'apiKey', 'f', ?)`,
  );
  for (const [index, id] of ['a', 'b', 'c'].entries()) addKey.run(id, id.toUpperCase(), NOW + index);
  const addMark = file.prepare('INSERT INTO marks (key_id, name, mark) VALUES (?, ?, ?)');
  for (const mark of marks) addMark.run(...mark);
  const addChore = file.prepare('INSERT INTO chores (name, done_at) VALUES (?, ?)');
  for (const chore of chores) addChore.run(...chore);
  file.close();
}
