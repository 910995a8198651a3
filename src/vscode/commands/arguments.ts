import { type ArgumentShape, assertKnown } from './argumentShape.ts';
import type { CommandId } from './commandIds.ts';

/** A key by its id, alone or as a member. */
const ONE_KEY: ArgumentShape = { members: { id: 'text' }, needs: ['id'], alone: 'id' };
/** The same with the yes to a question. */
const ONE_KEY_AND_A_YES: ArgumentShape = { ...ONE_KEY, members: { id: 'text', confirmed: 'flag' } };
const RANGE = { from: 'itself', to: 'itself' } as const;

/**
 * What each command takes, as the README's table says it; undefined where a command takes nothing, or says for itself
 * what it takes. One without does not compile.
 */
const argumentShapes: Readonly<Record<CommandId, ArgumentShape | undefined>> = {
  'keyQuota.addKey': {
    members: {
      label: 'text',
      kind: 'itself',
      origin: 'text',
      credential: 'text',
      userId: 'textOrNumber',
      secret: 'itself',
    },
    needs: ['secret'],
  },
  'keyQuota.askNow': undefined,
  'keyQuota.chooseStatusBarStyle': undefined,
  'keyQuota.copyModels': ONE_KEY,
  'keyQuota.copySecret': ONE_KEY,
  'keyQuota.copyValue': { members: { copyText: 'text' }, needs: ['copyText'] },
  'keyQuota.createBudgetReview': {
    members: {
      keys: 'keys',
      ...RANGE,
      folder: 'itself',
      reviewer: 'text',
      idleKeys: 'texts',
      overwrite: 'flag',
    },
  },
  'keyQuota.eraseHistory': ONE_KEY_AND_A_YES,
  'keyQuota.exportHistory': {
    members: { key: 'text', file: 'itself', overwrite: 'flag' },
    needs: ['key'],
    alone: 'key',
  },
  'keyQuota.findKeyForModel': { members: { model: 'itself' }, needs: ['model'] },
  'keyQuota.listLogs': {
    members: {
      key: 'text',
      page: 'itself',
      pageSize: 'itself',
      type: 'itself',
      keyName: 'itself',
      model: 'itself',
      group: 'itself',
      requestId: 'itself',
      ...RANGE,
    },
    needs: ['key'],
    alone: 'key',
  },
  'keyQuota.pauseWarnings': {
    members: { hours: 'itself', until: 'itself', forever: 'flag' },
    one: [['hours', 'until', 'forever']],
  },
  'keyQuota.pinKey': ONE_KEY,
  'keyQuota.queryUsage': { members: { key: 'keys', ...RANGE, show: 'flag' }, alone: 'key' },
  'keyQuota.refresh': ONE_KEY,
  'keyQuota.refreshAccountKey': { members: { key: 'itself', id: 'itself' } },
  'keyQuota.refreshAll': undefined,
  'keyQuota.removeKey': ONE_KEY_AND_A_YES,
  'keyQuota.renameKey': { ...ONE_KEY, members: { id: 'text', label: 'text' } },
  'keyQuota.replaceSecret': { ...ONE_KEY, members: { id: 'text', secret: 'text', confirmed: 'flag' } },
  'keyQuota.resumeWarnings': undefined,
  'keyQuota.setKeyWarnings': {
    members: { key: 'text', off: 'itself', percents: 'itself', amounts: 'itself', expiryDays: 'itself' },
    needs: ['key'],
    alone: 'key',
  },
  'keyQuota.setProxyLogin': {
    members: { proxy: 'itself', user: 'itself', password: 'itself' },
    needs: ['proxy'],
  },
  'keyQuota.showExpiringKeys': { members: { file: 'itself', overwrite: 'flag' } },
  'keyQuota.showKeys': ONE_KEY,
  'keyQuota.showLog': undefined,
  'keyQuota.showLogs': { members: { key: 'text' }, needs: ['key'], alone: 'key' },
  'keyQuota.showPlans': ONE_KEY,
  'keyQuota.snoozeWarnings': {
    members: { key: 'text', keys: 'texts', all: 'flag', hours: 'itself', until: 'itself' },
    needs: ['key', 'keys', 'all'],
    one: [
      ['key', 'keys', 'all'],
      ['hours', 'until'],
    ],
    alone: 'key',
  },
  'keyQuota.unpinKey': ONE_KEY,
  'keyQuota.verifyGateway': {
    members: { key: 'text', ...RANGE, reviewer: 'text', completion: 'completion' },
    needs: ['key'],
    alone: 'key',
  },
};

/** Refuses what a command does not take, before anything is asked or done. */
export function checkArgument(id: CommandId, argument: unknown): void {
  const shape = argumentShapes[id];
  if (shape) assertKnown(id, argument, shape);
}
