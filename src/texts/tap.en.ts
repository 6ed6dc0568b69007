/**
 * What `loopscope tap` says of what passes.
 * @module
 */

/** The texts by key. */
export const tap = {
  client: 'client',
  server: 'server',
  open: 'a client from {host}:{port}',
  refused: 'the client gets RST:',
  'certificate.own': '{code}: {host}:{port} shows a certificate that it signed itself',
  'certificate.unknown':
    '{code}: {host}:{port} shows a certificate that nobody signed whom this machine trusts',
  'certificate.expired': '{code}: {host}:{port} shows a certificate that has expired',
  'certificate.early':
    '{code}: {host}:{port} shows a certificate that is not valid yet: look at the clock',
  'certificate.name': '{code}: {host}:{port} shows a certificate for another name',
  'certificate.anyway':
    '--insecure passes on whatever certificate it shows; NODE_EXTRA_CA_CERTS=FILE trusts who signed it',
  'tls.none': '{code}: {host}:{port} does not speak TLS: check the port, or leave wss:// out',
  'tls.no-http': '{code}: {host}:{port} does not speak HTTP/1.1, which a WebSocket begins with',
  tls: '{code}: {host}:{port} and this machine agree on no TLS ({reason})',
  full: 'the tap has {most} connections, and takes no more',
  over: 'over: {client, plural, one {# byte} other {# bytes}} from the client, {server} from the server',
  within: 'within the frame above:',
  cut: 'the stream ends too early:',
  request: 'request {line}',
  'request.key': 'key {key}',
  'request.key.deflate': 'key {key}, offers {extension}',
  answer: 'answer  {line}',
  'answer.accept': 'accept {accept}',
  'answer.accept.right': 'accept {accept}, right for the key',
  'answer.deflate': '{extension} is agreed on',
  missing: 'missing',
  http: 'HTTP    {line}',
  'http.length': 'HTTP    {line}, a body of {n, plural, one {# byte} other {# bytes}}',
  'http.chunks': 'HTTP    {line}, a body in chunks',
  'http.close': 'HTTP    {line}, a body that ends with FIN',
  'http.refused': 'the request for a WebSocket is turned away',
  other:
    'not WebSocket: {length, plural, one {# byte} other {# bytes}} passed on, and all that follows',
  'frame.fin': 'fin',
  'frame.more': 'more',
  'frame.masked': 'masked',
  'frame.unmasked': 'unmasked',
  'frame.bytes': '{n, plural, one {byte} other {bytes}}',
  close: '{code} {meaning}',
  'close.reason': '{code} {meaning}: {reason}',
  compressed: 'compressed by {extension}',
  inflated: 'inflated, {n, plural, one {# byte} other {# bytes}}: {what}',
  problem: '{code} (RFC 6455 {section}): {message}',
  'problem.close': '{code}, close code {closeCode} (RFC 6455 {section}): {message}',
  'rest.head': '{have, plural, one {# byte} other {# bytes}} of a head are here, and no more',
  'rest.payload':
    '{have} of the {length, plural, one {# byte} other {# bytes}} of a payload are here, and no more',
  'rest.payload.long': '{have} of the {length} bytes of a payload are here, and no more',
  banner: 'The tap is open on {url}, and passes on to {server}',
  'banner.connect': 'connect there instead of to the server; times are seconds',
  'banner.named': 'requests name {host} in Host and Origin',
  'banner.insecure': 'its certificate is not looked at',
  'banner.stop': 'Ctrl-C stops it',
  'banner.trace': 'steps go to {file}',
  stop: 'Stopping: every connection is cut.',
  'ends.frames': 'the frames end here: {why}; the tap goes on',
  'ends.trace': '{file} ends here: {why}; the tap goes on',
} as const;
