import { redactor } from '../../../redaction/redactor.ts';
import type { Sample } from './family.ts';

/** Redacted labels by their originals: every scrape has the same few thousand texts. */
const known = new Map<string, string>();
/** More texts than all keys have. Beyond this the cache is cleared, since it holds labels that have changed. */
const MOST = 50_000;

/** A sample without secrets in its labels. Names were checked before they got here; this is the last look. */
export function redactLabels({ labels, value }: Sample): Sample {
  return {
    value,
    labels: Object.fromEntries(Object.entries(labels).map(([name, text]) => [name, redactOnce(text)])),
  };
}

function redactOnce(text: string): string {
  const before = known.get(text);
  if (before !== undefined) return before;
  if (known.size >= MOST) known.clear();
  const clean = redactor.redact(text);
  known.set(text, clean);
  return clean;
}
