/**
 * The sockets as lanes: what waits in the kernel's queue, the socket, what waits in its outbox.
 * @module
 */

import type { JSX } from 'preact';
import { memo } from 'preact/compat';
import { useRef } from 'preact/hooks';
import { printable } from '../../trace/text.js';
import type { SocketView, View } from '../../trace/view.js';
import { useInSight } from '../shared/in-sight.js';
import { Scroller } from '../shared/scroller.js';
import { say } from '../texts.js';
import { FdButton } from '../walk/fd-button.js';
import type { Walk } from '../walk/walk.js';

/** The lanes, in the order of opening. @param walk what a descriptor moves to its next step; null for nothing */
export function Sockets({ view, walk }: { view: View; walk: Walk | null }): JSX.Element {
  const { event } = view;
  const present = event !== null && 'fd' in event ? event.fd : null;
  const listener = event?.step === 'accept' ? event.listener : null;
  const told = event?.step === 'broadcast' ? event.to : [];
  const box = useRef<HTMLElement>(null);
  useInSight(box, [event]);
  return (
    <section class="pane sockets" aria-labelledby="sockets-title">
      <h2 id="sockets-title">{say('loop.sockets')}</h2>
      {view.sockets.size === 0 ? (
        <p class="none">{say('loop.sockets.none')}</p>
      ) : (
        <Scroller box={box} label={say('loop.sockets')}>
          <table>
            <thead>
              <tr>
                <th scope="col">{say('loop.sockets.queue')}</th>
                <th scope="col">{say('loop.sockets.socket')}</th>
                <th scope="col">{say('loop.sockets.outbox')}</th>
              </tr>
            </thead>
            <tbody>
              {[...view.sockets.values()].map((socket) => (
                <Lane
                  key={socket.fd}
                  walk={walk}
                  socket={socket}
                  isPresent={
                    socket.fd === present || socket.fd === listener || told.includes(socket.fd)
                  }
                  isBlocking={socket.fd === view.blockedOn}
                />
              ))}
            </tbody>
          </table>
        </Scroller>
      )}
    </section>
  );
}

/** A socket is replaced and never changed, so a lane is drawn again only where something happened. */
const Lane = memo(function Lane({
  walk,
  socket,
  isPresent,
  isBlocking,
}: {
  walk: Walk | null;
  socket: SocketView;
  isPresent: boolean;
  isBlocking: boolean;
}): JSX.Element {
  const { fd, state, name, outbox, received, sent } = socket;
  return (
    <tr class={isPresent ? 'lane present' : 'lane'}>
      <td class="queue">
        <Queue socket={socket} />
      </td>
      <th scope="row" class={`socket state-${state}`}>
        <FdButton walk={walk} fd={fd} text={say('loop.sockets.fd', { fd: String(fd) })} />
        <span class="name">{name === null ? '' : printable(name)}</span>
        <span class="state">
          {isBlocking ? `■ ${say('loop.sockets.blocks')}` : say(`loop.state.${state}`)}
        </span>
        {state !== 'listening' && (
          <span class="total">{say('loop.sockets.total', { received, sent })}</span>
        )}
      </th>
      <td class="outbox">{state !== 'listening' && <Bar bytes={outbox} />}</td>
    </tr>
  );
});

function Queue({ socket }: { socket: SocketView }): JSX.Element {
  const { state, waiting, queued, sampled, end } = socket;
  if (queued === null && sampled !== null) {
    return (
      <>
        {state === 'listening' ? <People n={sampled} /> : <Bar bytes={sampled} />}
        <span class="end">{say('loop.sockets.sampled')}</span>
      </>
    );
  }
  if (queued === null) return <span class="unknown">{say('loop.sockets.unknown')}</span>;
  if (state === 'listening') return <People n={waiting.length} />;
  return (
    <>
      <Bar bytes={queued} />
      {end !== null && <span class="end">{say(`loop.sockets.${end}`)}</span>}
    </>
  );
}

/** Connections that wait for accept. */
function People({ n }: { n: number }): JSX.Element {
  return (
    <span class="bar">
      {n > 0 && <span class="waiting">{'▮'.repeat(Math.min(n, 12))}</span>}
      <span class={n > 0 ? 'amount' : 'amount nothing'}>{waitingText(n)}</span>
    </span>
  );
}

function waitingText(n: number): string {
  return say('loop.sockets.waiting', { n });
}

/** Bytes as a bar: logarithmic, for there may be one or a hundred thousand. */
function Bar({ bytes }: { bytes: number }): JSX.Element {
  const width = bytes === 0 ? 0 : Math.min(100, 12 + Math.log2(bytes) * 5);
  return (
    <span class="bar">
      {bytes > 0 && <span class="fill" style={{ width: `${width}%` }} />}
      <span class={bytes > 0 ? 'amount' : 'amount nothing'}>
        {say('count.bytes', { n: bytes })}
      </span>
    </span>
  );
}
