import { pathToFileURL } from 'node:url';

/** What a window shows and loads. Paths are absolute paths of this machine. */
export interface WindowContent {
  /** The folder to open. */
  folder: string;
  // The rest takes effect only on a server with the test driver; others ignore it silently.
  /** Folders of extensions to load from source, as if for debugging. */
  extensions?: readonly string[];
  /** A module with a `run` function; the window runs it instead of waiting for a user. */
  tests?: string;
  /** Added to the environment of this window's extension host alone. */
  env?: Readonly<Record<string, string>>;
}

/** The address of a window. It works in any browser: all that the window needs to know is in it. */
export function windowAddress(origin: string, content: WindowContent): string {
  const { host } = new URL(origin);
  const remote = (path: string) => `vscode-remote://${host}${pathToFileURL(path).pathname}`;
  const payload: [string, string][] = [];
  for (const extension of content.extensions ?? []) {
    payload.push(['extensionDevelopmentPath', remote(extension)]);
  }
  if (content.tests) {
    payload.push(['extensionTestsPath', remote(content.tests)]);
  }
  if (content.env) {
    payload.push(['extensionEnvironment', JSON.stringify(content.env)]);
  }
  const address = new URL(origin);
  address.searchParams.set('folder', decodeURIComponent(pathToFileURL(content.folder).pathname));
  if (payload.length > 0) {
    address.searchParams.set('payload', JSON.stringify(payload));
  }
  return address.href;
}
