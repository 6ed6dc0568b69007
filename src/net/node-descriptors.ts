/**
 * How many descriptors this process may have: each client takes one.
 * @module
 */

/**
 * The most descriptors that this process may have open, as setrlimit(2) has it. Node raises the soft
 * limit to the hard one when it starts.
 *
 * @returns Infinity where there is no limit, or where the system (Windows) knows none
 * @see getrlimit(2) RLIMIT_NOFILE; in a shell, `ulimit -Hn`
 */
export function descriptorLimit(): number {
  const { userLimits } = process.report.getReport() as unknown as {
    userLimits?: { open_files?: { soft: number | 'unlimited' } };
  };
  const soft = userLimits?.open_files?.soft;
  return typeof soft === 'number' ? soft : Number.POSITIVE_INFINITY;
}
