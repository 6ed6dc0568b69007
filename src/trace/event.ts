/**
 * What happened, as values: the steps of a loop, the stamp that makes a step an event of a trace,
 * and the NDJSON form, version 1. Draws nothing and waits for nothing.
 * @module
 */

import type { Fd } from '../net/net.js';

/** Why a client is gone. */
export type DisconnectCause =
  | 'fin'
  | 'reset'
  | 'close-frame'
  | 'short-read'
  | 'protocol-error'
  | 'answered'
  | 'limit'
  | 'timeout'
  /** The server closed it, and its peer had not: of a stranger's loop, which says no more. */
  | 'closed-here';

/** What a recorder adds to a step where it saw the system call. */
export interface CallKeys {
  /** The name of the system call: `epoll_wait`, `sendto`. */
  call?: string;
  /** Milliseconds that it took. */
  took?: number;
  /** Present, and true, where the recorder made its result up to try the program: nothing was moved. */
  injected?: true;
}

/** What was worked out, from bytes or from times, and is no call that was seen. */
export interface InferredKeys {
  /** Present, and true, where it was. */
  inferred?: true;
}

/** A listening socket was made: socket(2). */
export interface SocketStep {
  /** Says which step it is. */
  step: 'socket';
  /** The new descriptor. */
  fd: Fd;
  /** `AF_INET`. */
  domain: string;
  /** `SOCK_STREAM`. */
  type: string;
  /** `SOL_TCP`. */
  protocol: string;
}

/** An option was set: setsockopt(2). */
export interface SetsockoptStep {
  /** Says which step it is. */
  step: 'setsockopt';
  /** The socket. */
  fd: Fd;
  /** `SOL_SOCKET`. */
  level: string;
  /** `SO_REUSEADDR`, say. */
  option: string;
  /** 1 for on. */
  value: number;
}

/** The listener got its address: bind(2). */
export interface BindStep {
  /** Says which step it is. */
  step: 'bind';
  /** The listener. */
  fd: Fd;
  /** The IP address. */
  host: string;
  /** The TCP port, the real one even if 0 was asked for. */
  port: number;
}

/** The listener takes connections from here on: listen(2). */
export interface ListenStep {
  /** Says which step it is. */
  step: 'listen';
  /** The listener. */
  fd: Fd;
  /** Connections that may wait for accept. */
  backlog: number;
}

/** The loop woke up: select(2), or whichever call a stranger waits in. A turn begins. */
export interface SelectStep extends InferredKeys {
  /** Says which step it is. */
  step: 'select';
  /** The descriptors watched for reading, in watch order. */
  read: Fd[];
  /** The descriptors watched for writing. */
  write: Fd[];
  /** Those of `read` that are ready. */
  readyRead: Fd[];
  /** Those of `write` that are ready. */
  readyWrite: Fd[];
  /** How many the kernel has to ask: with select(2) and poll(2) all that are watched, with epoll(7) the ready. */
  scanned: number;
  /**
   * Those whose frames are in the program already, where select does not see them: they were left
   * over from the last turn, select was only asked and did not wait, and this turn comes to them
   * too. Absent when there are none.
   */
  pending?: Fd[];
  /** The name of the system call, of a stranger's loop: `epoll_wait`. */
  call?: string;
  /**
   * How much waited when select came back, of those that a sample could tell: a look at the system's
   * own table, which is near the truth and no part of what the loop knew. Absent where nobody looked.
   */
  sampled?: QueueSample[];
  /** How many are watched: null where it is not known, absent where `read` and `write` hold them all. */
  watched?: number | null;
  /** The time-out that was asked for, in milliseconds; null for none. Absent where it is not known. */
  timeout?: number | null;
  /** Milliseconds that the call waited. Absent where it is not known. */
  waited?: number;
  /** Calls with a time-out of 0 before this one that found nothing. Absent for none. */
  polls?: number;
  /** Calls of epoll_ctl(2) since the wait before. Absent for none. */
  changes?: number;
}

/** A descriptor, and what waits in its queue: bytes, or a listener's connections. */
export type QueueSample = [fd: Fd, length: number];

/** A connection was taken out of the listener's queue: accept(2), the original's connect. */
export interface AcceptStep extends CallKeys, InferredKeys {
  /** Says which step it is. */
  step: 'accept';
  /** The listener. */
  listener: Fd;
  /** The connection's new descriptor. */
  fd: Fd;
  /** The client's IP address. */
  host: string;
  /** The client's port. */
  port: number;
}

/** Bytes were taken from a connection: recv(2). */
export interface RecvStep extends CallKeys {
  /** Says which step it is. */
  step: 'recv';
  /** The connection. */
  fd: Fd;
  /** What was taken; empty when the peer has sent FIN. */
  bytes: Uint8Array;
  /** Bytes that were asked for at the most. */
  room?: number;
  /** Bytes that were taken, where the recorder kept only the first of them in `bytes`. */
  length?: number;
  /** Present, and true, where it took all of its room and a frame goes on behind it: worked out from the bytes. */
  cuts?: true;
}

