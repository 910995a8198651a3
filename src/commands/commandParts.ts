import type { Log } from '../host/log.ts';
import type { Clock } from '../monitor/clock.ts';
import type { KeyBook } from '../monitor/keyBook.ts';
import type { Monitor } from '../monitor/monitor.ts';
import type { Questions } from '../monitor/questions.ts';
import type { Store } from '../store/store.ts';

/** What commands work with. */
export interface CommandParts {
  readonly monitor: Monitor;
  readonly book: KeyBook;
  readonly questions: Questions;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
}

/** A command's work. What it returns is JSON, for keybindings, tasks and other extensions. */
export type CommandHandler = (parts: CommandParts, argument: unknown) => Promise<unknown> | unknown;
