import type { Event } from 'vscode';
import type { KeyState } from '../core/quota/keyState.ts';

/** What other extensions get from `activate()`. See docs/agents-and-extensions.md. */
export interface KeyQuotaApi {
  readonly version: 1;
  /** All keys as they are known now; empty until the store is open. */
  readonly snapshot: () => readonly KeyState[];
  readonly onDidChange: Event<readonly KeyState[]>;
}
