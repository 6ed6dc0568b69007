// refused: wrong.square

/** Squares. */
export function double(value: number): number {
  return value ** 2;
}
