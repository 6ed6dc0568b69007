/** Adds the number to itself. */
export function double(value: number): number {
  return value + value;
}
