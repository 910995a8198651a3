import { readdirSync, readFileSync } from 'node:fs';
import { canary, type Search } from './search.ts';

/** By which the processes of this run hand over what they searched. Its name is that of the mark. */
const OWN_VARIABLE = 'KEY_QUOTA_CANARY=';

/** What other programs see of a running process and of all that it has started: command lines and environments. Linux alone. */
export function searchProcess(name: string, pid: number, search: Search = canary): void {
  for (const file of ['cmdline', 'environ'])
    search.text(
      `the ${file} of ${name} (${pid})`,
      readFileSync(`/proc/${pid}/${file}`, 'latin1').replaceAll(OWN_VARIABLE, ''),
    );
  for (const task of readdirSync(`/proc/${pid}/task`)) {
    const children = readFileSync(`/proc/${pid}/task/${task}/children`, 'latin1').trim();
    for (const child of children === '' ? [] : children.split(' '))
      searchProcess(name, Number(child), search);
  }
}
