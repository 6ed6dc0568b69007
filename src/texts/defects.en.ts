/**
 * The defects of the PHP original by number: what each is, what one sees, an example from the wire,
 * and why a scenario cannot show it. And the file that docs/defects.md is written from.
 * @module
 */

/** The texts by key. */
export const defects = {
  'D01.title': 'Fewer than 9 bytes are a logout',
  'D01.sees':
    'A page that is closed sends a Close frame of 8 bytes, ws.close() one of 6. Both log the user out, but only because they are short. A text of 0, 1 or 2 bytes, an empty ping and any other piece under 9 bytes do the same.',
  'D01.bytes':
    '`888237fa213d3413` (Close 1001) and `888037fa213d` (an empty Close) log out, and so does `818237fa213d4c87` (the text {})',
  'D02.title': 'No Close frame is answered',
  'D02.sees':
    'Who leaves gets a FIN and no Close frame, so a browser reports code 1006 after a clean close. To the server a Close frame, FIN, a half-close and RST are one and the same.',
  'D02.bytes': '`888237fa213d3413` is answered with FIN alone; 88 02 03 e9 should come first',
  'D03.title': 'Two frames that arrive together are both lost',
  'D03.sees':
    'One recv is taken for one message, but TCP keeps no boundaries. The payload of the first runs on into the second, nothing can be decoded, and one [] goes out. Of 100 messages sent without a gap, 70 were lost.',
  'D03.bytes': 'two text frames in one segment give one `81025b5d`',
  'D04.title': 'A frame that arrives in parts is read part by part',
  'D04.sees':
    'Each part of 9 bytes or more gives [], and a part under 9 bytes throws its sender out.',
  'D04.bytes': 'one text frame in two segments of 20 bytes and more gives `81025b5d81025b5d`',
  'D05.title': 'A message over 2,040 bytes is lost',
  'D05.sees':
    'A recv takes 2,048 bytes, 8 of them header and mask. What is behind them is read as the next frame: 65,536 bytes of payload are 33 times [].',
  'D05.bytes':
    'a payload of 2,041 bytes (`81fe07f937fa213d`) gives `81025b5d`, then the logout of its sender',
  'D06.title': 'A ping is chat, and gets no pong',
  'D06.sees':
    'A ping of 3 bytes or more is [] for everyone. A ping whose payload is a message is broadcast. A shorter ping is a logout. No pong is ever sent.',
  'D06.bytes': '`898437fa213d47934f5a` (the ping "ping") gives `81025b5d`',
  'D07.title': 'Fragments are not joined',
  'D07.sees':
    'FIN is never looked at. Each fragment is read as a message and gives []. An empty last fragment is 6 bytes long and throws its sender out.',
  'D07.bytes': 'a first fragment (`019437fa213d`) gives `81025b5d`, and so does the last',
  'D08.title': 'Anything of 9 bytes or more is answered with 101',
  'D08.sees':
    'A plain GET, a POST, a TLS hello and nine letters all become clients. Path, Origin, Version, Upgrade and subprotocol are not looked at, so a page of any site may join.',
  'D08.bytes':
    'nine letters get 101 with `Kfh9QIsMVZcl6xEPYxPHzW8SZ8w=`, the SHA-1 of the GUID alone',
  'D09.title': 'A request that arrives in parts is answered at its first part',
  'D09.sees':
    'The accept value is wrong where the key is cut, and the rest of the request is read as a frame. A client that holds back the last CRLF is thrown out.',
  'D09.bytes': 'a request cut inside its key gets 101 and then `81025b5d`',
  'D10.title': 'A frame that arrives with the request is lost',
  'D10.sees':
    "The handshake takes all that recv gave and throws away what is behind the empty line. RFC 6455 lets no client send that early, but what TCP has joined is the server's to part.",
  'D10.bytes': 'a request and a text frame in one segment get the greeting and nothing else',
  'D11.title': 'The first byte is never looked at',
  'D11.sees':
    'A binary frame, a reserved bit and an opcode that is not defined are all read as text.',
  'D11.bytes': 'first bytes 82 (binary), c1 (RSV1) and 83 (opcode 3) are chat',
  'D12.title': 'The mask bit is never looked at',
  'D12.sees':
    'The first four bytes of an unmasked payload are taken for the masking key, and nonsense comes out: []. The connection should be closed.',
  'D12.bytes': '`81237b22` and so on (an unmasked text) gives `81025b5d`',
  'D13.title': 'The length does not count',
  'D13.sees':
    'It only tells where the masking key is. All that is behind the key is payload, whatever the header claims, and the longer forms of a short length pass.',
  'D13.bytes':
    '`818137fa213d` in front of 36 bytes claims 1 byte, and is chat; `81fe002337fa213d` writes 35 in 16 bits',
  'D14.title': 'What cannot be understood is [] for everyone',
  'D14.sees':
    'No JSON, another type, no type: the answer is an empty array, and everyone gets it. The page of the original shows NaN. The sender is not told what was wrong.',
  'D14.bytes': 'the text hello world gives `81025b5d` to everyone',
  'D15.title': 'Frames go to clients that have not shaken hands',
  'D15.sees':
    'The broadcast goes to everyone in the table. A silent client gets frames in front of its 101, which no browser can read.',
  'D15.bytes': '`812e7b2274797065` (a frame) comes where HTTP/1.1 101 should',
  'D16.title': 'Clients without a name are members',
  'D16.sees':
    'Who is connected is in the list as "", may talk with "" for a name before logging in, may log in with an empty name, and is logged out as "" when the connection ends.',
  'D16.bytes': '`"user_list":["Ada","","Grace"]`, `"from":""`',
  'D17.title': 'The type is compared loosely',
  'D17.sees':
    'PHP 7 takes a word for 0 beside a number and for true beside a boolean, so the types 0 and true match the first case, which is the login.',
  'D17.bytes': '`{"type":0,"content":"zero"}` gives `{"type":"login","content":"zero"`',
  'D18.title': 'Names and texts may be of any type',
  'D18.sees':
    'Numbers, lists and objects pass through as PHP writes them: 1.0 is 1, {} is [], 1e17 is 1.0e+17. What is missing is null.',
  'D18.bytes': '`{"type":"user"}` gives `"content":null`',
  'D19.title': 'Names may change and repeat',
  'D19.sees':
    'A second login renames without a logout of the old name. Two people may bear one name. The room allows the second: it has one login a connection, and no list of who may be called what.',
  'D19.bytes': '`"user_list":["Ada","Ada"]`',
  'D20.title': 'Anyone may say that anyone has left',
  'D20.sees':
    'A logout message from a client is broadcast with the name that it gives. Nobody is removed, and the list shows it.',
  'D20.bytes': '`{"type":"logout","content":"Ada"}` gives `"content":"Ada","user_list":["Ada",`',
  'D21.title': 'From descriptor 1,024 on a client is never read',
  'D21.sees':
    'select(2) takes descriptors below FD_SETSIZE. With 1,020 clients all is well. The 1,021st is accepted and hears everyone, but what it says is never read.',
  'D21.bytes': 'none: the client gets every broadcast, and no 101',
  'D21.no-scenario': 'it takes 1,021 clients',
  'D22.title': 'Out of descriptors the loop spins',
  'D22.sees':
    'With a limit of 1,024 descriptors the 1,021st client cannot be accepted. The listener stays readable, so select returns at once, for ever: 9,000 failed accepts in 2 seconds on a whole core. The log tells nothing, as it cannot be opened either.',
  'D22.bytes': 'none: accept EMFILE',
  'D22.no-scenario': 'it takes a limit on descriptors and more clients than it allows',
  'D23.title': 'A port in use is only a warning',
  'D23.sees':
    'The failure of bind leaves only a warning. The second server then listens on a random port of all interfaces, and logs that it has started.',
  'D23.bytes': 'none: bind EADDRINUSE, then listen on 0.0.0.0',
  'D23.no-scenario': 'it happens before any client comes',
  'D24.title': 'From 65,025 bytes on the length takes 64 bits',
  'D24.sees':
    'The limit is 255 times 255, where 16 bits do for 65,535. The shortest form is required, so a strict client ends the connection.',
  'D24.bytes': '65,025 bytes have the header `817f000000000000fe01`; 65,024 bytes have `817efe00`',
  'D25.title': 'The key is found by its exact spelling, or guessed',
  'D25.sees':
    'A client may write header names in lower case, but only Sec-WebSocket-Key: is found. Otherwise the text from byte 18 to the next CRLF is taken for the key, and the accept value is wrong.',
  'D25.bytes': 'with sec-websocket-key: the key is the text `st: 127.0.0.1:8080`',
  'D26.title': 'A client that does not read stops the server',
  'D26.sees':
    'Writes block. After some 3 to 4 MB the buffers between are full, and chat and handshakes stand still for everyone until that client reads or is gone.',
  'D26.bytes': 'none: no client gets anything',
  'D27.title': 'A number without end makes empty frames',
  'D27.sees':
    'PHP reads 1e999 as INF, which JSON cannot hold. json_encode fails, and an empty frame goes out. As a name it empties every later login and logout.',
  'D27.bytes': '`{"type":"user","content":1e999}` gives `8100`',
  'D28.title': 'A backlog of 9',
  'D28.sees': 'While the server is busy, Linux completes 10 connects. The eleventh waits.',
  'D28.bytes': 'none: the SYN gets no answer',
  'D28.no-scenario': 'a connect that waits is nothing that a client gets',
  'D29.title': 'Hex digits are not padded',
  'D29.sees':
    'A frame is built from hex digits, and a byte under 0x10 would add one instead of two. It lies in wait: JSON holds no such byte.',
  'D29.bytes': 'none: a line feed would be a, not 0a',
  'D29.no-scenario': 'json_encode escapes every byte under 0x20',
  'D30.title': 'A Close frame with a reason is chat',
  'D30.sees':
    'ws.close(1000, "bye") sends 11 bytes, so it is no logout. Everyone gets [], and the user stays in the list until TCP ends.',
  'D30.bytes': '`888537fa213d3412434452` (Close 1000 "bye") gives `81025b5d`',
  'D31.title': 'HTML goes through to innerHTML',
  'D31.sees':
    'The server passes on what it gets, as the room does. The page of the original writes it into innerHTML, so a text can run code in every page.',
  'D31.bytes': '`<img src=x onerror=\\"alert(1)\\">` comes as it was sent',
  'D32.title': 'The head of the answer is written otherwise',
  'D32.sees':
    'There is no space behind Sec-WebSocket-Accept:, and a Sec-WebSocket-Version field that belongs to refusals stands in front of Connection. Every client reads it.',
  'D32.bytes': '`Sec-WebSocket-Version: 13`, `Sec-WebSocket-Accept:s3pPLMBiTxaQ9kYGzzhZRbK+xOo=`',
  'D33.title': 'JSON is written in ASCII only',
  'D33.sees':
    'json_encode escapes every character beyond ASCII, and slashes. JSON.parse makes the same text of it; it only takes more bytes.',
  'D33.bytes': '`\\u4f60\\u597d` for 你好, `\\ud83d\\ude00` for an emoji, `\\/` for a slash',
  'D34.title': 'People are listed in the order of connecting',
  'D34.sees': 'The list follows the table of sockets. In the room it follows the logins.',
  'D34.bytes': 'when B logs in before A: `"user_list":["","\\u5c0f\\u660e","Grace"]`',
  'D35.title': 'PHP 8 cannot run it',
  'D35.sees':
    'It does not compile, as PHP 8 has no $msg{$i}. With that mended, a Socket turns into no number any more, so that all clients share one entry of the table. With that mended too, a frame that cannot be decoded ends the server with a TypeError.',
  'D35.bytes': 'none: it does not start',
  'D35.no-scenario': 'the mirror and the twin run as under PHP 7.4',
  'D36.title': 'Text that is no UTF-8 is no error',
  'D36.sees':
    'json_decode refuses it, so everyone gets [], and the connection stands. It should end with code 1007.',
  'D36.bytes': 'a text with the bytes ff fe gives `81025b5d`',
} as const;

/** The file that docs/defects.md is written from. */
export const defectsPage = {
  page: `# The defects of the PHP original, by number

[中文](defects.zh.md)

This file is written from the table in \`src/chat/defects.ts\`. Change it there, then run
\`npx vitest run test/docs -u\`.

The original is the chat server that this class begins with. What stands here was measured on its
unmodified file under PHP 7.4. The mirror, \`src/chat/original.ts\`, does the same, and has the numbers
at its lines. See one with \`npx loopscope compare SCENARIO --left original --right rfc6455\`.
Frames of clients are masked with 37 fa 21 3d. The last column names the lesson that mends it.

{all}

## Harmless

These are allowed, but their bytes are not those of the room, so the comparison names them too.

{harmless}
`,
  head: 'number|what one sees|bytes|RFC|scenario|lesson',
  what: '**{title}.** {sees}',
  none: 'none: {why}',
} as const;
