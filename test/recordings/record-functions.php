<?php

/**
 * What PHP's socket functions return where a program is wrong or a peer is gone: recorded, and held
 * against our own by test/net/php-functions.test.ts. Prints JSON.
 */

declare(strict_types=1);

error_reporting(0); // every false below comes with a warning

$calls = [];
/** Notes what a call returned or threw. Bytes are as they are, all ASCII here. */
$call = static function (string $what, callable $run) use (&$calls): void {
    socket_clear_error();
    try {
        $calls[] = ['what' => $what, 'gives' => $run()];
    } catch (Error $error) {
        $calls[] = ['what' => $what, 'throws' => true];
    }
};
/** The name of an error, as in our own: '' for none. */
$name = static function (int $code): string {
    if ($code === 0) return '';
    if ($code === SOCKET_EPIPE) return 'EPIPE';
    foreach (get_defined_constants(true)['sockets'] as $constant => $value) {
        if ($value === $code && str_starts_with($constant, 'SOCKET_E')) return substr($constant, 7);
    }
    return "$code";
};
$tcp = static fn(): Socket => socket_create(AF_INET, SOCK_STREAM, SOL_TCP);

$listener = $tcp();
socket_bind($listener, '127.0.0.1', 0);
socket_listen($listener, 9);
socket_getsockname($listener, $host, $port);
/** A client that has come, and the server's end of it. */
$pair = static function () use ($tcp, $listener, $port): array {
    $client = $tcp();
    socket_connect($client, '127.0.0.1', $port);
    return [$client, socket_accept($listener)];
};
$reset = static function (Socket $client, Socket $server): void {
    socket_set_option($client, SOL_SOCKET, SO_LINGER, ['l_onoff' => 1, 'l_linger' => 0]);
    socket_close($client);
    $read = [$server];
    $none = null;
    socket_select($read, $none, $none, 5);
};
$arrived = static function (Socket $server): void {
    $read = [$server];
    $none = null;
    socket_select($read, $none, $none, 5);
};
$recv = static function (Socket $socket, int $length = 10) use ($name): array {
    $buffer = 'old';
    $returned = socket_recv($socket, $buffer, $length, 0);
    return [$returned, $buffer, $name(socket_last_error($socket))];
};
$write = static fn(Socket $socket, string $data): array => [socket_write($socket, $data), $name(socket_last_error($socket))];
/** @return array what socket_select returned, and the keys that are left */
$select = static function (array $read, ?array $write, ?int $seconds, int $microseconds = 0): array {
    $none = null;
    $returned = socket_select($read, $write, $none, $seconds, $microseconds);
    return [$returned, array_keys($read), $write === null ? null : array_keys($write)];
};

$call('create: a domain that there is not', static fn() => socket_create(99, SOCK_STREAM, SOL_TCP));
$call('create: a type that there is not', static fn() => socket_create(AF_INET, 99, SOL_TCP));

[$client, $server] = $pair();
$call('write: a length of -1', static fn() => socket_write($server, 'abc', -1));
$call('write: a length of 0', static fn() => socket_write($server, 'abc', 0));
$call('write: more than there is', static fn() => socket_write($server, 'abc', 99));
$call('write: nothing', static fn() => socket_write($server, ''));
$call('send: a length of -1', static fn() => socket_send($server, 'abc', -1, 0));
$call('send: two of three', static fn() => socket_send($server, 'def', 2, 0));
$call('send: more than there is', static fn() => socket_send($server, 'g', 99, 0));
$arrived($client);
$call('read: a length of -1', static fn() => [socket_read($client, -1), $name(socket_last_error($client))]);
$call('read: a length of 0', static fn() => [socket_read($client, 0), $name(socket_last_error($client))]);
$call('recv: a length of 0', static fn() => $recv($client, 0));
$call('read: two bytes', static fn() => socket_read($client, 2));
$call('read: the rest', static fn() => socket_read($client, 100));

$call('select: one socket twice, and nothing came', static fn() => $select(['a' => $server, 'b' => $server], null, 0));
socket_write($client, 'hi');
$arrived($server);
$call('select: one socket twice, and bytes came', static fn() => $select(['a' => $server, 'b' => $server], null, 0));
$call('select: one socket in two sets, twice', static fn() => $select(['a' => $server, 'b' => $server], [$server, $server], 0));
$call('select: -1 seconds', static fn() => [...$select(['a' => $server], null, -1), $name(socket_last_error()), $name(socket_last_error($server))]);
$call('select: -1 microseconds', static fn() => [...$select(['a' => $server], null, 0, -1), $name(socket_last_error())]);
$call('select: a second, and -1 microseconds', static fn() => $select(['a' => $server], null, 1, -1));
$call('select: no seconds, and -5 microseconds', static fn() => $select(['a' => $server], null, null, -5));
$call('select: more microseconds than a second has', static fn() => $select(['a' => $server], null, 0, 1_500_000));
$call('select: null in a set', static fn() => $select([null], null, 0));
$call('select: null behind a socket', static fn() => $select([$server, null], null, 0));
$call('select: a text in a set', static fn() => $select(['x'], null, 0));
$call('select: a number in the second set', static fn() => $select([$server], [5], 0));
$call('select: an object that is no socket', static fn() => $select([new stdClass()], null, 0));
$call('select: an empty set beside one', static fn() => $select([], [$server], 0));
$call('select: no socket, and -1 seconds', static fn() => $select([], null, -1));
$call('select: a closed socket', static function () use ($tcp, $select) {
    $socket = $tcp();
    socket_close($socket);
    return $select([$socket], null, 0);
});

