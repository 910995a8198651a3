import { Counter, Gauge, Registry } from 'prom-client';
import type { Family, Measured } from './family.ts';
import { redactLabels } from './redactLabels.ts';

/** Families that have samples, as Prometheus reads them. */
export function writeFamilies(families: readonly Family[], measured: Measured): Promise<string> {
  const registry = new Registry();
  for (const { name, type, help, labelNames, samples } of families) {
    const found = samples(measured).map(redactLabels);
    if (found.length === 0) continue;
    const options = { name, help, labelNames, registers: [registry] };
    if (type === 'counter') {
      const counter = new Counter(options);
      for (const { labels, value } of found) counter.inc(labels, value);
    } else {
      const gauge = new Gauge(options);
      for (const { labels, value } of found) gauge.set(labels, value);
    }
  }
  return registry.metrics();
}
