import { readdirSync, readFileSync } from 'node:fs';
import { canary, type Search } from './search.ts';
import { unlessGone } from './unlessGone.ts';

/** By which the processes of this run hand over what they searched. Its name is that of the mark. */
const OWN_VARIABLE = 'KEY_QUOTA_CANARY=';

/**
 * What other programs see of a running process and of all that it has started: command lines and environments. What has
 * ended meanwhile shows nothing any more. Linux alone.
 */
export function searchProcess(name: string, pid: number, search: Search = canary): void {
  for (const file of ['cmdline', 'environ'])
    search.text(`the ${file} of ${name} (${pid})`, textOf(`${pid}/${file}`).replaceAll(OWN_VARIABLE, ''));
  for (const task of unlessGone(() => readdirSync(`/proc/${pid}/task`)) ?? []) {
    const children = textOf(`${pid}/task/${task}/children`).trim();
    for (const child of children === '' ? [] : children.split(' '))
      searchProcess(name, Number(child), search);
  }
}

function textOf(file: string): string {
  return unlessGone(() => readFileSync(`/proc/${file}`, 'latin1')) ?? '';
}
