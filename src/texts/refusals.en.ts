/**
 * Why a handshake fails: the reasons that a server writes into its answer, and what a client finds
 * wrong with one. The English goes on the wire, into errors and into traces.
 * @module
 */

/** The texts by key. */
export const refusals = {
  'first-byte': 'the first byte 0x{byte} begins no HTTP',
  'first-byte.tls':
    'the first byte 0x{byte} begins no HTTP (it looks like TLS; this server speaks ws:, not wss:)',
  'line-end': 'a line ends with LF alone; HTTP ends its lines with CR LF',
  'long-head': 'the head is longer than {limit} bytes',
  'no-field': 'the line "{line}" is no header field',
  'control.line': 'the first line holds the control character 0x{byte}',
  'control.field': 'the field {name} holds the control character 0x{byte}',
  'no-request': 'the first line is no HTTP request line',
  'other-http': 'HTTP/{major}.{minor} is not spoken here, only HTTP/1.1',
  'not-whole': 'the request is not whole',
  method: 'the method is {method}; a WebSocket begins with GET',
  target: 'the target {target} is no path such as /chat?room=1',
  'one-host': 'one Host field is needed',
  host: 'the Host {host} is no name with or without a port',
  'no-wish': 'this is a WebSocket server',
  'upgrade-lost':
    'Upgrade: websocket is missing from what else is a handshake; a proxy in between, if there is one, has to pass Upgrade and Connection on',
  'upgrade-lost.proxy':
    'Upgrade: websocket is missing from what else is a handshake; the proxy that sent {field} has to pass Upgrade and Connection on',
  'http-1.0':
    'HTTP/1.0 cannot upgrade; a proxy in between, if there is one, has to speak HTTP/1.1 to this server',
  'http-1.0.proxy':
    'HTTP/1.0 cannot upgrade; the proxy that sent {field} has to speak HTTP/1.1 to this server',
  'connection-lost':
    'the Connection field lacks Upgrade; a proxy in between, if there is one, has to pass Upgrade and Connection on',
  'connection-lost.proxy':
    'the Connection field lacks Upgrade; the proxy that sent {field} has to pass Upgrade and Connection on',
  body: 'a handshake has no body: no Transfer-Encoding, and no Content-Length but 0',
  version: 'Sec-WebSocket-Version is {version}; this server speaks 13',
  key: 'Sec-WebSocket-Key must be 16 bytes in base64, once',
  protocols: 'Sec-WebSocket-Protocol must name subprotocols, each once',
  extensions: 'Sec-WebSocket-Extensions cannot be read',
  full: 'the server is full: {limit} clients',
  neighbours: '{limit} clients from this address are here already',
  'origin.null':
    'a page without an origin, as one from disk, may connect only with --allow-origin null',
  'origin.other': 'pages of {origin} may connect only with --allow-origin {origin}',
  'origin.none': 'the Origin field holds no origin; --allow-origin lets in those that do',
  'host.none': 'the Host field names no host',
  'host.other': 'this server answers to the name {name} only with --allow-host {name}',
  'with-hint': '{reason} (a proxy in between, if there is one, has to pass Host on)',
  'with-hint.proxy': '{reason} (the proxy that sent {field} has to pass Host on)',
  'how-to-connect':
    'Connect with new WebSocket("ws://...") in a page, or: npx loopscope chat ws://HOST:PORT',
} as const;

/** What a client finds wrong with an answer. */
export const answers = {
  status: 'the server answered: {line}',
  'no-upgrade': 'the answer lacks Upgrade: websocket',
  'no-connection': 'the answer lacks Connection: Upgrade',
  accept: 'Sec-WebSocket-Accept is {value}, not {expected}',
  'protocol-unasked': 'the server chose a subprotocol unasked: {protocol}',
  'no-protocol': 'the server speaks none of the subprotocols asked for: {protocols}',
  'extension-unasked': 'the server uses an extension unasked',
  'extensions-unread': 'Sec-WebSocket-Extensions cannot be read: {field}',
  'extensions-empty': 'Sec-WebSocket-Extensions is empty',
  'extension-other': 'the server uses the extension {name} unasked',
  'extension-more': 'the server uses more than the one extension that was offered',
  'deflate-twice': 'the server answers permessage-deflate with {name} twice',
  'deflate-no-value': 'the server answers permessage-deflate with {name} without a value',
  'deflate-value': 'the server answers permessage-deflate with {name}={value}',
  'deflate-unknown': 'the server answers permessage-deflate with the unknown parameter {name}',
  'bits-no-value': 'client_max_window_bits has no value in the answer',
  'takeover-lost': 'the answer lacks server_no_context_takeover, which was asked for',
  'server-bits': 'the server would use a window of {bits} bits, more than was asked for',
  'client-bits': 'client_max_window_bits is {bits} in the answer, and was {most} in the offer',
  'no-answer': 'the server did not answer',
  'ended-early': 'closed before it was open',
  'no-close': 'the server ended the connection without a Close frame',
  'broke-protocol': 'the server broke the protocol: {problem}',
} as const;
