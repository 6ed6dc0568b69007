/**
 * The defects of the PHP original by number: the one table that the mirror's comments, the
 * comparison, the docs and the lessons mean. A number once given keeps its meaning.
 * @module
 */

/** A defect of the original, or a harmless thing that it does otherwise than the room. */
export interface Defect {
  /** D01 and so on. */
  readonly number: string;
  /** What it is, in one clause. */
  readonly title: string;
  /** What one sees. */
  readonly sees: string;
  /** An example from the wire, with bytes or texts in backticks. */
  readonly bytes: string;
  /** The sections of the RFCs that say otherwise; '' where no RFC speaks. */
  readonly section: string;
  /** The scenario that shows it; null where scripted clients cannot. */
  readonly scenario: string | null;
  /** Why there is no scenario. */
  readonly noScenario?: string;
  /** The lesson that mends it; null where none does. */
  readonly lesson: number | null;
  /** Allowed by every RFC, and yet other bytes than the room's. */
  readonly harmless?: true;
}

/** The numbers under which two servers mean the same and write it in another form. */
export const HARMLESS = {
  /** The head of the answer to a handshake. */
  head: 'D32',
  /** The text of the same JSON. */
  json: 'D33',
} as const;

/** All of them, in order of number. */
export const DEFECTS: readonly Defect[] = [
  {
    number: 'D01',
    title: 'Fewer than 9 bytes are a logout',
    sees: 'A page that is closed sends a Close frame of 8 bytes, ws.close() one of 6. Both log the user out, but only because they are short. A text of 0, 1 or 2 bytes, an empty ping and any other piece under 9 bytes do the same.',
    bytes:
      '`888237fa213d3413` (Close 1001) and `888037fa213d` (an empty Close) log out, and so does `818237fa213d4c87` (the text {})',
    section: 'RFC 6455 5.2, 5.5.1',
    scenario: 'eight-bytes',
    lesson: 15,
  },
  {
    number: 'D02',
    title: 'No Close frame is answered',
    sees: 'Who leaves gets a FIN and no Close frame, so a browser reports code 1006 after a clean close. To the server a Close frame, FIN, a half-close and RST are one and the same.',
    bytes: '`888237fa213d3413` is answered with FIN alone; 88 02 03 e9 should come first',
    section: 'RFC 6455 5.5.1, 7.1.5',
    scenario: 'eight-bytes',
    lesson: 15,
  },
  {
    number: 'D03',
    title: 'Two frames that arrive together are both lost',
    sees: 'One recv is taken for one message, but TCP keeps no boundaries. The payload of the first runs on into the second, nothing can be decoded, and one [] goes out. Of 100 messages sent without a gap, 70 were lost.',
    bytes: 'two text frames in one segment give one `81025b5d`',
    section: 'RFC 6455 6.2, RFC 9293 2.2',
    scenario: 'two-frames',
    lesson: 7,
  },
  {
    number: 'D04',
    title: 'A frame that arrives in parts is read part by part',
    sees: 'Each part of 9 bytes or more gives [], and a part under 9 bytes throws its sender out.',
    bytes: 'one text frame in two segments of 20 bytes and more gives `81025b5d81025b5d`',
    section: 'RFC 6455 6.2, RFC 9293 2.2',
    scenario: 'split-frame',
    lesson: 7,
  },
  {
    number: 'D05',
    title: 'A message over 2,040 bytes is lost',
    sees: 'A recv takes 2,048 bytes, 8 of them header and mask. What is behind them is read as the next frame: 65,536 bytes of payload are 33 times [].',
    bytes:
      'a payload of 2,041 bytes (`81fe07f937fa213d`) gives `81025b5d`, then the logout of its sender',
    section: 'RFC 6455 5.2, 10.4',
    scenario: 'large-message',
    lesson: 7,
  },
  {
    number: 'D06',
    title: 'A ping is chat, and gets no pong',
    sees: 'A ping of 3 bytes or more is [] for everyone. A ping whose payload is a message is broadcast. A shorter ping is a logout. No pong is ever sent.',
    bytes: '`898437fa213d47934f5a` (the ping "ping") gives `81025b5d`',
    section: 'RFC 6455 5.5.2',
    scenario: 'ping',
    lesson: 15,
  },
  {
    number: 'D07',
    title: 'Fragments are not joined',
    sees: 'FIN is never looked at. Each fragment is read as a message and gives []. An empty last fragment is 6 bytes long and throws its sender out.',
    bytes: 'a first fragment (`019437fa213d`) gives `81025b5d`, and so does the last',
    section: 'RFC 6455 5.4',
    scenario: 'fragments',
    lesson: 16,
  },
  {
    number: 'D08',
    title: 'Anything of 9 bytes or more is answered with 101',
    sees: 'A plain GET, a POST, a TLS hello and nine letters all become clients. Path, Origin, Version, Upgrade and subprotocol are not looked at, so a page of any site may join.',
    bytes: 'nine letters get 101 with `Kfh9QIsMVZcl6xEPYxPHzW8SZ8w=`, the SHA-1 of the GUID alone',
    section: 'RFC 6455 4.2.1, 4.2.2',
    scenario: 'plain-get',
    lesson: 8,
  },
  {
    number: 'D09',
    title: 'A request that arrives in parts is answered at its first part',
    sees: 'The accept value is wrong where the key is cut, and the rest of the request is read as a frame. A client that holds back the last CRLF is thrown out.',
    bytes: 'a request cut inside its key gets 101 and then `81025b5d`',
    section: 'RFC 9112 2.2, RFC 6455 4.2.1',
    scenario: 'split-handshake',
    lesson: 8,
  },
  {
    number: 'D10',
    title: 'A frame that arrives with the request is lost',
    sees: "The handshake takes all that recv gave and throws away what is behind the empty line. RFC 6455 lets no client send that early, but what TCP has joined is the server's to part.",
    bytes: 'a request and a text frame in one segment get the greeting and nothing else',
    section: 'RFC 6455 4.1, RFC 9293 2.2',
    scenario: 'glued-handshake',
    lesson: 14,
  },
  {
    number: 'D11',
    title: 'The first byte is never looked at',
    sees: 'A binary frame, a reserved bit and an opcode that is not defined are all read as text.',
    bytes: 'first bytes 82 (binary), c1 (RSV1) and 83 (opcode 3) are chat',
    section: 'RFC 6455 5.2, 5.6',
    scenario: 'binary',
    lesson: 10,
  },
  {
    number: 'D12',
    title: 'The mask bit is never looked at',
    sees: 'The first four bytes of an unmasked payload are taken for the masking key, and nonsense comes out: []. The connection should be closed.',
    bytes: '`81237b22` and so on (an unmasked text) gives `81025b5d`',
    section: 'RFC 6455 5.1',
    scenario: 'unmasked',
    lesson: 12,
  },
  {
    number: 'D13',
    title: 'The length does not count',
    sees: 'It only tells where the masking key is. All that is behind the key is payload, whatever the header claims, and the longer forms of a short length pass.',
    bytes:
      '`818137fa213d` in front of 36 bytes claims 1 byte, and is chat; `81fe002337fa213d` writes 35 in 16 bits',
    section: 'RFC 6455 5.2',
    scenario: 'lying-length',
    lesson: 11,
  },
  {
    number: 'D14',
    title: 'What cannot be understood is [] for everyone',
    sees: 'No JSON, another type, no type: the answer is an empty array, and everyone gets it. The page of the original shows NaN. The sender is not told what was wrong.',
    bytes: 'the text hello world gives `81025b5d` to everyone',
    section: '',
    scenario: 'not-json',
    lesson: 19,
  },
  {
    number: 'D15',
    title: 'Frames go to clients that have not shaken hands',
    sees: 'The broadcast goes to everyone in the table. A silent client gets frames in front of its 101, which no browser can read.',
    bytes: '`812e7b2274797065` (a frame) comes where HTTP/1.1 101 should',
    section: 'RFC 6455 4.2.2',
    scenario: 'silent-socket',
    lesson: 14,
  },
  {
    number: 'D16',
    title: 'Clients without a name are members',
    sees: 'Who is connected is in the list as "", may talk with "" for a name before logging in, may log in with an empty name, and is logged out as "" when the connection ends.',
    bytes: '`"user_list":["Ada","","Grace"]`, `"from":""`',
    section: '',
    scenario: 'nameless',
    lesson: 14,
  },
  {
    number: 'D17',
    title: 'The type is compared loosely',
    sees: 'PHP 7 takes a word for 0 beside a number and for true beside a boolean, so the types 0 and true match the first case, which is the login.',
    bytes: '`{"type":0,"content":"zero"}` gives `{"type":"login","content":"zero"`',
    section: '',
    scenario: 'loose-type',
    lesson: 19,
  },
  {
    number: 'D18',
    title: 'Names and texts may be of any type',
    sees: 'Numbers, lists and objects pass through as PHP writes them: 1.0 is 1, {} is [], 1e17 is 1.0e+17. What is missing is null.',
    bytes: '`{"type":"user"}` gives `"content":null`',
    section: '',
    scenario: 'odd-types',
    lesson: 19,
  },
  {
    number: 'D19',
    title: 'Names may change and repeat',
    sees: 'A second login renames without a logout of the old name. Two people may bear one name. The room allows the second: it has one login a connection, and no list of who may be called what.',
    bytes: '`"user_list":["Ada","Ada"]`',
    section: '',
    scenario: 'rename',
    lesson: 21,
  },
  {
    number: 'D20',
    title: 'Anyone may say that anyone has left',
    sees: 'A logout message from a client is broadcast with the name that it gives. Nobody is removed, and the list shows it.',
    bytes: '`{"type":"logout","content":"Ada"}` gives `"content":"Ada","user_list":["Ada",`',
    section: '',
    scenario: 'forged-logout',
    lesson: 19,
  },
  {
    number: 'D21',
    title: 'From descriptor 1,024 on a client is never read',
    sees: 'select(2) takes descriptors below FD_SETSIZE. With 1,020 clients all is well. The 1,021st is accepted and hears everyone, but what it says is never read.',
    bytes: 'none: the client gets every broadcast, and no 101',
    section: '',
    scenario: null,
    noScenario: 'it takes 1,021 clients',
    lesson: 20,
  },
  {
    number: 'D22',
    title: 'Out of descriptors the loop spins',
    sees: 'With a limit of 1,024 descriptors the 1,021st client cannot be accepted. The listener stays readable, so select returns at once, for ever: 9,000 failed accepts in 2 seconds on a whole core. The log tells nothing, as it cannot be opened either.',
    bytes: 'none: accept EMFILE',
    section: '',
    scenario: null,
    noScenario: 'it takes a limit on descriptors and more clients than it allows',
    lesson: 18,
  },
  {
    number: 'D23',
    title: 'A port in use is only a warning',
    sees: 'The failure of bind leaves only a warning. The second server then listens on a random port of all interfaces, and logs that it has started.',
    bytes: 'none: bind EADDRINUSE, then listen on 0.0.0.0',
    section: '',
    scenario: null,
    noScenario: 'it happens before any client comes',
    lesson: 2,
  },
  {
    number: 'D24',
    title: 'From 65,025 bytes on the length takes 64 bits',
    sees: 'The limit is 255 times 255, where 16 bits do for 65,535. The shortest form is required, so a strict client ends the connection.',
    bytes: '65,025 bytes have the header `817f000000000000fe01`; 65,024 bytes have `817efe00`',
    section: 'RFC 6455 5.2',
    scenario: 'length-65025',
    lesson: 11,
  },
  {
    number: 'D25',
    title: 'The key is found by its exact spelling, or guessed',
    sees: 'A client may write header names in lower case, but only Sec-WebSocket-Key: is found. Otherwise the text from byte 18 to the next CRLF is taken for the key, and the accept value is wrong.',
    bytes: 'with sec-websocket-key: the key is the text `st: 127.0.0.1:8080`',
    section: 'RFC 9110 5.1, RFC 6455 4.2.1',
    scenario: 'lower-case-key',
    lesson: 8,
  },
  {
    number: 'D26',
    title: 'A client that does not read stops the server',
    sees: 'Writes block. After some 3 to 4 MB the buffers between are full, and chat and handshakes stand still for everyone until that client reads or is gone.',
    bytes: 'none: no client gets anything',
    section: '',
    scenario: 'slow-reader',
    lesson: 17,
  },
  {
    number: 'D27',
    title: 'A number without end makes empty frames',
    sees: 'PHP reads 1e999 as INF, which JSON cannot hold. json_encode fails, and an empty frame goes out. As a name it empties every later login and logout.',
    bytes: '`{"type":"user","content":1e999}` gives `8100`',
    section: 'RFC 8259 6',
    scenario: 'infinite-name',
    lesson: 19,
  },
  {
    number: 'D28',
    title: 'A backlog of 9',
    sees: 'While the server is busy, Linux completes 10 connects. The eleventh waits.',
    bytes: 'none: the SYN gets no answer',
    section: '',
    scenario: null,
    noScenario: 'a connect that waits is nothing that a client gets',
    lesson: 2,
  },
  {
    number: 'D29',
    title: 'Hex digits are not padded',
    sees: 'A frame is built from hex digits, and a byte under 0x10 would add one instead of two. It lies in wait: JSON holds no such byte.',
    bytes: 'none: a line feed would be a, not 0a',
    section: '',
    scenario: null,
    noScenario: 'json_encode escapes every byte under 0x20',
    lesson: 19,
  },
  {
    number: 'D30',
    title: 'A Close frame with a reason is chat',
    sees: 'ws.close(1000, "bye") sends 11 bytes, so it is no logout. Everyone gets [], and the user stays in the list until TCP ends.',
    bytes: '`888537fa213d3412434452` (Close 1000 "bye") gives `81025b5d`',
    section: 'RFC 6455 5.5.1',
    scenario: 'close-with-reason',
    lesson: 15,
  },
  {
    number: 'D31',
    title: 'HTML goes through to innerHTML',
    sees: 'The server passes on what it gets, as the room does. The page of the original writes it into innerHTML, so a text can run code in every page.',
    bytes: '`<img src=x onerror=\\"alert(1)\\">` comes as it was sent',
    section: '',
    scenario: 'html',
    lesson: 21,
  },
  {
    number: 'D32',
    title: 'The head of the answer is written otherwise',
    sees: 'There is no space behind Sec-WebSocket-Accept:, and a Sec-WebSocket-Version field that belongs to refusals stands in front of Connection. Every client reads it.',
    bytes: '`Sec-WebSocket-Version: 13`, `Sec-WebSocket-Accept:s3pPLMBiTxaQ9kYGzzhZRbK+xOo=`',
    section: 'RFC 9112 5, RFC 6455 11.3.5',
    scenario: 'one-client',
    lesson: 8,
    harmless: true,
  },
  {
    number: 'D33',
    title: 'JSON is written in ASCII only',
    sees: 'json_encode escapes every character beyond ASCII, and slashes. JSON.parse makes the same text of it; it only takes more bytes.',
    bytes: '`\\u4f60\\u597d` for 你好, `\\ud83d\\ude00` for an emoji, `\\/` for a slash',
    section: 'RFC 8259 7',
    scenario: 'any-text',
    lesson: 11,
    harmless: true,
  },
  {
    number: 'D34',
    title: 'People are listed in the order of connecting',
    sees: 'The list follows the table of sockets. In the room it follows the logins.',
    bytes: 'when B logs in before A: `"user_list":["","\\u5c0f\\u660e","Grace"]`',
    section: '',
    scenario: 'login-order',
    lesson: 13,
    harmless: true,
  },
  {
    number: 'D35',
    title: 'PHP 8 cannot run it',
    sees: 'It does not compile, as PHP 8 has no $msg{$i}. With that mended, a Socket turns into no number any more, so that all clients share one entry of the table. With that mended too, a frame that cannot be decoded ends the server with a TypeError.',
    bytes: 'none: it does not start',
    section: '',
    scenario: null,
    noScenario: 'the mirror and the twin run as under PHP 7.4',
    lesson: null,
  },
  {
    number: 'D36',
    title: 'Text that is no UTF-8 is no error',
    sees: 'json_decode refuses it, so everyone gets [], and the connection stands. It should end with code 1007.',
    bytes: 'a text with the bytes ff fe gives `81025b5d`',
    section: 'RFC 6455 8.1',
    scenario: 'bad-utf8',
    lesson: 16,
  },
];

