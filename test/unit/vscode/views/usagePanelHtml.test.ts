import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { panelHtml } from '../../../../src/vscode/panels/panelHtml.ts';

const PAGE = {
  page: 'usage',
  title: 'Usage',
  language: 'en',
  cspSource: 'https://*.vscode-cdn.net',
  nonce: 'abc+/=',
  script: 'https://file/panel.js',
  style: 'https://file/panel.css',
  filesGoneText: 'Reload <the> window.',
} as const;

/** The directives of the page's policy. */
function policyOf(html: string): ReadonlyMap<string, string> {
  const content = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
  return new Map(
    content.split('; ').map(directive => {
      const [name = '', ...sources] = directive.split(' ');
      return [name, sources.join(' ')];
    }),
  );
}

describe('the HTML of a panel', () => {
  const html = panelHtml(PAGE);

  it('lets nothing in but its own script, by nonce, and its own style', () => {
    const policy = policyOf(html);
    assert.equal(policy.get('default-src'), `'none'`);
    assert.equal(policy.get('script-src'), `'nonce-abc+/='`);
    assert.equal(policy.get('style-src'), PAGE.cspSource);
    assert.equal(policy.get('img-src'), PAGE.cspSource);
    assert.equal(policy.get('font-src'), PAGE.cspSource);
    assert.equal(policy.get('base-uri'), `'none'`);
    assert.equal(policy.get('form-action'), `'none'`);
    assert.equal(policy.get('require-trusted-types-for'), `'script'`);
    assert.doesNotMatch(html, /unsafe/);
    assert.equal(policy.has('connect-src'), false, 'falls back to nothing');
  });

  it('has the policy before anything that it rules', () => {
    assert.ok(html.indexOf('Content-Security-Policy') < html.indexOf('<link'));
    assert.ok(html.indexOf('Content-Security-Policy') < html.indexOf('<script'));
  });

  it('has one script, and no style or handler in it', () => {
    assert.equal(html.match(/<script/g)?.length, 1);
    assert.match(html, /<script nonce="abc\+\/=" src="https:\/\/file\/panel\.js"><\/script>/);
    assert.doesNotMatch(html, /\son\w+=|style=/);
  });

  it('says that its files are gone in words that need none of them', () => {
    assert.match(html, /<p class="gone" role="alert">Reload &lt;the&gt; window\.<\/p>/);
  });

  it('escapes whatever it is given', () => {
    const hostile = panelHtml({ ...PAGE, title: `"><script>alert(1)</script>`, language: `en" onload="x` });
    assert.equal(hostile.match(/<script/g)?.length, 1);
    assert.match(hostile, /&lt;script&gt;/);
    assert.match(hostile, /lang="en&quot; onload=&quot;x"/);
  });
});
