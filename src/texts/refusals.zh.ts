/**
 * Why a handshake fails, said by a viewer: Chinese. What goes on the wire is English.
 * @module
 */

/** The texts by key. */
export const refusals = {
  'first-byte': '第一个字节 0x{byte} 不是 HTTP 的开头',
  'first-byte.tls':
    '第一个字节 0x{byte} 不是 HTTP 的开头（看起来是 TLS；这个服务器会的是 ws:，不是 wss:）',
  'line-end': '有一行只用 LF 结尾；HTTP 的行用 CR LF 结尾',
  'long-head': '头超过 {limit} 字节',
  'no-field': '“{line}”这一行不是头字段',
  'control.line': '第一行里有控制字符 0x{byte}',
  'control.field': '字段 {name} 里有控制字符 0x{byte}',
  'no-request': '第一行不是 HTTP 的请求行',
  'other-http': '这里不会 HTTP/{major}.{minor}，只会 HTTP/1.1',
  'not-whole': '请求不完整',
  method: '方法是 {method}；WebSocket 从 GET 开始',
  target: '目标 {target} 不是 /chat?room=1 这样的路径',
  'one-host': '要有一个 Host 字段',
  host: 'Host {host} 不是名字，带不带端口都不是',
  'no-wish': '这是 WebSocket 服务器',
  'upgrade-lost':
    '别的都是握手，就是没有 Upgrade: websocket；如果中间有代理，它要把 Upgrade 和 Connection 转过来',
  'upgrade-lost.proxy':
    '别的都是握手，就是没有 Upgrade: websocket；发了 {field} 的那个代理要把 Upgrade 和 Connection 转过来',
  'http-1.0': 'HTTP/1.0 不能升级；如果中间有代理，它要用 HTTP/1.1 和这个服务器说话',
  'http-1.0.proxy': 'HTTP/1.0 不能升级；发了 {field} 的那个代理要用 HTTP/1.1 和这个服务器说话',
  'connection-lost':
    'Connection 字段里没有 Upgrade；如果中间有代理，它要把 Upgrade 和 Connection 转过来',
  'connection-lost.proxy':
    'Connection 字段里没有 Upgrade；发了 {field} 的那个代理要把 Upgrade 和 Connection 转过来',
  body: '握手没有正文：不许有 Transfer-Encoding，Content-Length 只许是 0',
  version: 'Sec-WebSocket-Version 是 {version}；这个服务器会的是 13',
  key: 'Sec-WebSocket-Key 必须是 16 字节的 base64，只写一次',
  protocols: 'Sec-WebSocket-Protocol 必须写子协议的名字，每个只写一次',
  extensions: 'Sec-WebSocket-Extensions 读不懂',
  full: '服务器满了：{limit} 个客户端',
  neighbours: '这个地址已经来了 {limit} 个客户端',
  'origin.null': '没有来源的网页，例如从磁盘打开的，要有 --allow-origin null 才能连接',
  'origin.other': '{origin} 的网页要有 --allow-origin {origin} 才能连接',
  'origin.none': 'Origin 字段里不是来源；--allow-origin 能让有来源的进来',
  'host.none': 'Host 字段里没有主机',
  'host.other': '这个服务器要有 --allow-host {name}，才认 {name} 这个名字',
  'with-hint': '{reason}（如果中间有代理，它要把 Host 转过来）',
  'with-hint.proxy': '{reason}（发了 {field} 的那个代理要把 Host 转过来）',
  'how-to-connect':
    '在网页里用 new WebSocket("ws://...") 连接，或者：npx loopscope chat ws://HOST:PORT',
} as const;

/** What a client finds wrong with an answer. */
export const answers = {
  status: '服务器的响应是：{line}',
  'no-upgrade': '响应里没有 Upgrade: websocket',
  'no-connection': '响应里没有 Connection: Upgrade',
  accept: 'Sec-WebSocket-Accept 是 {value}，不是 {expected}',
  'protocol-unasked': '服务器选了没有人要的子协议：{protocol}',
  'no-protocol': '要的子协议，服务器一个都不会：{protocols}',
  'extension-unasked': '服务器用了没有人要的扩展',
  'extensions-unread': 'Sec-WebSocket-Extensions 读不懂：{field}',
  'extensions-empty': 'Sec-WebSocket-Extensions 是空的',
  'extension-other': '服务器用了没有人要的扩展 {name}',
  'extension-more': '只提出了一个扩展，服务器用了不止一个',
  'deflate-twice': '服务器响应 permessage-deflate 时，{name} 写了两次',
  'deflate-no-value': '服务器响应 permessage-deflate 时，{name} 没有值',
  'deflate-value': '服务器响应 permessage-deflate 时，写了 {name}={value}',
  'deflate-unknown': '服务器响应 permessage-deflate 时，写了不认识的参数 {name}',
  'bits-no-value': '响应里的 client_max_window_bits 没有值',
  'takeover-lost': '响应里没有 server_no_context_takeover，而这是要了的',
  'server-bits': '服务器要用 {bits} 位的窗口，比要的大',
  'client-bits': '响应里的 client_max_window_bits 是 {bits}，提出的是 {most}',
  'no-answer': '服务器没有响应',
  'ended-early': '还没打开就关了',
  'no-close': '服务器没有发关闭帧就结束了连接',
  'broke-protocol': '服务器违反了协议：{problem}',
} as const;
