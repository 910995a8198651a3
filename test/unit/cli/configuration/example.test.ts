import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import * as v from 'valibot';
import { configurationSchema } from '../../../../src/cli/configuration/schema.ts';

describe('configurations that are delivered', () => {
  it('of the example have no member that there is none of', () => {
    const { success, issues } = v.safeParse(
      configurationSchema,
      JSON.parse(readFileSync('deploy/key-quota.example.json', 'utf8')),
    );
    assert.deepEqual([success, issues], [true, undefined]);
  });

  it('of the manual neither', () => {
    const [, text = ''] = /```json\n([\s\S]*?)```/.exec(readFileSync('docs/team.md', 'utf8')) ?? [];
    const { success, issues } = v.safeParse(configurationSchema, JSON.parse(text));
    assert.deepEqual([success, issues], [true, undefined]);
  });

  it('of Kubernetes neither', () => {
    const [, text = ''] =
      /key-quota\.json: \|\n((?: {4}.*\n)+)/.exec(readFileSync('deploy/kubernetes.yaml', 'utf8')) ?? [];
    const { success, issues } = v.safeParse(configurationSchema, JSON.parse(text));
    assert.deepEqual([success, issues], [true, undefined]);
  });
});
