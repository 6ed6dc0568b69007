<?php

/** A chat on socket_select, as tutorials write it: php socket_select.php PORT */

declare(strict_types=1);

$listener = socket_create(AF_INET, SOCK_STREAM, SOL_TCP);
socket_set_option($listener, SOL_SOCKET, SO_REUSEADDR, 1);
socket_bind($listener, '127.0.0.1', (int) $argv[1]);
socket_listen($listener, 128);
socket_getsockname($listener, $host, $port);
echo "listening on $port\n";
$clients = [];

while (true) {
    $read = [$listener, ...$clients];
    $write = $except = null;
    if (socket_select($read, $write, $except, null) === false) {
        break;
    }
    foreach ($read as $one) {
        if ($one === $listener) {
            $clients[] = socket_accept($listener);
            continue;
        }
        $data = socket_read($one, 1024);
        if ($data === '' || $data === false) {
            unset($clients[array_search($one, $clients, true)]);
            socket_close($one);
            continue;
        }
        foreach ($clients as $client) {
            socket_write($client, $data); // it waits; and what it does not take is lost
        }
    }
}
