// refused: wrong.text

/** Writes the number twice. */
export function double(value: number): number {
  return `${value}${value}` as unknown as number;
}
