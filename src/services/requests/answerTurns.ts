/** Callers that wait for a turn, first come first served. */
const waiting: (() => void)[] = [];

/**
 * Resolves in a turn of the event loop that no other caller has. Many answers may arrive in one turn, and each costs
 * reads and writes: handled one per turn, they do not block the extension host.
 */
export function nextAnswerTurn(): Promise<void> {
  return new Promise(resolve => {
    waiting.push(resolve);
    if (waiting.length === 1) setImmediate(startNext);
  });
}

function startNext(): void {
  const resolve = waiting.shift();
  if (waiting.length > 0) setImmediate(startNext);
  resolve?.();
}
