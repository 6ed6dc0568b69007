/**
 * The gallery: what strace wrote of small servers in several languages, and of two of the system's own,
 * in `examples/servers/recordings`. What to see in each is said in src/texts/gallery.en.ts, by its name.
 * @module
 */

/**
 * What was done to a server: three clients and ten messages; one client that does not read; more clients
 * than there are descriptors.
 */
export type GalleryVariant = 'chat' | 'slow-reader' | 'no-descriptors';

/** One recording. */
export interface GalleryEntry {
  /** Its file is `examples/servers/recordings/NAME.txt`, and its text has this key. */
  readonly name: GalleryName;
  /** The file of the server in `examples/servers`, or the name of the program. */
  readonly server: string;
  /** What the server is written in. */
  readonly language: string;
  readonly variant: GalleryVariant;
}

/** What the recordings are called after: the server, in the order of the table. */
const SERVERS = {
  select: ['select.c', 'C'],
  epoll: ['epoll.c', 'C'],
  select_chat: ['select_chat.py', 'Python'],
  selectors_tutorial: ['selectors_tutorial.py', 'Python'],
  selectors_chat: ['selectors_chat.py', 'Python'],
  asyncio_chat: ['asyncio_chat.py', 'Python'],
  websockets_chat: ['websockets_chat.py', 'Python'],
  stream_select: ['stream_select.php', 'PHP'],
  socket_select: ['socket_select.php', 'PHP'],
  io_select: ['io_select.rb', 'Ruby'],
  node_net: ['node_net.mjs', 'JavaScript'],
  node_ws: ['node_ws.mjs', 'JavaScript'],
  redis: ['redis-server', 'C'],
  nginx: ['nginx', 'C'],
} as const;

type ServerName = keyof typeof SERVERS;

/** Who is recorded with a client that does not read. */
const SLOW_READER = [
  'select_chat',
  'selectors_tutorial',
  'asyncio_chat',
  'stream_select',
  'io_select',
  'node_net',
] as const satisfies readonly ServerName[];

/** Who is recorded without descriptors. */
const NO_DESCRIPTORS = ['epoll', 'asyncio_chat', 'nginx'] as const satisfies readonly ServerName[];

/** The name of a recording. */
export type GalleryName =
  | ServerName
  | `${(typeof SLOW_READER)[number]}-slow-reader`
  | `${(typeof NO_DESCRIPTORS)[number]}-no-descriptors`;

function entry(server: ServerName, variant: GalleryVariant): GalleryEntry {
  const [file, language] = SERVERS[server];
  const name = variant === 'chat' ? server : (`${server}-${variant}` as GalleryName);
  return { name, server: file, language, variant };
}

/** All recordings. */
export const GALLERY: readonly GalleryEntry[] = [
  ...(Object.keys(SERVERS) as ServerName[]).map((server) => entry(server, 'chat')),
  ...SLOW_READER.map((server) => entry(server, 'slow-reader')),
  ...NO_DESCRIPTORS.map((server) => entry(server, 'no-descriptors')),
];

/** Those that the page of one file has. */
export const IN_ONE_FILE: readonly GalleryName[] = [
  ...(['socket_select', 'epoll', 'asyncio_chat', 'node_ws', 'redis'] as const),
  'select_chat-slow-reader',
];
