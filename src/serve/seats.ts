/**
 * Who may have a connection to the page server. Knows connections and their addresses, nothing of
 * what is asked for. One address gets only its share, and a connection on which nothing is being
 * answered gives way to who comes next; so idle ones keep nobody out.
 * @module
 */

import type { IncomingMessage } from 'node:http';
import { isLoopbackAddress } from '../chat/origin.js';

/** A connection; only net/node*.ts may import node:net. */
export type Connection = IncomingMessage['socket'];

/** How many connections there may be at a time. */
export interface SeatLimits {
  /** From the network; and as many again from the loopback, so that neither keeps the other out. */
  connections: number;
  /** From one address of the network. The loopback is not counted: there the teacher sits. */
  connectionsPerAddress: number;
}

/** A connection that was let in. */
interface Seat {
  readonly connection: Connection;
  readonly address: string;
  readonly isNear: boolean;
  /** How many of its requests are being answered. */
  asked: number;
}

/** The connections that are let in. */
export class Seats {
  readonly #limits: SeatLimits;
  /** Those that were idle longest first. */
  readonly #taken = new Map<Connection, Seat>();

  constructor(limits: SeatLimits) {
    this.#limits = limits;
  }

  /** Lets a connection in, or cuts it off where there is no seat and nobody gives way. */
  take(connection: Connection, address: string): void {
    const { connections, connectionsPerAddress } = this.#limits;
    const isNear = isLoopbackAddress(address);
    const isNeighbour = (seat: Seat): boolean => seat.address === address;
    const hasRoom =
      (isNear || this.#makeRoom(connectionsPerAddress, isNeighbour)) &&
      this.#makeRoom(connections, (seat) => seat.isNear === isNear);
    if (!hasRoom) {
      connection.destroy();
      return;
    }
    this.#taken.set(connection, { connection, address, isNear, asked: 0 });
    connection.once('close', () => this.#taken.delete(connection));
  }

  /** Keeps that something is asked for on it: it does not give way until that is answered. */
  asked(connection: Connection): void {
    const seat = this.#taken.get(connection);
    if (seat !== undefined) seat.asked++;
  }

  /** Keeps that it was answered. */
  answered(connection: Connection): void {
    const seat = this.#taken.get(connection);
    if (seat === undefined) return;
    seat.asked--;
    this.#taken.delete(connection);
    this.#taken.set(connection, seat); // it is idle from now on
  }

  /** @returns whether fewer than `most` are left of some; an idle one makes way for that */
  #makeRoom(most: number, isOne: (seat: Seat) => boolean): boolean {
    const some = [...this.#taken.values()].filter(isOne);
    if (some.length < most) return true;
    const idle = some.find(({ asked }) => asked === 0);
    if (idle === undefined) return false;
    this.#taken.delete(idle.connection);
    idle.connection.destroy();
    return true;
  }
}
