<?php

/**
 * A WebSocket chat room in one PHP file, on one socket_select: the twin, for PHP 8.1 and later, of
 * an original that runs on PHP 7. It takes the same steps and puts the same bytes on the wire,
 * defects included, so it is no model of a server: what a peer sends is hardly looked at.
 *
 *     php server.php [PORT] [HOST]
 *
 * LOOPSCOPE_TRACE=FILE keeps every step in FILE as a trace, version 1. A region holds the lines
 * that are the step of its name, for viewers that show the code beside the trace.
 */

declare(strict_types=1);

function fail(string $message, int $exitCode = 1): never
{
    fwrite(STDERR, "server.php: $message\n");
    exit($exitCode);
}

// The grammar of this file is that of PHP 7.4, so that 7.4 gets as far as this line.
if (PHP_VERSION_ID < 80100) {
    fail('this needs PHP 8.1 or later, and this is PHP ' . PHP_VERSION);
}
if (!extension_loaded('sockets')) {
    fail('this needs the extension "sockets"; php -m lists what there is');
}

final class ChatServer
{
    private const BACKLOG = 9;

    /** Most bytes that one recv takes. */
    private const RECV_LENGTH = 2048;

    /** Fewer bytes than this are a goodbye: the Close frame of a page that is closed has 8. */
    private const SHORTEST_MESSAGE = 9;

    private Socket $master;

    /**
     * The table: the listener is entry 0, then the clients by fd, in the order of connecting. Each
     * has its socket as `resource`, and once more as `watched` unless select cannot take it.
     */
    private array $sockets = [];

    /** The fd of every open socket. It keeps none open: PHP closes a socket with its last reference. */
    private WeakMap $fds;

    /** @var resource|null the file of the trace */
    private $trace = null;
    private int $seq = 0;
    private int $turn = 0;
    private float $start;

    /** @param string $tracePath '' for no trace */
    public function __construct(string $host, int $port, string $tracePath)
    {
        $this->fds = new WeakMap();
        $this->start = hrtime(true);
        if ($tracePath !== '') {
            fclose(STDIN); // the file takes fd 0, so that the listener is fd 3 with or without a trace
            $this->trace = @fopen($tracePath, 'w') ?: fail("cannot write the trace: $tracePath");
        }

        // #region socket
        $this->master = socket_create(AF_INET, SOCK_STREAM, SOL_TCP);
        $fd = $this->number($this->master);
        $this->step('socket', [
            'fd' => $fd, 'domain' => 'AF_INET', 'type' => 'SOCK_STREAM', 'protocol' => 'SOL_TCP',
        ]);
        // #endregion
        // #region setsockopt
        socket_set_option($this->master, SOL_SOCKET, SO_REUSEADDR, 1);
        $this->step('setsockopt', [
            'fd' => $fd, 'level' => 'SOL_SOCKET', 'option' => 'SO_REUSEADDR', 'value' => 1,
        ]);
        // #endregion
        // #region bind
        @socket_bind($this->master, $host, $port) || self::refuse('bind', $host, $port);
        socket_getsockname($this->master, $host, $port); // port 0 has become a real one
        $this->step('bind', ['fd' => $fd, 'host' => $host, 'port' => $port]);
        // #endregion
        // #region listen
        @socket_listen($this->master, self::BACKLOG) || self::refuse('listen', $host, $port);
        $this->step('listen', ['fd' => $fd, 'backlog' => self::BACKLOG]);
        // #endregion

        $this->sockets[0] = ['resource' => $this->master, 'watched' => $this->master];
        fwrite(STDOUT, "listening on $host:$port\n");
    }

    public function run(): never
    {
        while (true) {
            $this->doServer();
        }
    }

