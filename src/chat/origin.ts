/**
 * Whose pages may connect. A browser lets any page open a WebSocket to any server, this machine's
 * own among them, and only says in the Origin field whose page it is; so the server has to look.
 * @module
 */

/** A host by any of its names that mean this machine. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.[\d.]+$/.test(hostname);
}

/** Whether an address, as `getpeername` gives it, is this machine's own. @internal */
export function isLoopbackAddress(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address);
}

/**
 * Says why a request is refused for its origin.
 *
 * Pages of the server's own host are let in, whatever their port; the names of the loopback are one
 * host. A request without an Origin comes from a program, which could write there what it likes.
 *
 * @param headers the request's fields, by lower-case name
 * @param allowed further origins; see `ServerOptions.allowedOrigins`
 * @returns null when the request is let in
 * @see RFC 6455 10.2, 4.2.2
 */
export function originProblem(
  headers: ReadonlyMap<string, string>,
  allowed: readonly string[],
): string | null {
  const origin = headers.get('origin');
  if (origin === undefined || isAllowed(origin, allowed)) return null;
  const page = hostOf(origin);
  const own = hostOf(`ws://${headers.get('host') ?? ''}`);
  if (page !== null && own !== null) {
    if (page === own || (isLoopback(page) && isLoopback(own))) return null;
  }
  if (origin === 'null') {
    return 'a page without an origin, as one from disk, may connect only with --allow-origin null';
  }
  // what is repeated as a command is plain: someone may paste it
  return isPlain(origin)
    ? `pages of ${origin} may connect only with --allow-origin ${origin}`
    : 'the Origin field holds no origin; --allow-origin lets in those that do';
}

/**
 * Says what is wrong with an entry of the allowed origins.
 *
 * @returns null when nothing is: `null`, `*`, or an origin as browsers write it
 */
export function allowedOriginProblem(entry: string): string | null {
  if (entry === '*' || entry === 'null' || isPlain(entry)) return null;
  return `${JSON.stringify(entry)} is no origin; give one as browsers send it: https://class.example, http://localhost:5173, null for pages from disk, or * for all`;
}

function isAllowed(origin: string, allowed: readonly string[]): boolean {
  return allowed.some((entry) => entry === '*' || entry.toLowerCase() === origin.toLowerCase());
}

/** Scheme, host and perhaps a port, with nothing behind them and nothing that a shell would take up. */
function isPlain(origin: string): boolean {
  return origin.length <= 200 && /^[a-z][a-z0-9+.-]*:\/\/[a-z0-9._:[\]-]+$/i.test(origin);
}

/** The host of an origin, in one form; null when it is none. */
function hostOf(origin: string): string | null {
  try {
    const { protocol, hostname } = new URL(origin);
    return /^(https?|wss?):$/.test(protocol) && isPlain(origin) ? hostname : null;
  } catch {
    return null;
  }
}
