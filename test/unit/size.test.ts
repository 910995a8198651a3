import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import { type CodeSize, codeSize } from '../bench/codeSize.ts';

/** With what a store does about a damaged, locked or read-only file: it has to be there when the first row is read. */
const BOUND = 120_000;

describe('the code that is loaded at activation', () => {
  let size: CodeSize;
  before(async () => {
    size = await codeSize();
  });

  it(`is smaller than ${BOUND / 1000} KB when minified`, () => {
    const { atActivation, sources } = size;
    const largest = sources.slice(0, 30).map(([file, bytes]) => `${String(bytes).padStart(6)} ${file}`);
    assert.ok(atActivation < BOUND, `${atActivation} bytes, the largest parts:\n${largest.join('\n')}`);
  });

  it('has nothing in it that only asks a gateway, or that only a call needs', () => {
    const lazy =
      /node_modules\/(?!@vscode\/l10n\/)|\/(endpoints|mainCalls|mainParts|monitor|limiterHolds|redactor|tooltip)\.ts$|http\/(transport|boundClient|proxy)|commands\/(?!commandIds)|panels\/(?!panelRevival|panelNames)/;
    assert.deepEqual(
      size.sources.map(([file]) => file).filter(file => lazy.test(file)),
      [],
    );
  });
}).timeout(30_000);