[$client, $server] = $pair();
$reset($client, $server);
$call('RST: recv', static fn() => $recv($server));
$call('RST: recv again', static fn() => $recv($server));
socket_clear_error($server);
$call('RST: the error is cleared, and recv gives the end', static fn() => $recv($server));
$call('RST: it is still readable, and writable', static fn() => $select([$server], [$server], null));
$call('RST: write', static fn() => $write($server, 'x'));
$call('RST: whose peer it is', static fn() => [socket_getpeername($server, $address, $number), $name(socket_last_error($server))]);
[$client, $server] = $pair();
$reset($client, $server);
$call('RST: write meets it', static fn() => $write($server, 'x'));
$call('RST: write again', static fn() => $write($server, 'x'));
socket_clear_error($server);
$call('RST: and recv gives the end', static fn() => $recv($server));
[$client, $server] = $pair();
$reset($client, $server);
$call('RST: read', static fn() => [socket_read($server, 10), $name(socket_last_error($server))]);
$call('RST: read again', static fn() => socket_read($server, 10));

[$client, $server] = $pair();
$call('shutdown: 7', static fn() => [socket_shutdown($server, 7), $name(socket_last_error($server))]);
$call('shutdown: writing', static fn() => socket_shutdown($server, 1));
$arrived($client);
$call('shutdown: the other end is told', static fn() => socket_read($client, 10));
$call('shutdown: nothing more goes out', static fn() => $write($server, 'x'));
socket_write($client, 'yy');
$arrived($server);
$call('shutdown: but it still reads', static fn() => socket_read($server, 10));
[$client, $server] = $pair();
$call('shutdown: both', static fn() => socket_shutdown($server));
$call('shutdown: at its end', static fn() => socket_read($server, 10));
$call('shutdown: and so readable', static fn() => $select([$server], null, null));
[$client, $server] = $pair();
$call('shutdown: reading', static fn() => socket_shutdown($server, 0));
$call('shutdown: nothing has come', static fn() => socket_read($server, 10));
$call('shutdown: it still writes', static fn() => socket_write($server, 'x'));
$call('shutdown: without a connection', static function () use ($tcp, $name) {
    $socket = $tcp();
    return [socket_shutdown($socket), $name(socket_last_error($socket))];
});

$call('getsockname: before there is an address', static fn() => [socket_getsockname($tcp(), $address, $number), $address, $number]);
$call('getpeername: without a connection', static function () use ($tcp, $name) {
    $socket = $tcp();
    return [socket_getpeername($socket, $address), $name(socket_last_error($socket))];
});
[$client, $server] = $pair();
$call('the ends of a connection', static function () use ($client, $server, $port) {
    socket_getsockname($client, $host, $clientPort);
    socket_getpeername($server, $peer, $peerPort);
    socket_getsockname($server, $own, $ownPort);
    return [$host, $host === $peer, $clientPort === $peerPort, $own, $ownPort === $port];
});

$call('connect: nobody listens', static function () use ($tcp, $name) {
    $socket = $tcp();
    $free = $tcp();
    socket_bind($free, '127.0.0.1', 0);
    socket_getsockname($free, $host, $port);
    return [socket_connect($socket, '127.0.0.1', $port), $name(socket_last_error($socket))];
});
$call('connect: a second time', static fn() => [socket_connect($client, '127.0.0.1', $port), $name(socket_last_error($client))]);
$call('connect: a listener', static fn() => [socket_connect($listener, '127.0.0.1', $port), $name(socket_last_error($listener))]);
$call('connect: without a port', static fn() => socket_connect($tcp(), '127.0.0.1'));

socket_clear_error($server);
$call('set_nonblock', static fn() => socket_set_nonblock($server));
$call('nothing has come: recv', static fn() => $recv($server));
$call('nothing has come: read', static fn() => socket_read($server, 10));
$call('clear_error: of a socket', static function () use ($server, $name) {
    socket_clear_error($server);
    return $name(socket_last_error($server));
});
socket_set_nonblock($listener);
socket_clear_error($listener);
$call('nobody waits: accept', static fn() => [socket_accept($listener), $name(socket_last_error()), $name(socket_last_error($listener))]);
$call('accept: a socket that does not listen', static function () use ($tcp, $name) {
    $socket = $tcp();
    return [socket_accept($socket), $name(socket_last_error()), $name(socket_last_error($socket))];
});
$call('without a connection: recv', static fn() => $recv($tcp()));
$call('without a connection: write', static fn() => $write($tcp(), 'x'));
$call('a listener: recv', static fn() => $recv($listener));
$call('a listener: write', static fn() => $write($listener, 'x'));
socket_close($client);
$arrived($server);
$call('FIN: recv', static fn() => $recv($server));
$call('FIN: read', static fn() => socket_read($server, 10));
socket_close($server);
foreach (['socket_close', 'socket_last_error', 'socket_clear_error', 'socket_shutdown', 'socket_set_nonblock'] as $function) {
    $call("closed: $function", static fn() => $function($server));
}
$call('closed: socket_recv', static fn() => $recv($server));

echo json_encode(['php' => PHP_VERSION, 'calls' => $calls], JSON_PRETTY_PRINT | JSON_UNESCAPED_SLASHES), "\n";
