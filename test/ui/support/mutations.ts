import type { Locator } from 'playwright-core';

/** Something that was done to an element or what is in it. */
export interface Mutation {
  /** Such as `class of a` or `childList of span`. */
  what: string;
  /** What an attribute was before, and is when the watch ends. */
  from: string | null;
  to: string | null;
  /** Whether a value was replaced by an equal one. */
  same: boolean;
}

/** Begins to watch an element; what is returned tells what was done to it until then, and ends the watch. */
export async function watch(target: Locator): Promise<() => Promise<Mutation[]>> {
  const handle = await target.evaluateHandle(element => {
    const seen: { what: string; from: string | null; to: string | null; same: boolean }[] = [];
    const take = (records: MutationRecord[]) => {
      const told = new Map<Node, string[]>();
      for (const { type, attributeName, target, oldValue } of records) {
        const what = `${attributeName ?? type} of ${target.nodeName.toLowerCase()}`;
        // Nothing is painted between records that come together: only what the first one replaced was seen.
        if (attributeName && told.get(target)?.includes(what)) continue;
        told.set(target, [...(told.get(target) ?? []), what]);
        const value = attributeName && target instanceof Element ? target.getAttribute(attributeName) : null;
        const same = type === 'attributes' && value === oldValue;
        seen.push({ what, from: oldValue, to: value, same });
      }
    };
    const observer = new MutationObserver(take);
    observer.observe(element, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
      attributeOldValue: true,
    });
    return { observer, seen, take };
  });
  return async () => {
    const seen = await handle.evaluate(({ observer, seen, take }) => {
      take(observer.takeRecords());
      observer.disconnect();
      return seen;
    });
    await handle.dispose();
    return seen;
  };
}
