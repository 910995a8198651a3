/** The name of a window of so many minutes: `5h`, `7d`, `45min`. */
export function periodName(minutes: number): string {
  if (minutes % 1440 === 0) return `${minutes / 1440}d`;
  return minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}min`;
}
