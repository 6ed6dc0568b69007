<?php

/**
 * What socket_select returns and leaves in its arrays, in eight calls: recorded for the lesson on
 * select, and held against our own socket_select. Prints JSON.
 */

declare(strict_types=1);

$calls = [];
$record = static function (string $what, int|false $count, ?array $read, ?array $write = null) use (&$calls): void {
    $calls[] = [
        'what' => $what,
        'returned' => $count,
        'read' => $read === null ? null : array_keys($read),
        'write' => $write === null ? null : array_keys($write),
    ];
};

$listener = socket_create(AF_INET, SOCK_STREAM, SOL_TCP);
socket_bind($listener, '127.0.0.1', 0);
socket_listen($listener, 9);
socket_getsockname($listener, $host, $port);
$dial = static function () use ($port): Socket {
    $peer = socket_create(AF_INET, SOCK_STREAM, SOL_TCP);
    socket_connect($peer, '127.0.0.1', $port);
    return $peer;
};
$none = null;

$read = ['listener' => $listener];
$record('nobody is there: a time-out empties the array', socket_select($read, $none, $none, 0), $read);

$ada = $dial();
$read = ['listener' => $listener];
$record('a client connects: the listener is readable', socket_select($read, $none, $none, 1), $read);

$first = socket_accept($listener);
$ming = $dial();
$second = socket_accept($listener);
$read = [0 => $listener, 1 => $first, 2 => $second];
$record('accepted, and nobody has spoken', socket_select($read, $none, $none, 0), $read);

socket_write($ming, 'hello');
$read = [0 => $listener, 1 => $first, 2 => $second];
$record('the second speaks: its key 2 is kept', socket_select($read, $none, $none, 1), $read);

$read = [0 => $listener, 1 => $first, 2 => $second];
$record('nobody has read it: it is reported again', socket_select($read, $none, $none, 1), $read);

socket_recv($second, $buffer, 2048, 0);
$read = ['a' => $first, 'b' => $second];
$write = ['x' => $first, 'y' => $second];
$record('read, and both can be written', socket_select($read, $write, $none, 0), $read, $write);

socket_close($ada);
$read = ['a' => $first, 'b' => $second];
$record('the first has left: it is readable', socket_select($read, $none, $none, 1), $read);

$zero = socket_recv($first, $buffer, 2048, 0);
$calls[] = ['what' => 'and a recv gives no bytes', 'returned' => $zero, 'buffer' => $buffer];

try {
    $read = $write = $except = [];
    socket_select($read, $write, $except, 0);
} catch (ValueError $error) {
    $calls[] = ['what' => 'three empty arrays', 'throws' => get_class($error)];
}

echo json_encode(['php' => PHP_VERSION, 'calls' => $calls], JSON_PRETTY_PRINT), "\n";
