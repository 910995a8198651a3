import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { type KeyRules, parseKeyRules } from '../core/warnings/warningRules.ts';

/** What the user wants to be warned about for one key, in place of what holds for all. */
export class KeyRulesTable {
  readonly #all: StatementSync;
  readonly #one: StatementSync;
  readonly #put: StatementSync;
  readonly #remove: StatementSync;

  constructor(database: DatabaseSync) {
    this.#all = database.prepare('SELECT key_id, rules FROM key_rules');
    this.#one = database.prepare('SELECT rules FROM key_rules WHERE key_id = ?');
    this.#put = database.prepare(
      `INSERT INTO key_rules (key_id, rules) VALUES (?, ?)
       ON CONFLICT (key_id) DO UPDATE SET rules = excluded.rules`,
    );
    this.#remove = database.prepare('DELETE FROM key_rules WHERE key_id = ?');
  }

  /** By key; unreadable rules are left out. */
  allRules(): Map<string, KeyRules> {
    return new Map(this.#all.all().map(row => [String(row.key_id), parseKeyRules(String(row.rules))]));
  }

  /** Empty where there are none, or none that can be read. */
  rulesOf(keyId: string): KeyRules {
    const row = this.#one.get(keyId);
    return row ? parseKeyRules(String(row.rules)) : {};
  }

  saveRules(keyId: string, rules: KeyRules): void {
    this.#put.run(keyId, JSON.stringify(rules));
  }

  removeRules(keyId: string): void {
    this.#remove.run(keyId);
  }
}
