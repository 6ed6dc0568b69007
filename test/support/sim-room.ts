/** A server on a simulated network, and raw peers that talk to it byte by byte in virtual time. */

import { joinBytes } from '../../src/bytes.js';
import type { ServerOptions } from '../../src/chat/limits.js';
import type { Application } from '../../src/chat/members.js';
import { Room } from '../../src/chat/room.js';
import { Server } from '../../src/chat/server.js';
import { type Fd, SocketError } from '../../src/net/net.js';
import {
  type SimHost,
  type SimHostOptions,
  SimNet,
  type SimNetOptions,
} from '../../src/net/sim.js';
import type { Step, TraceEvent } from '../../src/trace/event.js';
import { runLoop } from '../../src/trace/loop.js';
import { Opcode } from '../../src/websocket/frame.js';
import { utf8 } from './bytes.js';
import { ascii, clientFrame, request } from './room.js';

/** What a room on a simulated network is made of. */
export interface SimRoomOptions {
  limits?: ServerOptions;
  host?: SimHostOptions;
  application?: Application;
  world?: SimNetOptions;
}

/** A server that runs in virtual time, and everything that it did. */
export class SimRoom {
  readonly sim: SimNet;
  readonly host: SimHost;
  readonly server: Server;
  readonly events: TraceEvent[] = [];
  #clients = 0;
  #loop: Promise<void> = Promise.resolve();

  private constructor({ limits, host, application = new Room(), world }: SimRoomOptions) {
    this.sim = new SimNet(world);
    this.host = this.sim.host('server', { address: '10.0.0.1', ...host });
    this.server = new Server(this.host, application, limits);
  }

  /** Opens one on port 8080. */
  static async open(options: SimRoomOptions = {}): Promise<SimRoom> {
    const room = new SimRoom(options);
    await room.server.listen({ host: '', port: 8080 });
    room.#loop = runLoop(room.host, room.server, (event) => void room.events.push(event));
    return room;
  }

  /** A machine of its own, unless an address is given. */
  machine(address = `10.0.1.${++this.#clients}`): SimHost {
    return this.sim.host(`machine ${address} ${++this.#clients}`, { address });
  }

  /** Connects, and says nothing yet. */
  async connect(machine: SimHost = this.machine()): Promise<SimPeer> {
    const fd = await machine.connect({ host: 'server', port: 8080 });
    return new SimPeer(machine, fd);
  }

  /** Connects, shakes hands and logs in; what came until then is taken off. */
  async join(name: string, machine?: SimHost): Promise<SimPeer> {
    const peer = await this.connect(machine);
    peer.send(request());
    peer.say({ type: 'login', content: name });
    await this.sim.settle();
    if (!ascii(peer.receive()).includes(']}')) throw new Error(`${name} could not join`);
    return peer;
  }

  /** The steps of one kind. */
  steps<Name extends Step['step']>(name: Name): Extract<TraceEvent, { step: Name }>[] {
    return this.events.filter(
      (event): event is Extract<TraceEvent, { step: Name }> => event.step === name,
    );
  }

  /** Why clients left, in order. */
  get causes(): string[] {
    return this.steps('disconnect').map(({ cause }) => cause);
  }

  /** Stops the server and waits for its loop. @returns the descriptors that are left open */
  async stop(): Promise<Fd[]> {
    this.server.stop();
    await this.#loop;
    await this.sim.settle();
    return this.host.openFds;
  }
}

/** A peer that sends what it is told and takes what has come. */
export class SimPeer {
  readonly host: SimHost;
  readonly fd: Fd;
  /** How the server ended the connection, as far as `receive` has seen. */
  end: 'fin' | 'reset' | null = null;

  constructor(host: SimHost, fd: Fd) {
    this.host = host;
    this.fd = fd;
  }

  send(bytes: Uint8Array | string): void {
    const all = typeof bytes === 'string' ? utf8(bytes) : bytes;
    if (this.host.send(this.fd, all) !== all.length) throw new Error('the send buffer is full');
  }

  /** Sends a masked text frame. */
  say(message: object | string): void {
    const text = typeof message === 'string' ? message : JSON.stringify(message);
    this.send(clientFrame(Opcode.text, text));
  }

  /** Takes all that has come. */
  receive(): Uint8Array {
    const parts: Uint8Array[] = [];
    while (this.end === null) {
      try {
        const bytes = this.host.recv(this.fd, 65_536);
        if (bytes.length === 0) this.end = 'fin';
        parts.push(bytes);
      } catch (error) {
        if (!(error instanceof SocketError)) throw error;
        if (error.code === 'EAGAIN') break;
        this.end = 'reset';
      }
    }
    return joinBytes(parts);
  }
}