/** Writes the table as docs/defects.md has it. */
export function defectsMarkdown(): string {
  const defects = DEFECTS.filter(({ harmless }) => harmless !== true);
  const harmless = DEFECTS.filter((defect) => defect.harmless === true);
  return `# The defects of the PHP original, by number

This file is written from the table in \`src/chat/defects.ts\`. Change it there, then run
\`npx vitest run test/docs -u\`.

The original is the chat server that this class begins with. What stands here was measured on its
unmodified file under PHP 7.4. The mirror, \`src/chat/original.ts\`, does the same, and has the numbers
at its lines. See one with \`npx loopscope compare SCENARIO --left original --right rfc6455\`.
Frames of clients are masked with 37 fa 21 3d. The last column names the lesson that mends it.

${table(defects)}

## Harmless

These are allowed, but their bytes are not those of the room, so the comparison names them too.

${table(harmless)}
`;
}

function table(defects: readonly Defect[]): string {
  const rows = defects.map((defect) => [
    defect.number,
    `**${defect.title}.** ${defect.sees}`,
    defect.bytes,
    defect.section,
    defect.scenario === null ? `none: ${defect.noScenario}` : `\`${defect.scenario}\``,
    String(defect.lesson ?? ''),
  ]);
  const head = ['number', 'what one sees', 'bytes', 'RFC', 'scenario', 'lesson'];
  return [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');
}
