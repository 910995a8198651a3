import type { DatabaseSync } from 'node:sqlite';
import type { StoreTrouble } from '../../src/core/ports/storeTrouble.ts';
import type { Send } from '../../src/http/send.ts';
import { Housekeeping } from '../../src/services/housekeeping.ts';
import type { OpenDatabase } from '../../src/store/database.ts';
import { openDatabase } from '../../src/store/openDatabase.ts';
import type { MemorySecrets } from '../unit/support/memorySecrets.ts';
import { TestWindow } from '../unit/support/testWindow.ts';
import { WarningRecorder } from '../unit/support/warningRecorder.ts';
import type { FastClock } from './fastClock.ts';

export interface SoakWindowOptions {
  readonly clock: FastClock;
  readonly folder: string;
  readonly storage: MemorySecrets;
  readonly chance: () => number;
  readonly send?: Send;
}

/** As the settings are delivered. A claim is counted by it in simulated time, a request in real time. */
const TIMEOUT_MS = 15_000;

/** A window with all that runs by itself in one: checks, warnings, housekeeping. */
export class SoakWindow {
  readonly testWindow: TestWindow;
  /** What was said of the store, in order. */
  readonly troubles: StoreTrouble[] = [];
  readonly listener: WarningRecorder;
  readonly #housekeeping: Housekeeping;
  #isMade = false;
  #disk: DatabaseSync | undefined;

  constructor({ clock, ...shared }: SoakWindowOptions) {
    this.testWindow = new TestWindow({
      ...shared,
      clock,
      speed: clock.time.speed,
      focused: false,
      settings: { timeoutMs: TIMEOUT_MS },
      openDatabase: this.#open,
      onTrouble: trouble => this.#tell(trouble),
    });
    this.#isMade = true;
    const { store, logLines: lines } = this.testWindow;
    this.listener = new WarningRecorder(this.testWindow, clock);
    this.#housekeeping = new Housekeeping({
      store,
      clock,
      settings: () => this.testWindow.settings,
      log: { warn: line => lines.push(line) },
    });
  }

  /**
   * Lets the database grow no further, as a full disk does, and makes every call that is booked need room. SQLite
   * itself says then that there is none, to this window alone.
   */
  fillDisk(): void {
    if (!this.#disk?.isOpen) throw new Error('There is no disk.');
    this.#disk.exec(`
      CREATE TABLE IF NOT EXISTS ballast (bytes BLOB);
      CREATE TEMP TRIGGER takes_room AFTER INSERT ON main.requests
      BEGIN INSERT INTO ballast VALUES (zeroblob(1000000)); END`);
    const pages = this.#disk.prepare('PRAGMA page_count').get()?.page_count;
    this.#disk.exec(`PRAGMA max_page_count = ${Number(pages)}`);
  }

  async close(): Promise<void> {
    this.listener.close();
    this.#housekeeping.dispose();
    await this.testWindow.close();
  }

  readonly #open: OpenDatabase = (folder, now) => {
    const opened = openDatabase(folder, now);
    this.#disk = opened.database;
    return opened;
  };

  /** Does what the extension does. */
  #tell(trouble: StoreTrouble): void {
    this.troubles.push(trouble);
    // While the window is being made there is nothing yet to be rebuilt.
    if (!this.#isMade) return;
    this.testWindow.orphanedSecretService
      .restoreRecords()
      .catch((error: unknown) => this.testWindow.logLines.push(String(error)));
  }
}