    /** One turn: wait in select, then serve every readable socket once, in the order of the table. */
    private function doServer(): void
    {
        // #region select
        $watched = array_column($this->sockets, 'watched');
        $sockets = $watched;
        $write = $except = null;
        $ready = @socket_select($sockets, $write, $except, null); // leaves the readable in $sockets
        $this->turn++;
        if ($ready === false) {
            return;
        }
        $this->step('select', [
            'read' => $this->numbers($watched), 'write' => [],
            'readyRead' => $this->numbers($sockets), 'readyWrite' => [],
            'scanned' => count($watched),
        ]);
        // #endregion

        foreach ($sockets as $socket) {
            if ($socket === $this->master) {
                // #region accept
                $client = @socket_accept($this->master);
                if ($client !== false) { // without a free fd the listener stays readable: the loop spins
                    $this->connect($client);
                }
                // #endregion
                continue;
            }

            // #region recv
            // TCP keeps no boundaries: this may be half a message, or three, and nobody looks.
            $bytes = @socket_recv($socket, $buffer, self::RECV_LENGTH, 0);
            if ($bytes !== false) {
                $this->step('recv', ['fd' => $this->fds[$socket], 'bytes' => (string) $buffer]);
            }
            // #endregion

            // #region lesson-short
            if ($bytes < self::SHORTEST_MESSAGE) { // false, after a reset, is less too
                $recvMsg = $this->disconnect($socket, $bytes);
                $text = (string) json_encode($recvMsg);
            // #endregion
            } elseif (!$this->sockets[$this->fds[$socket]]['handshake']) {
                $this->handShake($socket, $buffer);
                continue;
            } else {
                $text = $this->parse($socket, $buffer);
                $recvMsg = json_decode($text, true);
            }
            $this->broadcast($this->dealMsg($socket, $recvMsg, $text));
        }
        // Those who left get their FIN now: with $sockets goes the last reference to their sockets.
    }

    private function connect(Socket $socket): void
    {
        $host = '';
        $port = 0;
        @socket_getpeername($socket, $host, $port); // fails for a client that is gone already
        // #region lesson-enter
        $fd = $this->number($socket);
        $this->sockets[$fd] = ['resource' => $socket, 'uname' => '', 'handshake' => false];
        if (self::fitsSelect($socket)) {
            $this->sockets[$fd]['watched'] = $socket;
        }
        // #endregion
        $this->step('accept', [
            'listener' => $this->fds[$this->master], 'fd' => $fd, 'host' => $host, 'port' => $port,
        ]);
    }

    /**
     * Takes a client out of the table, before the others hear of it.
     *
     * @param int|false $bytes what recv returned
     * @return array the message that the client might have sent
     */
    private function disconnect(Socket $socket, $bytes): array
    {
        // #region disconnect
        $fd = $this->fds[$socket];
        $recvMsg = ['type' => 'logout', 'content' => $this->sockets[$fd]['uname']];
        unset($this->sockets[$fd]);
        $cause = $bytes === false ? 'reset' : ($bytes === 0 ? 'fin' : 'short-read');
        $this->step('disconnect', ['fd' => $fd, 'cause' => $cause]);
        return $recvMsg;
        // #endregion
    }

    /** Answers 101 to whatever came: only the key is looked for, and only in these bytes. */
    private function handShake(Socket $socket, string $buffer): void
    {
        // #region handshake
        // A name that is not found counts as found at 0, and a line without an end as empty.
        $lineWithKey = substr($buffer, (int) strpos($buffer, 'Sec-WebSocket-Key:') + 18);
        $key = trim(substr($lineWithKey, 0, (int) strpos($lineWithKey, "\r\n")));
        $accept = base64_encode(sha1($key . '258EAFA5-E914-47DA-95CA-C5AB0DC85B11', true));
        $this->step('handshake', ['fd' => $this->fds[$socket], 'key' => $key, 'accept' => $accept]);
        $this->send($socket, "HTTP/1.1 101 Switching Protocols\r\n"
            . "Upgrade: websocket\r\n"
            . "Sec-WebSocket-Version: 13\r\n"
            . "Connection: Upgrade\r\n"
            . "Sec-WebSocket-Accept:$accept\r\n\r\n");
        $this->sockets[$this->fds[$socket]]['handshake'] = true;
        $greeting = ['type' => 'handshake', 'content' => 'done'];
        $this->send($socket, $this->build(json_encode($greeting)));
        // #endregion
    }

