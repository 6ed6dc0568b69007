/**
 * What `loopscope class serve` adds to `serve`: a room that counts votes and takes progress, the folder
 * that keeps both, a door for the teacher's desk, and a veil over all that a trace would tell of a vote.
 * @module
 */

import { Server, type ServerOptions } from '../chat/server.js';
import { deskOf } from '../class/desk-view.js';
import { classLessons } from '../class/lessons.js';
import { ClassRoom } from '../class/room.js';
import { Veil } from '../class/veil.js';
import type { Net } from '../net/net.js';
import type { Language } from '../texts/language.js';
import type { TraceEvent } from '../trace/event.js';
import { ClassDoor } from './class-door.js';
import { ClassFolder, type Ports } from './class-folder.js';
import { ClassRehearsal, type RehearsalAsked } from './class-rehearsal.js';

/** A class beside a server. */
export class ClassServer {
  readonly folder: ClassFolder;
  readonly door: ClassDoor;
  /** Played students; null for none. */
  readonly rehearsal: ClassRehearsal | null;
  readonly #room: ClassRoom;
  readonly #veil = new Veil();
  #net: Net | null = null;

  /**
   * @param rehearsed who is played; null for nobody
   * @throws Failure where the folder is another's, or cannot be written
   */
  constructor(path: string, language: Language, rehearsed: RehearsalAsked | null = null) {
    const folder = ClassFolder.open(path);
    const { state, token } = folder;
    const lessons = classLessons(language);
    this.folder = folder;
    this.rehearsal = rehearsed && new ClassRehearsal(rehearsed, language);
    const room = new ClassRoom({
      state,
      lessons,
      keep: (records) => folder.keep(records),
      changed: () => this.door.changed(),
    });
    this.#room = room;
    this.door = new ClassDoor({
      token,
      desk: () => {
        const { vote, here } = room;
        return deskOf({ state, lessons, vote, here, isFull: folder.isFull });
      },
      command: (command) => {
        const why = room.command(command);
        if (why === null) this.#net?.interrupt(); // the next turn tells everyone
        return why;
      },
    });
  }

  /** Makes the server. */
  listenOn(net: Net, limits: ServerOptions): Server {
    this.#net = net;
    return new Server(net, this.#room, limits);
  }

  /** The event as it may be seen. */
  veiled(event: TraceEvent): TraceEvent {
    return this.#veil.over(event);
  }

  /** Keeps where everyone finds it again, and says where others join. */
  opened(ports: Ports, join: readonly string[]): void {
    this.folder.keepPorts(ports);
    this.door.join = join;
  }

  /** Gives the folder to the next. */
  close(): void {
    this.rehearsal?.end();
    this.folder.close();
  }
}
