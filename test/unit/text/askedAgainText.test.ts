import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { askedAgainText } from '../../../src/text/askedAgainText.ts';

describe('that gateways are asked again later', () => {
  const text = (...hosts: readonly string[]) =>
    askedAgainText(
      hosts.map(host => `https://${host}`),
      '12:20 PM',
    );

  it('is said of a single one by its host', () =>
    assert.equal(
      text('gw.example:8443'),
      'To leave calls for your own login, gw.example:8443 is asked again at 12:20 PM. Asking now uses up calls it allows your address.',
    ));

  it('is said of several by their hosts, with the time of the first', () =>
    assert.equal(
      text('a.example', 'b.example', 'c.example'),
      'To leave calls for your own login, a.example, b.example, c.example are asked again from 12:20 PM on. Asking now uses up calls they allow your address.',
    ));

  it('counts those beyond three', () =>
    assert.match(
      text('a.example', 'b.example', 'c.example', 'd.example', 'e.example'),
      /login, a\.example, b\.example, c\.example and 2 more are asked/,
    ));
});
