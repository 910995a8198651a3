import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { manifestText } from '../manifest/manifest.ts';
import { type SettingGroups, settingProperties } from '../manifest/settingProperties.ts';

const text = readFileSync('package.json', 'utf8');

interface Contributes {
  readonly commands: object[];
  readonly menus: Readonly<Record<string, { when: string }[]>>;
  readonly configuration: SettingGroups<{ default: unknown; maximum: number; enum: string[] }>;
  readonly languageModelTools: {
    readonly inputSchema: { readonly properties: Readonly<Record<string, { enum?: string[] }>> };
  }[];
}

/** What somebody might change in package.json by hand, or forget to change there. */
const CHANGES: Readonly<Record<string, (contributes: Contributes) => unknown>> = {
  'a command that is missing': ({ commands }) => commands.pop(),
  'a command too many': ({ commands }) => commands.push({ command: 'keyQuota.x', title: '%command.x%' }),
  'a condition of a menu': ({ menus }) => Object.assign(menus['view/title']?.[0] ?? {}, { when: 'true' }),
  'a place in the palette': ({ menus }) => menus.commandPalette?.pop(),
  'the default of a setting': ({ configuration }) =>
    Object.assign(settingProperties(configuration)['keyQuota.pollMinutes'] ?? {}, { default: 6 }),
  'the bound of a setting': ({ configuration }) =>
    Object.assign(settingProperties(configuration)['keyQuota.timeoutSeconds'] ?? {}, { maximum: 121 }),
  'the choices of a setting': ({ configuration }) =>
    settingProperties(configuration)['keyQuota.statusBar.style']?.enum.pop(),
  'the kinds of warnings': ({ configuration }) =>
    Reflect.deleteProperty(
      settingProperties(configuration)['keyQuota.warnings.kinds']?.default as object,
      'refill',
    ),
  'the ranges that an agent may name': ({ languageModelTools }) =>
    languageModelTools[1]?.inputSchema.properties.range?.enum?.pop(),
};

describe('package.json', () => {
  it('says of commands, menus, settings and tools what the code says', () =>
    assert.equal(text, manifestText(text), 'Run: npm run manifest'));

  for (const [what, change] of Object.entries(CHANGES)) {
    it(`is put right where ${what} differs`, () => {
      const manifest = JSON.parse(text) as { readonly contributes: Contributes };
      change(manifest.contributes);
      const changed = `${JSON.stringify(manifest, null, 2)}\n`;
      assert.notEqual(changed, text);
      assert.equal(manifestText(changed), text);
    });
  }
});
