import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'mocha';
import { unexpectedText } from '../../../src/cli/unexpectedText.ts';

describe('what the command line says of an error that it does not expect', () => {
  const thrownBy = (task: () => unknown) => {
    try {
      task();
    } catch (error) {
      return unexpectedText(error);
    }
    return assert.fail();
  };
  const withCode = (code: string, members = {}) =>
    unexpectedText(Object.assign(new Error('its message'), { code, ...members }));

  it('names what the system says, which is no mistake of the program', () => {
    assert.equal(withCode('ENOSPC'), 'It could not be done: the disk is full.');
    assert.equal(withCode('EIO'), 'It could not be done: it does not answer as it should.');
    assert.equal(withCode('ENOENT'), 'It could not be done: it is not there.');
    assert.equal(withCode('EXDEV'), 'It could not be done: the system says EXDEV.');
    assert.equal(
      withCode('ENOENT', { syscall: 'uv_cwd' }),
      'The folder that it was started in is gone: start it in another.',
    );
  });

  it('says that its files are gone only where a part of it cannot be loaded', async () => {
    const load = (name: string) => import(name);
    const error: unknown = await load('./noSuchPart.js').catch((thrown: unknown) => thrown);
    assert.match(unexpectedText(error), /^Files of key-quota are gone: /);
  });

  it('keeps the message of what is neither, whatever code Node gives it', () => {
    const database = new DatabaseSync(':memory:');
    assert.equal(
      thrownBy(() => database.exec('SELECT * FROM gone')),
      'This is a mistake of key-quota’s own: no such table: gone. Please report it with what you called.',
    );
    database.close();
    const aborted = new DOMException('too late', 'AbortError');
    assert.match(unexpectedText(aborted), /own: too late\. Please/);
  });
});
