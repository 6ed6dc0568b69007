// refused: wrong.add-two

/** Adds two. */
export function double(value: number): number {
  return value + 2;
}
