import { SECOND_MS } from '../time.ts';

/**
 * Windows without focus wait for the focused one, which learns of a change within some seconds. A longer
 * delay would make keys late.
 */
export const UNFOCUSED_DELAY_MS = 5 * SECOND_MS;

/** Whether this window has the focus. */
export interface WindowActivity {
  readonly focused: boolean;
  /** Whether somebody used it just now; absent where the editor does not say. */
  readonly active?: boolean;
  onDidFocus(listener: () => void): { dispose(): unknown };
}
