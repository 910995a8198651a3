/**
 * A process that is no monitor, beside idle windows: it wakes every five seconds and does a small fixed work, less than
 * a look or a check does. From `begin` to `end` it measures what a time costs that it wakes, from the timer on, and what
 * the same work costs back to back; `end` is answered with both as JSON, in microseconds.
 */

import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';

/** Not more often than a window, or it would find the machine awake. */
const WAKE_EVERY_MS = 5000;
const TIMES_BACK_TO_BACK = 200;

const database = new DatabaseSync(':memory:');
database.exec('CREATE TABLE states (no INTEGER PRIMARY KEY, state TEXT)');
const insert = database.prepare('INSERT INTO states (state) VALUES (?)');
for (let no = 0; no < 20; no++) insert.run(JSON.stringify({ label: `key ${no}`, left: 1000 * no, used: no }));
const all = database.prepare('SELECT state FROM states');

let left = 0;
/** Reads twenty states and adds them up. */
function work(): void {
  for (const { state } of all.all()) left += (JSON.parse(String(state)) as { left: number }).left;
}

function usedUs(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

let begun = 0;
let wakes = 0;
function wake(): void {
  wakes++;
  work();
}

// Its code has been compiled before anything is measured, as that of a window has.
for (let times = 0; times < TIMES_BACK_TO_BACK; times++) work();
let timer: NodeJS.Timeout | undefined;

const input = createInterface({ input: process.stdin });
input.on('line', line => {
  if (line === 'begin') {
    begun = usedUs();
    timer = setInterval(wake, WAKE_EVERY_MS);
    return;
  }
  clearInterval(timer);
  const wakingUs = (usedUs() - begun) / Math.max(1, wakes);
  const start = usedUs();
  for (let times = 0; times < TIMES_BACK_TO_BACK; times++) work();
  const backToBackUs = (usedUs() - start) / TIMES_BACK_TO_BACK;
  process.stdout.write(`${JSON.stringify({ wakingUs, backToBackUs, left })}\n`);
});
input.on('close', () => clearInterval(timer));
