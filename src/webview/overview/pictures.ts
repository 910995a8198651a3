import { nothing, svg, type TemplateResult } from 'lit';
import type { OverviewCard } from '../../core/panels/overviewMessages.ts';

const CIRCLE = 'M1.5 8a6.5 6.5 0 1 0 13 0a6.5 6.5 0 1 0-13 0';

/** By the names of VS Code's icons, whose font is not in the page. */
const ICONS: Readonly<Record<string, string>> = {
  key: 'M2 8a3 3 0 1 0 6 0a3 3 0 1 0-6 0M8 8h7v3M12 8v2',
  warning: 'M8 2 15 14H1ZM8 6.5v3.5M8 11.5v1',
  error: `${CIRCLE}M5.5 5.5l5 5m0-5-5 5`,
  calendar: 'M2 3.5h12v10H2zM2 6.5h12M5 2v3m6-3v3',
  'circle-slash': `${CIRCLE}M3.5 3.5l9 9`,
  lock: 'M3 7h10v7H3zM5 7V5a3 3 0 0 1 6 0v2',
  history: `${CIRCLE}M8 4.5V8l2.5 1.5`,
  question: `${CIRCLE}M6.2 6.4a1.8 1.8 0 1 1 2.5 1.7c-.5.2-.7.6-.7 1.2M8 11v.8`,
  'debug-pause': 'M5 3v10M11 3v10',
  pinned: 'M6 2h4l-.5 5 2 2h-7l2-2ZM8 9v5',
};

/** An icon in the color of its text. What it says stands beside it in words. */
export function icon(name: string): TemplateResult {
  return svg`<svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d=${ICONS[name] ?? CIRCLE} /></svg>`;
}

const BAR = 100;

/** The bar of a share: full only when all is left, empty only when nothing is. The share stands beside it in words. */
export function bar(shown: OverviewCard['bar']): TemplateResult | typeof nothing {
  if (!shown) return nothing;
  const { share, tone } = shown;
  const width = share <= 0 ? 0 : share >= 1 ? BAR : Math.min(BAR - 3, Math.max(3, share * BAR));
  return svg`<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
    <rect class="track" width="100" height="6" /><rect class=${`fill ${tone}`} width=${width} height="6" />
  </svg>`;
}

const HEIGHT = 16;
const STEP = 6;

/** What was spent on each day, today last: a line for a day without spend, nothing for one that is not known. */
export function days(shown: OverviewCard['days']): TemplateResult | typeof nothing {
  if (!shown) return nothing;
  const { parts, text } = shown;
  const columns = parts.map((part, index) => {
    if (part === null) return nothing;
    const height = part > 0 ? Math.max(2, part * HEIGHT) : 1;
    const name = part === 0 ? 'none' : index === parts.length - 1 ? 'today' : 'day';
    return svg`<rect class=${name} x=${index * STEP} y=${HEIGHT - height} width="4" height=${height} />`;
  });
  return svg`<svg class="days" role="img" aria-label=${text} viewBox=${`0 0 ${parts.length * STEP - 2} ${HEIGHT}`} width=${parts.length * STEP - 2} height=${HEIGHT}>${columns}</svg>`;
}
