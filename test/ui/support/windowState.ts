import type { Page } from 'playwright-core';

/** What lies over others, or holds what tests wait for: by name, where it is in a window. */
const PARTS = {
  notification: '.notification-toast',
  tooltip: '.workbench-hover',
  dialog: '.monaco-dialog-box',
  menu: '.monaco-menu',
  box: '.quick-input-widget',
  'status bar': '.statusbar-item[id*="key-quota"]',
  tab: '.tabs-container .tab',
  row: '.part.sidebar .monaco-list-row',
} as const;

/** What a window shows, has the focus on and is pointed at, in lines for a log that comes without pictures. */
export async function windowState(page: Page): Promise<string> {
  const lines = await page.evaluate(parts => {
    const short = (text: string) => text.replace(/\s+/g, ' ').trim().slice(0, 200);
    const nameOf = (element: Element | null | undefined) =>
      element
        ? short(`${element.tagName}.${element.className} ${element.getAttribute('aria-label') ?? ''}`)
        : 'nothing';
    const shown = Object.entries(parts).flatMap(([name, place]) =>
      [...document.querySelectorAll<HTMLElement>(place)]
        .filter(element => element.checkVisibility({ visibilityProperty: true }))
        .map(element => `${name}: ${short(element.innerText)}`),
    );
    return [
      ...shown,
      `focus: ${nameOf(document.activeElement)}`,
      `pointer: ${nameOf([...document.querySelectorAll(':hover')].at(-1))}`,
    ];
  }, PARTS);
  for (const frame of page.frames().filter(each => /^(active|pending)-frame$/.test(each.name()))) {
    const text = await frame.locator('body').innerText({ timeout: 1_000 });
    lines.push(`page: ${text.replace(/\s+/g, ' ').slice(0, 600)}`);
  }
  return lines.join('\n');
}
