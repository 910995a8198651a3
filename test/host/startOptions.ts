import { parseArgs } from 'node:util';

/** What `npm start -- …` was asked for. */
export interface StartOptions {
  /** Save a picture here and leave, instead of staying open. */
  screenshot: string | undefined;
  /** Have the tooltip of the status bar item in the picture. */
  hover: boolean;
  theme: string;
  size: { width: number; height: number };
  /** Pixels of the picture per pixel of the page. */
  scale: number;
}

const USAGE = `Use: npm start -- [--screenshot <file.png>] [--hover] [--theme "Default Light Modern"]
                   [--size 1280x800] [--scale 2]`;

/** Reads the command line; what is wrong with it is the message of the error. */
export function readStartOptions(args: readonly string[]): StartOptions {
  const values = parse(args);
  const size = /^(\d+)x(\d+)$/.exec(values.size);
  if (!size) {
    throw new Error(`--size is a width and a height such as 1280x800, not "${values.size}".\n${USAGE}`);
  }
  const scale = Number(values.scale);
  if (!(scale > 0 && scale <= 4)) {
    throw new Error(`--scale is a number up to 4, not "${values.scale}".\n${USAGE}`);
  }
  return {
    screenshot: values.screenshot,
    hover: values.hover,
    theme: values.theme,
    size: { width: Number(size[1]), height: Number(size[2]) },
    scale,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        screenshot: { type: 'string' },
        hover: { type: 'boolean', default: false },
        theme: { type: 'string', default: 'Default Dark Modern' },
        size: { type: 'string', default: '1280x800' },
        scale: { type: 'string', default: '1' },
      },
    }).values;
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`, { cause: error });
  }
}