    /**
     * Takes the mask off, and everything behind the mask for the payload.
     *
     * The length only tells where the mask is. FIN, opcode and the mask bit are not looked at, so a
     * ping is chat too, and a second frame in the same bytes ends up in the text of the first.
     */
    private function parse(Socket $socket, string $buffer): string
    {
        // #region parse
        $length = ord($buffer[1]) & 0b0111_1111;
        $maskAt = $length === 126 ? 4 : ($length === 127 ? 10 : 2);
        $mask = substr($buffer, $maskAt, 4);
        $data = substr($buffer, $maskAt + 4);
        $text = $data ^ str_repeat($mask, intdiv(strlen($data), 4) + 1);
        $this->step('parse', [
            'fd' => $this->fds[$socket],
            'fin' => (ord($buffer[0]) & 0b1000_0000) !== 0,
            'opcode' => ord($buffer[0]) & 0b0000_1111,
            'masked' => (ord($buffer[1]) & 0b1000_0000) !== 0,
            'payloadLength' => strlen($data),
            'bytes' => $buffer,
        ]);
        return $text;
        // #endregion
    }

    /** Makes a text frame, by way of hex digits. */
    private function build(string $msg): string
    {
        // #region lesson-build
        $length = strlen($msg);
        if ($length < 126) {
            $hex = sprintf('81%02x', $length);
        } elseif ($length < 65025) { // 255 times 255: the 16 bits would do for 511 lengths more
            $hex = sprintf('817e%04x', $length);
        } else {
            $hex = sprintf('817f%016x', $length);
        }
        // #endregion
        for ($i = 0; $i < $length; $i++) {
            $hex .= dechex(ord($msg[$i])); // one digit for a byte under 0x10, but JSON holds none
        }
        return pack('H*', $hex);
    }

    /**
     * Makes the answer to a message; what cannot be understood is answered with an empty array.
     *
     * @param mixed $recvMsg what JSON made of the text, null if it was none
     * @param string $text only for the trace
     */
    private function dealMsg(Socket $socket, $recvMsg, string $text): string
    {
        // #region deal
        $fd = $this->fds[$socket];
        // Of a string PHP 7 read the first byte here, and ?? gives null: neither is one of the words.
        $type = $recvMsg['type'] ?? null;
        $content = $recvMsg['content'] ?? null;
        // PHP 7 took a word for 0 beside a number and for true beside a boolean: the first case it was.
        if ($type === 0 || $type === 0.0 || $type === true) {
            $type = 'login';
        }
        $response = [];
        switch ($type) {
            case 'login':
                $this->sockets[$fd]['uname'] = $content;
                $users = array_column($this->sockets, 'uname');
                $response = ['type' => 'login', 'content' => $content, 'user_list' => $users];
                break;
            case 'logout': // anyone may send it about anyone, and nobody is removed
                $users = array_column($this->sockets, 'uname');
                $response = ['type' => 'logout', 'content' => $content, 'user_list' => $users];
                break;
            case 'user':
                $uname = $this->sockets[$fd]['uname'];
                $response = ['type' => 'user', 'from' => $uname, 'content' => $content];
                break;
        }
        // 1e999 is INF, which JSON cannot hold: json_encode gives false then, and the frame is empty.
        $reply = (string) json_encode($response);
        $this->step('deal', ['fd' => $fd, 'message' => $text, 'reply' => $reply]);
        return $this->build($reply);
        // #endregion
    }

