/**
 * uPlot makes a number format of the browser's language as soon as it is loaded. Chromium on a system without a
 * language calls it `en-US@posix`, which `Intl` refuses, and the page would stay empty. Has to be the first import.
 */
try {
  new Intl.NumberFormat(navigator.language);
} catch {
  Object.defineProperty(navigator, 'language', { value: 'en' });
}
