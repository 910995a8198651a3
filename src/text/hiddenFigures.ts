/** Shown in place of a figure. Always the same, so that it does not tell how large the figure is. */
export const HIDDEN = '•••';

let areHidden = false;

/** Hides the figures in all texts from now on, or shows them again. */
export function setFiguresHidden(hidden: boolean): void {
  areHidden = hidden;
}

/** Whether the figures are hidden in what is shown, as while a screen is shared. */
export function areFiguresHidden(): boolean {
  return areHidden;
}

/** Runs `work`, which makes a file that a person asked for: its figures are never hidden. */
export function withFigures<T>(work: () => T): T {
  const before = areHidden;
  areHidden = false;
  try {
    return work();
  } finally {
    areHidden = before;
  }
}
