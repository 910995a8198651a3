import type { Log } from '../../core/ports/log.ts';
import { isPaused } from '../../core/quota/failure.ts';
import type { Monitor } from '../../services/polling/monitor.ts';

/**
 * Logs once for each configured key that it is no longer asked: another server with the same data folder was started
 * without the key, and treats it as removed.
 *
 * @param configured the ids of the records of configured keys.
 */
export function tellOfPaused(
  monitor: Pick<Monitor, 'onDidChange'>,
  configured: { has(id: string): boolean },
  log: Pick<Log, 'warn'>,
): { dispose(): unknown } {
  const told = new Set<string>();
  return monitor.onDidChange(snapshot => {
    for (const key of snapshot) {
      if (!isPaused(key)) told.delete(key.id);
      else if (configured.has(key.id) && !told.has(key.id)) {
        told.add(key.id);
        log.warn(
          `“${key.label}” is not asked any more: another server has the same data folder, and not this key. Give each a folder of its own, or both the same keys, and start this one again.`,
        );
      }
    }
  });
}
