import { canUnpackPackages } from '../../host/apt.ts';
import { until } from '../../host/until.ts';
import { TeamStage } from '../../team/stage.ts';
import type { Figure } from '../measure.ts';

const KEY = 'ok';
/** How often the stage's server asks, and how long everything behind it may take: scrape, rule, route, message. */
const INTERVAL_S = 60;
const BEHIND_IT_S = 15;
const PATIENCE_MS = 180_000;

/** From a key that becomes low at its gateway to the alert at a webhook, by Debian's Prometheus and Alertmanager; nothing where there is no `apt-get`. */
export async function lowKeyAlert(): Promise<readonly Figure[]> {
  if (!(await canUnpackPackages())) return [];
  const stage = await TeamStage.create();
  try {
    await stage.serve([KEY], { pollMinutes: INTERVAL_S / 60 });
    await stage.startEngines();
    const isKnown = async () => {
      const { data } = await stage.query(`key_quota_remaining_ratio{key_name="${KEY}"} > 0.2`);
      return data.result[0];
    };
    // It does not listen at once.
    await until('Prometheus had the figure', PATIENCE_MS, () => isKnown().catch(() => undefined));
    const start = performance.now();
    stage.gateway.key(KEY).used += 0.97 * stage.gateway.key(KEY).remain;
    stage.gateway.key(KEY).remain *= 0.03;
    await until('the webhook was told', PATIENCE_MS, () =>
      stage.alerts.some(
        ({ labels, status }) =>
          status === 'firing' && labels.alertname === 'KeyQuotaLow' && labels.key_name === KEY,
      ),
    );
    const seconds = (performance.now() - start) / 1000;
    return [
      {
        what: `low key at the gateway to the alert’s webhook, of a server that asks every ${INTERVAL_S} s`,
        ...{ value: seconds, bound: INTERVAL_S + BEHIND_IT_S, unit: 's' },
      },
    ];
  } finally {
    await stage.close();
  }
}
