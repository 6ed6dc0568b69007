/**
 * What `loopscope serve` opens before its loop begins, and what is said of it: the room's port, the file of
 * its steps, the banner. What a person can mend is said in one line.
 * @module
 */

import { type Address, SocketError } from '../net/net.js';
import { Failure } from '../terminal/failure.js';
import { isTerminal } from '../terminal/keys.js';
import { TraceFile } from '../terminal/trace-file.js';
import type { Language } from '../texts/language.js';
import type { BindStep, Step } from '../trace/event.js';
import { type Banner, serveSpeaker } from './banner.js';
import type { ClassServer } from './class-server.js';
import { asTyped, onFreePort } from './free-port.js';
import { USUAL_PAGE_PORT } from './open-pages.js';
import type { ServeOptions } from './options.js';
import type { Live, PageServer } from './page-server.js';

/** The room's port where nobody asked for one. */
const USUAL_PORT = 8080;

/** Whether the steps go to a file. */
export function isFile(trace: string): boolean {
  return trace !== 'text' && trace !== 'off';
}

/** Opens the listening socket. @throws Failure where its port is taken, or is none of this machine */
export async function listen(
  room: { listen(address: Address): Promise<Step[]> },
  { host, port }: ServeOptions,
): Promise<Step[]> {
  try {
    return await onFreePort(port, USUAL_PORT, (port) => room.listen({ host, port }));
  } catch (error) {
    if (!(error instanceof SocketError)) throw error;
    if (error.code !== 'EADDRINUSE') throw new Failure(error);
    throw new Failure('serve.portTaken', { message: error, option: asTyped('--port N') });
  }
}

/** @param onEnd told in a sentence that the trace has ended before the server */
export function openTrace(
  { trace, traceLimit, profile, force = false }: ServeOptions,
  onEnd: (sentence: string) => void,
  language: Language,
): TraceFile {
  const say = serveSpeaker(language);
  return TraceFile.open(trace, {
    maker: { program: 'loopscope', profile, clock: 'real', recorder: 'serve' },
    limit: traceLimit * (1 << 20),
    force,
    onEnd: (why) => onEnd(say('file.ends', { file: trace, why })),
    language,
  });
}

/** Where the room listens. */
export function boundTo(opened: readonly Step[]): BindStep {
  const bind = opened.find((entry) => entry.step === 'bind');
  if (bind === undefined) throw new Error('bug: listening takes a bind');
  return bind;
}

/** What there is to say at the start. */
export function bannerOf(
  opened: readonly Step[],
  options: ServeOptions,
  pages: PageServer | null,
  steps: Live | null,
  group: ClassServer | null,
): Banner {
  const { host, port } = boundTo(opened);
  const { trace, profile, allowOrigin = [] } = options;
  const pagePort = pages?.port ?? null;
  return {
    host,
    port,
    taken: takenOf(port, pagePort, options),
    pagePort,
    token: steps?.token ?? null,
    letsInDisk: profile === 'original' || allowOrigin.some((one) => one === 'null' || one === '*'),
    file: isFile(trace) ? trace : null,
    hasStepper: options.step === true && isTerminal(),
    folder: group?.folder.path ?? null,
  };
}

/** The usual ports that were taken; one that was asked for is another matter. */
function takenOf(port: number, pagePort: number | null, asked: ServeOptions): number[] {
  const taken = asked.port === undefined && port !== USUAL_PORT ? [USUAL_PORT] : [];
  const isUsual = asked.pagePort === undefined && asked.port !== 0;
  const isPageElsewhere = isUsual && pagePort !== null && pagePort !== USUAL_PAGE_PORT;
  return isPageElsewhere ? [...taken, USUAL_PAGE_PORT] : taken;
}
