import type { Stage, StageWindow } from '../host/stage.ts';

/** One thing to take a picture of. */
export interface Scene {
  readonly name: string;
  /** Whether all sample keys are to be there, or none. */
  readonly withKeys: boolean;
  /** Whether it is taken in a window of 1920 px as well. */
  readonly wide?: boolean;
  /** Whether it is taken in a window of 400 px as well. */
  readonly narrow?: boolean;
  /** Whether it is taken in a window that is high enough for all of it as well. */
  readonly tall?: boolean;
  /** Prepares what is to be seen and calls `shot`; `part` names one of several pictures. */
  take(window: StageWindow, stage: Stage, shot: (part?: string) => Promise<void>): Promise<void>;
}
