import type { ScenarioTable } from './scenario.ts';

/** Keys with display names that are hard to show. */
export const names: ScenarioTable = {
  'name-empty': { holds: { name: '' } },
  'name-spaces': { holds: { name: '   ' } },
  'name-cjk-50-bytes': { holds: { name: '生产环境密钥用于每日构建与测试中ab' } },
  'name-emoji': { holds: { name: '🚀 build 👩‍👩‍👧‍👦' } },
  'name-rtl': { holds: { name: 'مفتاح الإنتاج' } },
  'name-bidi-override': { holds: { name: 'key \u202Egnp.exe\u202C \u2066x\u2069' } },
  'name-markup': { holds: { name: '<b>&\u2028' } },
  'name-script': { holds: { name: '<img src=x onerror=alert(1)>' } },
  'name-markdown': { holds: { name: '[free](command:workbench.action.quit) | `x` **y** $(trash)' } },
  'name-formula': { holds: { name: '=HYPERLINK("http://x.example","y")' } },
  'name-control': { holds: { name: 'a\u0000b\u001B[31mc\r\nd\u0007' } },
  'name-newlines': { holds: { name: 'two\nlines' } },
  'name-long': { holds: { name: 'n'.repeat(100_000) } },
  'name-half-surrogate': { holds: { name: 'half \uD83D end' } },
  'name-null': { data: { name: null } },
  'name-number': { data: { name: 42 } },
  'name-absent': { without: ['name'] },
  'duplicate-name-a': { holds: { name: 'shared name', remain: 10_000 } },
  'duplicate-name-b': { holds: { name: 'shared name', remain: 20_000 } },
};