/** A request was answered: 101 with the accept value, or it was refused. */
export type HandshakeStep = AcceptedHandshakeStep | RefusedHandshakeStep;

/** A request was answered with 101. */
export interface AcceptedHandshakeStep extends InferredKeys {
  /** Says which step it is. */
  step: 'handshake';
  /** The connection. */
  fd: Fd;
  /** What was taken for the client's `Sec-WebSocket-Key`. */
  key: string;
  /** The value of `Sec-WebSocket-Accept`. */
  accept: string;
  /** The subprotocols that were asked for, where any were. */
  protocols?: string[];
  /** The one of them that was chosen; null when none is spoken, and a page then ends with 1006. */
  protocol?: string | null;
}

/** A request, or a client over the limit, was turned away. */
export interface RefusedHandshakeStep extends InferredKeys {
  /** Says which step it is. */
  step: 'handshake';
  /** The connection. */
  fd: Fd;
  /** The HTTP status, and why. */
  refused: Refusal;
}

/** Why a client was turned away. */
export interface Refusal {
  /** The HTTP status: 400, 405, 426 and so on. */
  status: number;
  /** One clause for a person. */
  reason: string;
}

/** Bytes were read as a frame. */
export interface ParseStep extends InferredKeys {
  /** Says which step it is. */
  step: 'parse';
  /** The connection. */
  fd: Fd;
  /** Whether it is its message's last frame. */
  fin: boolean;
  /** 0 to 15. */
  opcode: number;
  /** Whether its payload came masked. */
  masked: boolean;
  /** The payload's length in bytes. */
  payloadLength: number;
  /** The frame as it came. */
  bytes: Uint8Array;
}

/** A message got its answer. */
export interface DealStep {
  /** Says which step it is. */
  step: 'deal';
  /** The client whose message, or whose leaving, it is. */
  fd: Fd;
  /**
   * What the client said, as it came; empty when it says nothing now: it has left, or it came a while
   * ago and all are told only now, of it and of others with it.
   */
  message: string;
  /** The answer, as it goes out. */
  reply: string;
}

/** A frame was made for several clients, or for one. */
export interface BroadcastStep {
  /** Says which step it is. */
  step: 'broadcast';
  /** Who gets it, in order. */
  to: Fd[];
  /** The frame. */
  bytes: Uint8Array;
}

/** Bytes were handed to a socket: send(2). */
export interface SendStep extends CallKeys {
  /** Says which step it is. */
  step: 'send';
  /** The connection. */
  fd: Fd;
  /** Bytes offered. */
  length: number;
  /** Bytes that the socket took. */
  taken: number;
  /** What was offered, or its beginning, where no `broadcast` before says it. */
  bytes?: Uint8Array;
}

/** The loop stands still in a blocking call until its one descriptor is ready. */
export interface BlockStep extends CallKeys {
  /** Says which step it is. */
  step: 'block';
  /** The descriptor. */
  fd: Fd;
  /** The call that blocks. */
  syscall: 'send' | 'recv';
  /** What it waits for. */
  reason: string;
}

/** A client is no member any more. */
export interface DisconnectStep extends CallKeys {
  /** Says which step it is. */
  step: 'disconnect';
  /** Its descriptor. */
  fd: Fd;
  /** Why. */
  cause: DisconnectCause;
}

/** Something went wrong with one client. */
export interface ErrorStep {
  /** Says which step it is. */
  step: 'error';
  /** Its descriptor. */
  fd: Fd;
  /** The broken rule (see `ProblemCode`), or `exception` for a fault of the server's own. */
  code: string;
  /** The status of the Close frame that answers it. */
  closeCode: number;
  /** The section of RFC 6455. */
  section: string;
  /** What was seen. */
  message: string;
}

/** Something came in from the network, before the loop knows of it. Only some networks can tell. */
export interface ArriveStep {
  /** Says which step it is. */
  step: 'arrive';
  /** Where it waits: a listener for `connect`, else a connection. */
  fd: Fd;
  /** What came. */
  kind: 'connect' | 'bytes' | 'fin' | 'reset';
  /** Bytes that came; 0 for the other kinds. */
  length: number;
  /** Which connection, counted from 1, where one that waits for accept has no descriptor yet. */
  connection?: number;
}

/** A client of a scenario did something. */
export interface ActStep {
  /** Says which step it is. */
  step: 'act';
  /** The client's name in the scenario. */
  client: string;
  /** What it did: connect, send, close and so on. */
  do: string;
  /** What it sent, if anything. */
  bytes: Uint8Array;
}

