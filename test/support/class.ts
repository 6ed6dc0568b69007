/**
 * A class in a process of its own, its students, and its teacher's desk.
 * @module
 */

import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import type { Command, Desk } from '../../src/class/desk.js';
import { type ClassAnswer, newPerson, readClassAnswer } from '../../src/class/messages.js';
import { type Answer, ask, EventReader } from './events.js';
import type { ServedRoom } from './serve.js';

const folders: string[] = [];
const students = new Set<Student>();

/** A folder for a class. */
export function classFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'class-'));
  folders.push(folder);
  return join(folder, 'class');
}

/** Ends all students, and takes the folders away. */
export function endClass(): void {
  for (const student of students) student.leave();
  students.clear();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** One student's page. */
export class Student {
  /** All that it was told, of the class and of the chat. */
  readonly heard: string[] = [];
  readonly person: string;
  readonly #socket: WebSocket;
  #look: () => void = () => {};

  private constructor(socket: WebSocket, person: string) {
    this.#socket = socket;
    this.person = person;
    socket.on('message', (data) => {
      this.heard.push(String(data));
      this.#look();
    });
    socket.on('close', () => this.#look());
    socket.on('error', () => {});
    students.add(this);
  }

  /** Comes in. */
  static async join(url: string, person = newPerson()): Promise<Student> {
    const socket = new WebSocket(url);
    const student = new Student(socket, person);
    await once(socket, 'open');
    return student;
  }

  say(message: object | string): void {
    this.#socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  hello(name: string | null = null): void {
    this.say({ type: 'class', person: this.person, name });
  }

  /** Votes. @returns what the room answers */
  async vote(letter: string, lesson = 7, round = 1): Promise<ClassAnswer> {
    const before = this.answers.filter(({ type }) => type === 'vote').length;
    this.say({ type: 'vote', person: this.person, lesson, round, letter });
    return this.until((all) => all.filter(({ type }) => type === 'vote')[before]);
  }

  get answers(): ClassAnswer[] {
    return this.heard.map(readClassAnswer).filter((one) => one !== null);
  }

  /** Waits until something is found in what the room said to the class. */
  async until<T>(find: (answers: ClassAnswer[]) => T | undefined): Promise<T> {
    for (;;) {
      const found = find(this.answers);
      if (found !== undefined) return found;
      if (this.#socket.readyState > WebSocket.OPEN) throw new Error(`gone: ${this.heard}`);
      await new Promise<void>((resolve) => {
        this.#look = resolve;
      });
    }
  }

  leave(): void {
    this.#socket.terminate();
  }
}

/** The teacher's desk. */
export class TeachersDesk {
  readonly #port: number;
  readonly #token: string;
  readonly #reader: EventReader;

  private constructor(port: number, token: string, reader: EventReader) {
    this.#port = port;
    this.#token = token;
    this.#reader = reader;
  }

  /** Opens the address that the terminal shows. */
  static async open(room: ServedRoom): Promise<TeachersDesk> {
    const { port, hash } = new URL(room.desk);
    const token = new URLSearchParams(hash.slice(1)).get('token') ?? '';
    const reader = await EventReader.openAt(Number(port), `/class/events?token=${token}`);
    return new TeachersDesk(Number(port), token, reader);
  }

  /** Asks for something. */
  ask(command: Command | string, token = this.#token): Promise<Answer> {
    const body = typeof command === 'string' ? command : JSON.stringify(command);
    const headers = { Authorization: `Bearer ${token}` };
    return ask(this.#port, '/class/control', { method: 'POST', headers }, body);
  }

  /** Waits until the desk shows what fits. */
  async until(fits: (desk: Desk) => boolean): Promise<Desk> {
    const last = (): Desk => JSON.parse(this.#reader.told.at(-1)?.data ?? '{}') as Desk;
    await this.#reader.until(({ told }) => told.at(-1)?.event === 'desk' && fits(last()));
    return last();
  }

  close(): void {
    this.#reader.close();
  }
}
