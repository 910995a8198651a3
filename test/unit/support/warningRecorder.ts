import type { Clock } from '../../../src/core/ports/clock.ts';
import type { Warning } from '../../../src/core/warnings/warning.ts';
import type { WarningRules } from '../../../src/core/warnings/warningRules.ts';
import { MuteService } from '../../../src/services/warnings/muteService.ts';
import { WarningService } from '../../../src/services/warnings/warningService.ts';
import type { TestWindow } from './testWindow.ts';
import { RULES } from './warnings.ts';

/** Records the warnings that a window shows. */
export class WarningRecorder {
  rules: WarningRules = RULES;
  /** What was shown: each notification with what it listed. */
  readonly shown: (readonly Warning[])[] = [];
  readonly muteService: MuteService;
  readonly #warningService: WarningService;

  constructor({ store, monitor, activity, logLines }: TestWindow, clock: Clock) {
    this.muteService = new MuteService(store, clock);
    this.#warningService = new WarningService({
      store,
      monitor,
      clock,
      activity,
      muteService: this.muteService,
      rules: () => this.rules,
      log: { warn: line => logLines.push(line) },
      show: warnings => this.shown.push(warnings),
    });
  }

  /** What was heard since last asked, as `label kind threshold` in order; a line for each notification. */
  takeNewWarnings(): string[] {
    return this.shown.splice(0).map(warnings => {
      const words = warnings.map(({ key, kind, threshold }) => `${key.label} ${kind} ${threshold}`);
      return words.sort().join(', ');
    });
  }

  close(): void {
    this.#warningService.dispose();
  }
}
