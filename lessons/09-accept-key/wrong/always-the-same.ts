// refused: wrong.same
/** Sends the value of the RFC's example to everyone. */
export function acceptKey(_: string): string {
  return 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=';
}
