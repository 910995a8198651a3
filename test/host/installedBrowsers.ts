import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Where browsers that can show the workbench install themselves. Stable Chrome and Edge first, as
 * Playwright's channels of the same names would find them; then Chromium.
 */
function candidates(): string[] {
  switch (process.platform) {
    case 'darwin':
      return [
        '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
        '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
        '/Applications/Chromium.app/Contents/MacOS/Chromium',
      ];
    case 'win32':
      return windowsFolders().flatMap(folder => [
        join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
        join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
        join(folder, 'Chromium', 'Application', 'chrome.exe'),
      ]);
    default:
      return [
        '/opt/google/chrome/chrome',
        '/usr/bin/google-chrome-stable',
        '/usr/bin/google-chrome',
        '/opt/microsoft/msedge/msedge',
        '/usr/bin/microsoft-edge-stable',
        '/usr/bin/microsoft-edge',
        '/usr/bin/chromium',
        '/usr/bin/chromium-browser',
      ];
  }
}

function windowsFolders(): string[] {
  const { PROGRAMFILES, LOCALAPPDATA } = process.env;
  return [PROGRAMFILES, process.env['PROGRAMFILES(X86)'], LOCALAPPDATA].filter(
    folder => folder !== undefined,
  );
}

/** The executable of a browser that is installed on this machine, if there is one. */
export async function installedBrowser(): Promise<string | undefined> {
  for (const path of candidates()) {
    if (await isExecutable(path)) {
      return path;
    }
  }
  return undefined;
}

/** Whether this file can be run by this user. */
export async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
