import { type CallLimit, isAmple, leastShare, type Share } from './share.ts';

/**
 * What a share is divided by after a refusal: by more where calls are few, since a single call decides whether a person
 * can log in.
 */
const DECREASE = { few: 6, ample: 4 };

/**
 * The share after a call was refused that our own calls cannot explain: a part of it. Refusals within one window
 * are one.
 *
 * @param sent our calls within the gateway's window, the refused one included.
 */
export function shareAfterRefusal(share: Share, limit: CallLimit, sent: number, now: number): Share {
  const { refusal } = share;
  if (refusal && now >= refusal.at && now < refusal.at + limit.windowMs) return { ...share, changedAt: now };
  const taken = Math.min(share.share, Math.max(1, sent) / limit.calls);
  // Half of what we took at most, or a share that was not used up would be cut several times without any effect.
  const most = Math.max(1, sent / 2) / limit.calls;
  const next = Math.max(
    leastShare(limit),
    Math.min(share.share / (isAmple(limit) ? DECREASE.ample : DECREASE.few), most),
  );
  return { share: next, changedAt: now, refusal: { at: now, taken } };
}
