/**
 * Texts of the cut slider.
 * @module
 */

/** The texts by key. */
export const cuts = {
  'cuts.title': 'Cuts',
  'cuts.about':
    'TCP is a stream: it may part and join bytes anywhere. Move the cuts, and see what one recv gets and what comes of it.',
  'cuts.stream': 'Stream',
  'cuts.stream.two': 'two messages',
  'cuts.stream.client': '{client} of {scenario}',
  'cuts.stream.own': 'pasted bytes',
  'cuts.paste': 'Paste bytes',
  'cuts.long': 'The first {most} of {n, plural, one {# byte} other {# bytes}} are taken.',
  'cuts.none': '{client} says nothing in {scenario}: two messages were taken instead.',
  'cuts.one': 'One piece',
  'cuts.frames': 'Frame by frame',
  'cuts.bytes': 'Byte by byte',
  'cuts.add': 'Add a cut',
  'cuts.remove': 'Remove',
  'cuts.track': 'The stream, {n, plural, one {# byte} other {# bytes}}',
  'cuts.track.hint':
    'Drag a cut, or move it with the arrow keys; Delete takes it away. A double click on the stream adds one.',
  'cuts.handle': 'Cut {i} of {n}',
  'cuts.handle.value': 'behind byte {at}, {where}',
  'cuts.where.boundary': 'between two frames',
  'cuts.where.inside': 'within {field}',
  'cuts.where.before': 'in front of {field}',
  'cuts.every': 'Try every cut',
  'cuts.every.busy': 'Trying every cut …',
  'cuts.every.none':
    '{tried, plural, one {# cut} other {# cuts}} within frames, one at a time: none changes what anyone gets.',
  'cuts.every.some':
    '{n} of {tried, plural, one {# cut} other {# cuts}} within frames change what someone gets: {ranges}.',
  'cuts.reader': '{name}:',
  'cuts.whole': 'Everyone gets the same as when each frame comes by itself.',
  'cuts.hurt': 'Not the same as when each frame comes by itself.',
  'cuts.heard': '{name} hears',
  'cuts.heard.nothing': 'nothing.',
  'cuts.playing': 'Playing …',
  'cuts.segment': 'Segment {i}',
  'cuts.recv': 'One recv gets',
  'cuts.decoder': 'The decoder',
  'cuts.decoder.answered': 'The request is whole: {status}.',
  'cuts.decoder.frame': '{name}, {n, plural, one {# byte} other {# bytes}}',
  'cuts.decoder.holds': 'holds {n, plural, one {# byte} other {# bytes}}',
  'cuts.decoder.nothing': 'holds nothing: the next byte begins a frame',
  'cuts.decoder.waits': 'waits for {field}: {have} of {length} here',
  'cuts.decoder.request': 'waits for the end of the request',
  'cuts.decoder.stopped': 'has stopped: {problem}',
  'cuts.nothing': 'Nothing to do yet: it waits for more.',
  'cuts.unread': 'Never read: the connection is over.',
  'cuts.key.add': 'add a cut',
  'cuts.key.every': 'try every cut',
} as const;
