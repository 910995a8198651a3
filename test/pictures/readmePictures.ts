import type { ThemeName } from './options.ts';

/** The pictures of the README, in `media/readme/`: two in a dark theme, two in a light one. */
export const README_PICTURES: readonly {
  readonly scene: string;
  readonly theme: ThemeName;
  readonly file: string;
}[] = [
  { scene: 'tooltip', theme: 'dark', file: 'status-bar-dark' },
  { scene: 'usage', theme: 'light', file: 'usage-light' },
  { scene: 'addKey', theme: 'dark', file: 'add-key-dark' },
  { scene: 'hover', theme: 'light', file: 'key-light' },
];
