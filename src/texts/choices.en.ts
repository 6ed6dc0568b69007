/**
 * What who chooses a wrong letter of a lesson's question takes for true, by lesson and letter. The teacher
 * sees it when the votes are shown.
 * @module
 */

/** The texts by key. */
export const choices = {
  'choice.0.a':
    'thinks that the server goes round its sockets and tries each; it sleeps, and select wakes it up',
  'choice.0.c': 'leaps over the reading: what nobody has read cannot be passed on',
  'choice.1.a':
    'has not seen that the request which waits is at the server already when the news comes',
  'choice.1.c': 'takes waiting for being late: the wait is over when the news comes',
  'choice.2.a':
    'thinks that accept makes the connection; the kernel makes it, and accept takes it out of a queue',
  'choice.2.b':
    'takes the number at its word, and a full queue for a refusal; Linux takes one more, and lets the rest wait',
  'choice.2.d': 'thinks that the kernel keeps a place for everyone; the queue has an end',
  'choice.3.a':
    'thinks that the server hears everyone at any time; while a recv blocks, it hears one',
  'choice.3.b':
    'takes the server for the machine: the kernel connects, however busy the program is',
  'choice.4.a':
    'thinks that select answers with what it returns; it answers in the array that it was given',
  'choice.4.b':
    'thinks that the array is counted anew; the keys stay, and by them one knows whose socket it is',
  'choice.5.b': 'thinks that select tells news; it tells how things are',
  'choice.5.c': 'thinks that one accept empties the queue; it takes one client out',
  'choice.6.a':
    'takes zero bytes for nothing to read; it is the end of the stream, and that can be read again and again',
  'choice.6.c': 'takes the end for an error; the descriptor is still good until it is closed',
  'choice.7.a': 'takes a send for a message; TCP carries bytes, and keeps no boundaries',
  'choice.7.b': 'lets sends be joined, and not cut; a recv may end in the middle of one',
  'choice.8.a': 'takes the lines for the request; it ends with the empty line, and not before',
  'choice.8.c': 'makes a client pay for what the network did; the byte is on its way',
  'choice.9.a': 'takes a hash for a secret; anyone can work this one out',
  'choice.9.c': 'takes a hash for encryption; what follows is there for all to read',
  'choice.10.a': 'reads hex as decimal, and the byte as one field',
  'choice.10.b': 'reads the byte as one number; it is two fields, the mask bit and the length',
  'choice.11.a': 'has met 126 as a length; here it is a mark, which only looks like one',
  'choice.11.c': 'puts the border one too high: 127 is for what two bytes cannot hold',
  'choice.12.a': 'takes the mask for encryption; the key stands in front of the message',
  'choice.12.b': 'takes the mask for a checksum; a byte that was changed comes out as another byte',
  'choice.13.b': 'thinks that each send waits for its turn of select; all of it is one turn',
  'choice.13.c':
    'thinks that the loop has to turn between reading and sending; both stand in one turn',
  'choice.14.a': 'thinks of messages; the browser reads bytes, and the first have to be HTTP',
  'choice.14.c': 'thinks that TCP knows of handshakes; it carries whatever is sent',
  'choice.15.a': 'believes better of the original than it deserves; it looks at no opcode',
  'choice.15.b':
    'says what the tutorial says; a browser that ends in good order sends a Close frame',
  'choice.16.a': 'takes a fragment for a message; only the whole has to be UTF-8',
  'choice.16.c': 'has seen a decoder do so; half a character has to be kept until the rest comes',
  'choice.17.a': 'thinks that a network stores; it only carries',
  'choice.17.b': 'thinks that TCP drops; it never drops what it has taken, it takes no more',
  'choice.18.a':
    'has not seen the time-out: only without one does select sleep until someone speaks',
  'choice.18.b': 'reads 10 as milliseconds; the last two arguments are seconds and microseconds',
  'choice.19.b':
    'has understood masking, and not counted: at the 9th byte the key begins again anyway',
  'choice.19.c': 'thinks that the server sees the mistake; to it the bytes are as good as any',
  'choice.20.a': 'describes epoll; select is given the whole list each time',
  'choice.20.c': 'thinks that select remembers; it forgets the list when it returns',
  'choice.21.a': 'wants a server that mends texts; for a terminal they would be wrong then',
  'choice.21.b': 'thinks that a browser knows what was meant; it runs what stands in the page',
  'choice.22.a':
    'thinks that nobody closes the connection; what no variable holds, PHP frees, and a freed socket is closed',
  'choice.22.c':
    "thinks that the connection is the server's because it was accepted; nothing holds it",
  'choice.23.a':
    'thinks that a timer interrupts; it is looked at only when the loop is back from the handler',
  'choice.23.c':
    'thinks that the timer counts down; it is a moment on the clock, which goes on meanwhile',
  'choice.24.a':
    'thinks of a slow reader; these clients read at once, and the loop sleeps in select',
  'choice.24.b': 'thinks of a time-out; this select has none, it sleeps until something comes',
  'choice.25.a':
    'thinks that a loop waits until its own words come back from the broker; those here hear at once',
  'choice.25.c':
    'thinks of one clock for all; each loop hears in the order in which things come to it',
} as const;
