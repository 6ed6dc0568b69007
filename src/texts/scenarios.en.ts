/**
 * What one sees in each scenario that ships, by its name.
 * @module
 */

/** The texts by name. */
export const scenarios = {
  'one-client':
    'Ada connects, shakes hands, logs in, says two things and closes her page. The answer to the handshake shows how the original writes its head.',
  'two-clients':
    'Ada and 小明 log in, talk and leave: 小明 closes his page, Ada calls ws.close(). Each hears all that is said, her own words too.',
  'three-clients':
    'Three people come, talk in Chinese and in emoji, and leave one after the other in three ways: a page that closes, ws.close(), a plain FIN.',
  'login-order':
    'Three clients connect and log in the other way round. The original lists people in the order of connecting, with "" for those who have no name yet.',
  'eight-bytes':
    'A page that is closed sends a Close frame of 8 bytes, ws.close() one of 6. The original logs both out because fewer than 9 bytes came, and sends no Close frame back.',
  'short-texts':
    'Texts of 0, 1 and 2 bytes are as short as a goodbye: the original throws out who sends them. A text of 3 bytes is read.',
  'close-with-reason':
    'ws.close(1000, "bye") makes a Close frame of 11 bytes, which the original takes for chat: everyone gets [], and 小明 stays in the list until TCP ends.',
  'half-close':
    '小明 sends FIN and goes on reading. He is logged out, and the server ends its half too. The room does the same, as FIN without a Close frame is no goodbye of WebSocket.',
  reset:
    'One client vanishes by RST, one by FIN before its handshake. To the original both are logouts like any other, the second of a person without a name.',
  'silent-socket':
    'A client connects and says nothing. The original sends it the frames of the chat before any answer to a handshake, and lists it as "".',
  paused:
    'While the server stands still, three people speak, one leaves and one connects. When it goes on, it serves the listener first, then the clients in the order of connecting.',
  'slow-reader':
    '小明 stops reading and Ada goes on talking. When the buffers between are full, a blocking write stops the whole original, and a new client waits too, until 小明 is gone.',
  'two-frames':
    'Ada sends two messages that arrive together. The original takes them for one, loses both and sends [] to everyone; a Close frame behind a message is lost as well.',
  'split-frame':
    'A message arrives in two parts. The original reads each as a frame: [] goes out for a part of 9 bytes or more, and a part under 9 bytes throws its sender out.',
  'large-message':
    'A payload of 2,040 bytes is the longest that one recv takes. One byte more, and the original reads the last byte as a frame and throws the sender out; 5,000 bytes are three times [].',
  ping: 'The original answers no ping: one of 4 bytes is [] for everyone, one whose payload is a message is chat, an empty one throws its sender out.',
  fragments:
    'A message in two fragments is lost, each is [] for everyone. A whole message in a first fragment is chat at once, and the empty fragment behind it throws 小明 out.',
  binary:
    'Each client breaks another rule of the first byte: a binary frame, a reserved bit, an opcode that is not defined. The original never looks at it, so all of it is chat.',
  unmasked:
    '小明 sends a frame without a mask. The original takes the first four bytes of the payload for the mask, makes nonsense of the rest and sends [].',
  'lying-length':
    'Headers that claim 1 byte, 100 bytes, and the right number in 16 and in 64 bits where 7 would do. To the original the length only tells where the mask is: it is all chat.',
  'plain-get':
    'A browser asks for a page, something posts a form, something speaks TLS, something sends nine letters. The original answers all with 101 and counts them as clients.',
  'split-handshake':
    'Requests that arrive in two parts: cut inside the key, in front of the last CRLF, after 5 bytes. The original answers the first part, and reads the second as a frame.',
  'long-request':
    'A request of 3,000 bytes, as a page with many cookies sends it. The original answers its first 2,048 bytes and reads the rest as a frame: everyone gets [].',
  'glued-handshake':
    'A request and the first frame arrive together. The original answers the request and loses the frame.',
  'lower-case-key':
    'A client writes its header names in lower case, as HTTP allows. The original does not find the key, takes some text from byte 18 on for it, and answers with a wrong accept value.',
  'not-json':
    'What the original cannot read, or has no answer for, is an empty array for everyone. Its page shows it as NaN.',
  'bad-utf8':
    'A text frame holds bytes that are no UTF-8. The original sends [] to everyone and keeps the connection.',
  'any-text':
    'Chinese, emoji, quotation marks and slashes come back as the original escapes them: in ASCII only. JSON.parse makes the same text of it.',
  html: 'A name and a text hold HTML. The original passes it on as it is, and its page puts it into innerHTML, where it runs.',
  nameless:
    '小明 talks before he has logged in, and takes an empty name then. The original lets him, with "" for his name, and tells of the logout of nobody.',
  rename:
    '小明 takes the name that Ada has, then logs in again with another one. Two may bear one name in the original, and nobody hears that the old name is gone.',
  'forged-logout':
    '小明 says that Ada has left. The original tells everyone so, with a list in which she still is.',
  'loose-type':
    'Types that are no text: 0 and true are a login to the original, because PHP 7 compares loosely; 1, "0", null and [] are nothing.',
  'odd-types':
    'Names and texts of other types pass through the original as PHP writes them: 1.0 becomes 1, {} becomes [], and what is missing becomes null.',
  'infinite-name':
    '1e999 is infinite, and JSON has no such number: the original answers with an empty frame. Once it is a name, every login and logout is an empty frame.',
  'length-65025':
    'A list of people of 65,024 bytes, then one of 65,025. The original writes the length of the second in 64 bits, where 16 are enough for up to 65,535.',
} as const;
