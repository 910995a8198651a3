import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'mocha';
import type { Ability } from '../../../src/gateways/credentialSpec.ts';
import type { Gateway } from '../../../src/gateways/gateway.ts';
import { gateways } from '../../../src/gateways/registry.ts';
import { gatewayTargets, type QuestionName } from '../../fuzz/gatewayParsers.ts';

const QUESTIONS: Readonly<Record<Ability, QuestionName>> = {
  quota: 'read',
  account: 'read',
  keyList: 'read',
  accountKey: 'readAccountKey',
  rangeByKey: 'readUsage',
  rangeByAccount: 'readUsage',
  logs: 'readLogs',
  plans: 'readPlans',
  verify: 'verification',
  chat: 'completion',
  testCall: 'testCall',
};

/** Questions that are put without a key. */
const KEYLESS: ReadonlySet<QuestionName> = new Set(['readPlans', 'readSite']);

function questionsOf({ kind, credentials, readSite }: Gateway): string[] {
  const asked = credentials.flatMap(({ type, abilities }) =>
    abilities.map(ability => {
      const question = QUESTIONS[ability];
      return [kind, KEYLESS.has(question) ? '' : type, question].join(' ');
    }),
  );
  return readSite ? [...asked, `${kind}  readSite`] : asked;
}

describe('targets of made-up cases', () => {
  it('put every question to every kind of gateway with every credential that can ask it', () => {
    const put = new Set(
      gatewayTargets.map(({ kind, credential, question }) =>
        [kind, KEYLESS.has(question) ? '' : credential, question].join(' '),
      ),
    );
    assert.deepEqual(
      gateways.flatMap(questionsOf).filter(question => !put.has(question)),
      [],
    );
  });

  /** Files that take nothing from outside and make no text, or hand on to what stands here. */
  const OTHERS = [
    // Send and receive; what comes is read by the files beside them, and their own tests use real sockets.
    'src/http/boundClient.ts',
    'src/http/certificateFile.ts',
    'src/http/customRoute.ts',
    'src/http/network.ts',
    'src/http/plainHttp.ts',
    'src/http/send.ts',
    'src/http/transport.ts',
    'src/http/transports.ts',
    'src/http/undiciGuard.ts',
    'src/http/gunzip.ts',
    'src/http/trustedRoots.ts',
    'src/http/proxyErrors.ts',
    // Give out what the targets make.
    'src/text/languageMessage.ts',
    'src/services/tools/getQuota.ts',
    'src/services/tools/queryUsage.ts',
    'src/services/tools/toolInputs.ts',
    'src/services/tools/toolNames.ts',
    'src/vscode/tools/toolEntries.ts',
    'src/vscode/views/viewIds.ts',
    'src/gateways/abilityFilter.ts',
    // Offers addresses that are ours.
    'src/gateways/offeredAddresses.ts',
    // Takes nothing that a gateway says.
    'src/gateways/webPageOf.ts',
    // Tells the code of an error of the disk.
    'src/text/notSaved.ts',
    // Names the hosts of addresses that are parsed already.
    'src/text/askedAgainText.ts',
    // Asks the system for its zone; its tests set one.
    'src/text/zoneName.ts',
    'src/vscode/notifications/startNotifications.ts',
    'src/vscode/notifications/notifications.ts',
    'src/vscode/notifications/showStoreTrouble.ts',
    // Draw, or say what there is to begin with.
    'src/webview/chart/bars.ts',
    'src/webview/chart/contrast.ts',
    'src/webview/chart/slotLook.ts',
    'src/webview/page.ts',
    'src/text/rowsText.ts',
    'src/webview/logs/logsProgressText.ts',
    'src/webview/usage/otherSources.ts',
    // Keeps what the extension sent; the figures are worked out by files that targets reach.
    'src/webview/usage/usagePageData.ts',
    'src/webview/usage/sectionChart.ts',
    'src/webview/usage/sectionTable.ts',
  ];

  /** What hands over to VS Code or draws in a browser: the tests there look at it. */
  const SHELL =
    /from '(?:vscode|uplot|lit(?:\/[^']*)?|\.\/make\.ts|@vscode-elements[^']*)'|\bdocument\.|\bHTML\w*Element\b/;

  it('reach every file that reads or renders', () => {
    const reached = filesFrom('test/fuzz/targets.ts');
    const missing = globSync('src/{gateways,http,text,vscode/views,vscode/tools,webview}/**/*.ts')
      .map(file => file.replaceAll('\\', '/'))
      .filter(file => !file.endsWith('.d.ts') && !reached.has(file) && !OTHERS.includes(file))
      .filter(file => isCode(file) && !SHELL.test(readFileSync(file, 'utf8')));
    assert.deepEqual(missing, []);
  });
});

/** Whether a file has more than types in it. */
function isCode(file: string): boolean {
  return /^(?:export )?(?:async )?(?:function|const|class|let)\b/m.test(readFileSync(file, 'utf8'));
}

/** A file and all that it imports, at once or later. */
function filesFrom(file: string, found = new Set<string>()): ReadonlySet<string> {
  found.add(file);
  const code = readFileSync(file, 'utf8').replaceAll(/import type [^;]*;/g, '');
  for (const [, to = ''] of code.matchAll(/(?:from |import\()'(\.[^']+)'/g)) {
    const target = join(dirname(file), to).replaceAll('\\', '/');
    if (!found.has(target)) filesFrom(target, found);
  }
  return found;
}
