/** `1 key`, `25 keys`. */
export function keyCountText(count: number): string {
  return count === 1 ? '1 key' : `${count} keys`;
}
