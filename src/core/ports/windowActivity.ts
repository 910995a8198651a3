import { SECOND_MS } from '../time.ts';

/**
 * Windows without focus let the focused one go first, which hears of a change within some seconds. Not longer, or no
 * key would be asked in time.
 */
export const UNFOCUSED_DELAY_MS = 5 * SECOND_MS;

/** Whether a person is at this window. */
export interface WindowActivity {
  readonly focused: boolean;
  onDidFocus(listener: () => void): { dispose(): unknown };
}
