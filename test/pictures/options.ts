import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { projectRoot } from '../host/project.ts';
import { LANGUAGES } from '../l10n/bundles.ts';

/** The themes that pictures are taken in: one of each kind. */
export const THEMES = {
  dark: 'Dark Modern',
  light: 'Light Modern',
  hcDark: 'Default High Contrast',
  hcLight: 'Default High Contrast Light',
} as const;

export type ThemeName = keyof typeof THEMES;

/** What `npm run pictures -- …` was asked for. */
export interface PictureOptions {
  /** The folder that pictures go into. */
  readonly out: string;
  /** Only those of the README, into `media/`. */
  readonly readme: boolean;
  readonly themes: readonly ThemeName[];
  readonly languages: readonly string[];
  /** Only scenes whose names hold one of these; all where there is none. */
  readonly only: readonly string[];
}

const USAGE = `Use: npm run pictures -- [--out FOLDER] [--themes ${Object.keys(THEMES).join()}]
                      [--languages en,${LANGUAGES.join()}] [--only tree,tooltip] [--readme]`;

/** Reads the command line; what is wrong with it is the message of the error. */
export function readPictureOptions(args: readonly string[]): PictureOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      out: { type: 'string', default: join(projectRoot, '.test-output', 'pictures') },
      readme: { type: 'boolean', default: false },
      themes: { type: 'string', default: Object.keys(THEMES).join() },
      languages: { type: 'string', default: 'en,zh-cn' },
      only: { type: 'string', default: '' },
    },
  });
  const themes = values.themes.split(',');
  const isTheme = (name: string): name is ThemeName => Object.hasOwn(THEMES, name);
  if (!themes.every(isTheme)) throw new Error(`There is no such theme among: ${values.themes}.\n${USAGE}`);
  const languages = values.languages.split(',');
  const isLanguage = (name: string) => name === 'en' || LANGUAGES.some(each => each === name);
  if (!languages.every(isLanguage))
    throw new Error(`There is no such language among: ${values.languages}.\n${USAGE}`);
  const { out, readme } = values;
  const only = values.only.split(',').filter(each => each !== '');
  return readme
    ? {
        out: join(projectRoot, 'media', 'readme'),
        readme,
        only,
        themes: ['dark', 'light'],
        languages: ['en'],
      }
    : { out, readme, only, themes, languages };
}
