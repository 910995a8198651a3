import { clockText, dateTimeText, relativeText, timeLeftText } from '../../src/text/time.ts';
import { figuresIn } from './numbers.ts';
import { NOW } from './states.ts';

/** Numbers that a time in the data may be shown with. */
export function timeNumbers(data: unknown): number[] {
  const found: number[] = [];
  const look = (value: unknown): void => {
    if (typeof value === 'object' && value !== null) for (const each of Object.values(value)) look(each);
    if (typeof value !== 'string' || !/^[+-]?\d{4,6}-\d\d-\d\dT/.test(value)) return;
    const at = Date.parse(value);
    const words = [
      dateTimeText(at),
      clockText(at, NOW),
      relativeText(at, NOW),
      timeLeftText(NOW + Math.abs(at - NOW), NOW),
    ];
    for (const word of words) found.push(...figuresIn(word).map(figure => figure.value));
    const date = new Date(at);
    found.push(
      date.getFullYear(),
      Math.abs(date.getFullYear()) + 1,
      date.getDate(),
      date.getHours() % 12 || 12,
    );
  };
  look(data);
  return found;
}
