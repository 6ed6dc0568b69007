/**
 * Sources in PHP that only an old PHP runs.
 * @module
 */

/** The lines of a PHP file, as a source. */
export function source(...lines: string[]): string {
  return ['<?php', ...lines, ''].join('\n');
}

/** Prints `x1 y2 2 4`, with functions that PHP 8 has no longer. */
export const OLD_FUNCTIONS = source(
  '$a = ["x" => 1, "y" => 2];',
  'while (list($k, $v) = each($a)) echo "$k$v ";',
  "echo implode(\" \", array_map(create_function('$n', 'return $n * 2;'), [1, 2]));",
);

/** Prints `2 1 b`, with sockets as numbers and as text, and an offset in curly braces. */
export const OLD_ROOM = source(
  'class Room {',
  '  function __construct() {',
  '    socket_create_pair(AF_UNIX, SOCK_STREAM, 0, $pair);',
  '    foreach ($pair as $socket) {',
  '      socket_set_block($socket);',
  "      $this->rows[(int)$socket] = 'abc';",
  '    }',
  '    echo count($this->rows), " ", preg_match("/^Resource id #\\d+$/", "$socket");',
  "    $text = 'abc'; echo ' ', $text{1};",
  '  }',
  '  public $rows = [];',
  '}',
  'new Room();',
);