    /** Writes to all in the table: to the sender, and to those who have not shaken hands yet. */
    private function broadcast(string $data): void
    {
        // #region broadcast
        $clients = array_slice(array_column($this->sockets, 'resource'), 1); // without the listener
        $this->step('broadcast', ['to' => $this->numbers($clients), 'bytes' => $data]);
        foreach ($clients as $client) {
            $this->send($client, $data);
        }
        // #endregion
    }

    /** Stands still, and the room with it, while the peer's buffers are full. A failure is nothing. */
    private function send(Socket $socket, string $data): void
    {
        // #region send
        $taken = (int) @socket_write($socket, $data, strlen($data));
        $this->step('send', ['fd' => $this->fds[$socket], 'length' => strlen($data), 'taken' => $taken]);
        // #endregion
    }

    /**
     * Tells whether select(2) can watch a socket: not if its true fd is FD_SETSIZE (1,024) or more.
     *
     * PHP 7.4 itself left such a socket out, so that it was never read; PHP 8 fails the whole call.
     */
    private static function fitsSelect(Socket $socket): bool
    {
        // #region lesson-fits-select
        $alone = [$socket];
        $write = $except = null;
        return @socket_select($alone, $write, $except, 0) !== false;
        // #endregion
    }

    /** Gives a new socket its fd. PHP 8 does not tell it, so count as POSIX does: the lowest free. */
    private function number(Socket $socket): int
    {
        $taken = array_flip(iterator_to_array($this->fds, false));
        for ($fd = 3; isset($taken[$fd]); $fd++);
        return $this->fds[$socket] = $fd;
    }

    private function numbers(array $sockets): array
    {
        return array_map(fn (Socket $socket): int => $this->fds[$socket], array_values($sockets));
    }

    /** Writes one line of the trace, at once. */
    private function step(string $step, array $fields): void
    {
        if ($this->trace === null) {
            return;
        }
        foreach ($fields as $name => $value) {
            if ($name === 'bytes') {
                $fields[$name] = bin2hex($value);
            } elseif (is_string($value) && !preg_match('//u', $value)) {
                $fields[$name] = self::latin1($value); // what a peer sent need not be text
            }
        }
        $t = round((hrtime(true) - $this->start) / 1e6, 3);
        $event = ['v' => 1, 'seq' => $this->seq++, 'turn' => $this->turn, 't' => $t, 'step' => $step];
        $line = json_encode($event + $fields, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES) . "\n";
        if (@fwrite($this->trace, $line) !== strlen($line)) {
            fail('the trace is cut off: its file takes no more');
        }
    }

    /** Reads bytes that are no UTF-8 as one character each. */
    private static function latin1(string $bytes): string
    {
        return preg_replace_callback('/[\x80-\xff]/', static function (array $match): string {
            $byte = ord($match[0]);
            return chr(0b1100_0000 | $byte >> 6) . chr(0b1000_0000 | $byte & 0b0011_1111);
        }, $bytes);
    }

    private static function refuse(string $call, string $host, int $port): never
    {
        $error = socket_last_error();
        // below -10000 are the errors of looking up a name
        $reason = $error > -10000 ? socket_strerror($error) : 'no IPv4 address, and no name of one';
        fail("$call $host:$port: $reason");
    }
}

$port = $argv[1] ?? '8080';
if ($argc > 3 || !preg_match('/^\d+$/D', $port) || (int) $port > 65535) {
    fail('usage: php server.php [PORT] [HOST]; PORT from 0 (any free one) to 65535, default 8080', 2);
}
ini_set('serialize_precision', '-1'); // the default; with another one of php.ini, 0.1 looks different
// PHP 8 keeps this file open, as fd 3, until the script has ended; PHP 7.4 did not. So the server runs
// behind the end, where it has fd 3 for its listener, and room for as many clients as the original.
register_shutdown_function(static function (string $host, int $port, string $tracePath): void {
    (new ChatServer($host, $port, $tracePath))->run();
}, $argv[2] ?? '127.0.0.1', (int) $port, (string) getenv('LOOPSCOPE_TRACE'));
