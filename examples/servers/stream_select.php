<?php

/** A chat on stream_select, as tutorials write it: php stream_select.php PORT */

declare(strict_types=1);

$listener = stream_socket_server('tcp://127.0.0.1:' . $argv[1]);
echo 'listening on ', explode(':', stream_socket_get_name($listener, false))[1], "\n";
$clients = [];

while (true) {
    $read = [$listener, ...$clients];
    $write = $except = null;
    if (stream_select($read, $write, $except, null) === false) {
        break;
    }
    foreach ($read as $one) {
        if ($one === $listener) {
            $clients[] = stream_socket_accept($listener);
            continue;
        }
        $data = fread($one, 1024);
        if ($data === '' || $data === false) {
            unset($clients[array_search($one, $clients, true)]);
            fclose($one);
            continue;
        }
        foreach ($clients as $client) {
            fwrite($client, $data); // whoever does not read makes everyone wait here
        }
    }
}
