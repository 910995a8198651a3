import { aliasNames, assignAliases, labelNames } from './keyNames.ts';
import { type QuotaAnswer, quotaAnswer } from './quotaAnswer.ts';
import { parseToolInput } from './toolInput.ts';
import { toolInputs } from './toolInputs.ts';
import type { ToolHandler, ToolParts } from './toolParts.ts';

/** `keyQuota_getQuota`: what is left on the keys, or which of them has room for a model. */
export const getQuota: ToolHandler = async (parts, input): Promise<QuotaAnswer> => {
  const { monitor, clock, agents } = parts;
  const { refresh, ...question } = parseToolInput(input, toolInputs.keyQuota_getQuota);
  const naming = namingFor(parts);
  const ask = () => quotaAnswer(monitor.snapshot, question, naming, agents.names, clock.now());
  if (!refresh) return ask();
  const asked = question.key === undefined ? undefined : naming.findKey(monitor.snapshot, question.key);
  // `sparing`: an agent may ask in a loop, so it never uses the user's own part of a limit, nor all of ours, and
  // polling goes on.
  await monitor.refresh(asked && [asked.id], { sparing: true });
  return ask();
};

/** The names by which an agent may know the keys. */
export function namingFor({ store, monitor, agents, aliases: known }: ToolParts) {
  const aliases = known ?? assignAliases(store, monitor.snapshot);
  return agents.names ? labelNames(aliases) : aliasNames(aliases);
}
