import { Counter, Gauge, Registry } from 'prom-client';
import { families } from './families.ts';
import type { Measured } from './family.ts';
import { redactLabels } from './redactLabels.ts';

/** The media type of what Prometheus scrapes. */
export const EXPOSITION_TYPE = Registry.PROMETHEUS_CONTENT_TYPE;

/** All metrics as Prometheus reads them. */
export function exposition(measured: Measured): Promise<string> {
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
