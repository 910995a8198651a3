import type { Clock } from '../../../src/core/ports/clock.ts';
import type { Warning } from '../../../src/core/warnings/warning.ts';
import type { WarningRules } from '../../../src/core/warnings/warningRules.ts';
import { MuteService } from '../../../src/services/warnings/muteService.ts';
import { WarningService } from '../../../src/services/warnings/warningService.ts';
import { RULES } from './warnings.ts';
import type { World } from './world.ts';

/** Somebody at a window, who remembers what it said. */
export class Listener {
  rules: WarningRules = RULES;
  /** What was shown: each notification with what it listed. */
  readonly shown: (readonly Warning[])[] = [];
  readonly silencing: MuteService;
  readonly #alerting: WarningService;

  constructor({ store, monitor, activity, lines }: World, clock: Clock) {
    this.silencing = new MuteService(store, clock);
    this.#alerting = new WarningService({
      store,
      monitor,
      clock,
      activity,
      muteService: this.silencing,
      rules: () => this.rules,
      log: { warn: line => lines.push(line) },
      show: warnings => this.shown.push(warnings),
    });
  }

  /** What was heard since last asked, as `label kind threshold` in order; a line for each notification. */
  heard(): string[] {
    return this.shown.splice(0).map(warnings => {
      const words = warnings.map(({ key, kind, threshold }) => `${key.label} ${kind} ${threshold}`);
      return words.sort().join(', ');
    });
  }

  close(): void {
    this.#alerting.dispose();
  }
}