/** A call found nothing, or no room, and said so: EAGAIN. Of a stranger's loop. */
export interface AgainStep {
  /** Says which step it is. */
  step: 'again';
  /** The descriptor that was asked. */
  fd: Fd;
  /** `accept4`, `recvfrom`, `sendto` and so on. */
  call: string;
  /** Of a write: the bytes that were offered. */
  length?: number;
  /** Of a write: what was offered, or its beginning. */
  bytes?: Uint8Array;
}

/** A call failed. Of a stranger's loop. */
export interface FaultStep {
  /** Says which step it is. */
  step: 'fault';
  /** The descriptor that it was made on. */
  fd: Fd;
  /** Its name. */
  call: string;
  /** The error: `EMFILE`, `EPIPE`. */
  code: string;
  /** Present, and true, where the recorder made it up to try the program. */
  injected?: true;
}

/** The loop was woken by itself: a timer, an event, a signal or a pipe of its own. Of a stranger's loop. */
export interface WakeStep {
  /** Says which step it is. */
  step: 'wake';
  /** The descriptor that was read. */
  fd: Fd;
  /** What it is: `timer`, `event`, `signal`, `pipe`. */
  kind: string;
}

/** What else a turn spent its time on: files, sleep. Of a stranger's loop. */
export interface OtherStep {
  /** Says which step it is. */
  step: 'other';
  /** The call. */
  call: string;
  /** Of a wait within a turn, for one descriptor alone: which. It found what it waited for at once. */
  fd?: Fd;
  /** How often it was made. */
  count: number;
  /** Milliseconds of all of them together. */
  took: number;
}

/** Of a room on several loops: what happened between this loop and the broker. */
export interface BrokerStep {
  /** Says which step it is. */
  step: 'broker';
  /** The connection to the broker; -1 while there is none. */
  fd: Fd;
  /**
   * `connect`, the connection stands; `publish`, something said here went on its way; `message`, something
   * said in another loop came; `drop`, what came is passed over; `look`, the parts of all loops came;
   * `lost`, the connection is over, or there was none to be had.
   */
  do: 'connect' | 'publish' | 'message' | 'drop' | 'look' | 'lost';
  /** The address without a password; what was said, as JSON; how many are elsewhere, as JSON; or why. */
  message: string;
}

/**
 * A function that a student wrote ran: in the room, in place of the kit's, or in the check of its lesson.
 * Its values are shown, not kept.
 */
export interface CallStep {
  /** Says which step it is. */
  step: 'call';
  /** The number of the lesson whose exercise it is. */
  lesson: number;
  /** The part of the room: `accept`, `broadcast` and so on; see `PARTS`. Absent in a check. */
  part?: string;
  /** The function: `acceptClient`. */
  name: string;
  /** What it was given, as it stands in TypeScript. */
  args: string[];
  /** What it returned, or did. */
  returned: string;
  /** What it should have. Absent in a check that compared nothing of it. */
  expected?: string;
  /** What a check held against that, where it is not what was returned: what several calls gave, say. */
  given?: string;
  /**
   * What was wrong with it: `wrong`, `promise`, `threw`, `endless`, `exit`. From then on the kit's
   * own part stands in, and a check ends. Absent where nothing was.
   */
  fault?: string;
}

/** A step that this version does not know: it is kept as it came. */
export interface UnknownStep {
  /** Says which step it is. */
  step: 'unknown';
  /** Its name in the file. */
  name: string;
  /** Its keys in the file, without those of the stamp. */
  keys: Record<string, unknown>;
}

/** One thing that a loop, its network or its scenario did. Bytes are plain arrays until written. */
export type Step =
  | SocketStep
  | SetsockoptStep
  | BindStep
  | ListenStep
  | SelectStep
  | AcceptStep
  | RecvStep
  | HandshakeStep
  | ParseStep
  | DealStep
  | BroadcastStep
  | SendStep
  | BlockStep
  | DisconnectStep
  | ErrorStep
  | ArriveStep
  | ActStep
  | AgainStep
  | FaultStep
  | WakeStep
  | OtherStep
  | BrokerStep
  | CallStep
  | UnknownStep;

/** The name of a step. */
export type StepName = Step['step'];

/** A line of a stranger's program. */
export interface SourcePlace {
  /** The file, as the program's debug symbols name it. */
  file: string;
  /** The line, from 1. */
  line: number;
}

/** What every event of a trace carries beside its step. */
export interface Stamp {
  /** The version of the trace format. */
  v: 1;
  /** The event's number in its trace, from 0. */
  seq: number;
  /** The call of select that it belongs to, from 1; 0 before the first. */
  turn: number;
  /** Milliseconds on the network's clock. */
  t: number;
  /** Present where a line of one's own did it, and not the kit's: see `CallStep`. */
  by?: 'you';
  /** The line that made the call, worked out from the program's debug symbols. Absent where nobody asked. */
  source?: SourcePlace;
}

/** One line of a trace. */
export type TraceEvent = Stamp & Step;
