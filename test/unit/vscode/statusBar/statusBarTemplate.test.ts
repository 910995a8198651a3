import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { fitLabel } from '../../../../src/vscode/statusBar/statusBarFit.ts';
import {
  fillTemplate,
  hasField,
  type TemplateField,
  unknownFields,
} from '../../../../src/vscode/statusBar/statusBarTemplate.ts';

const KNOWN: Partial<Record<TemplateField, string>> = {
  name: 'Team',
  left: '$15.00',
  bar: '■■□□',
  status: '{name}',
};
const fill = (template: string) => fillTemplate(template, field => KNOWN[field]);

describe('a template of the status bar', () => {
  it('is filled with what is known, once', () => {
    assert.equal(fill('{name} {left} {bar}'), 'Team $15.00 ■■□□');
    assert.equal(fill('{name}{name}'), 'TeamTeam');
    assert.equal(fill('\n{name}\r\n\t{left}\n'), 'Team $15.00', 'on one line');
    assert.equal(fill('{status}'), '{name}', 'what a field says is no template');
  });

  it('leaves out a part of which nothing is known, with its dot', () => {
    assert.equal(fill('{name} {left} · {today}'), 'Team $15.00');
    assert.equal(fill('{today} · {name} · {time} · {left}'), 'Team · $15.00');
    assert.equal(fill('{name} {today} {left}'), 'Team $15.00');
    assert.equal(fill('spent {today} · {name}'), 'Team');
    assert.equal(fill('{today}'), '');
  });

  it('keeps what is no field as it is written', () => {
    assert.equal(fill('API: {name} {Name} {secret} $(bug) {}'), 'API: Team {Name} {secret} $(bug) {}');
    assert.equal(fill('key · {left}'), 'key · $15.00');
  });

  it('is asked for what looks like a field and is none', () => {
    assert.deepEqual(unknownFields('{name} {Name} {left}{secret} (x)'), ['{Name}', '{secret}']);
    assert.deepEqual(unknownFields('{name}: {left} · {today}'), []);
  });

  it('is asked for its fields', () => {
    assert.deepEqual(
      [hasField('{name} {status}', 'status'), hasField('{name} status', 'status')],
      [true, false],
    );
  });

  it('shortens the label alone where it is too long', () => {
    const text = (label: string) => `${label}: $15.00`;
    assert.equal(fitLabel('The team’s evaluation', text, 0), 'The team’s evaluation: $15.00');
    assert.equal(fitLabel('The team’s evaluation', text, 18), 'The team…: $15.00');
    assert.equal(fitLabel('The team’s evaluation', text, 5), 'The…: $15.00');
  });
});
