import { firstCommandIds, laterCommandIds } from '../../../src/vscode/commands/commandIds.ts';

/** All commands of the product, whenever they are registered. */
export const commandIds = [...firstCommandIds, ...laterCommandIds];
