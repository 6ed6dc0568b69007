/** Doubles. */
export function double(value: number): number {
  // #region double
  return value * 2;
  // #endregion
}
