import { redactor } from '../../../redaction/redactor.ts';
import type { Sample } from './family.ts';

/** What labels were redacted to: the same few thousand texts stand in every scrape. */
const known = new Map<string, string>();
/** More texts than all keys have; beyond it labels have changed, and what is kept of the old ones is of no use. */
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
