import { lazyImport } from '../../../core/lazyImport.ts';
import { plainAllowedBy } from '../../host/gatewayRoutes.ts';
import { defineCommand } from '../command.ts';
import { addKeyArgument, draftFromMembers } from './addKeyArgument.ts';

/** `keyQuota.addKey`: by argument `{ label, kind, base URL, secret }` → `{ id }`, else by a form. */
export const addKey = defineCommand({
  palette: 'always',
  icon: 'add',
  menus: [{ menu: 'view/title', group: 'navigation@1' }],
  argument: addKeyArgument,
  run: async (parts, { members, isObject }) => {
    if (!isObject) {
      const { addKeyByForm } = await lazyImport(() => import('./add/addByForm.ts'));
      return addKeyByForm(parts);
    }
    const draft = draftFromMembers(members, plainAllowedBy(parts.settings()));
    const duplicate = parts.keyService.duplicateOf(draft);
    if (!duplicate) return { id: await parts.keyService.add(draft) };
    await parts.keyService.restoreSecret(duplicate, draft.secret);
    return { id: duplicate.id };
  },
});
