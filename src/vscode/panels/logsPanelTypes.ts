import type { Uri } from 'vscode';
import type { KeyToChoose } from '../../core/panels/usageMessages.ts';
import type { LogFilter, LogPage } from '../../core/usage/logRow.ts';

/** Whose log a panel shows. */
export interface LogKey {
  readonly id: string;
  readonly label: string;
}

/** The names of an account's keys, and whether these are all of them. */
export interface LogKeyNames {
  readonly names: readonly string[];
  readonly isWhole: boolean;
}

/** What the logs panel depends on. */
export interface LogsPanelParts {
  readonly extensionUri: Uri;
  /** The key with this id; undefined when it is gone. */
  findKey(keyId: string): LogKey | undefined;
  /** All keys whose log can be shown. */
  logKeys(): readonly KeyToChoose[];
  keyNames(keyId: string): LogKeyNames;
  /** One page of the key's log. Throws a sentence. */
  fetchPage(keyId: string, filter: LogFilter, signal: AbortSignal): Promise<LogPage>;
  /** Asks where to save the file, and writes it. */
  saveCsv(fileName: string, text: string): Promise<void>;
  now(): number;
}
