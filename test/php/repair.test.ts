import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { repairForPhp8 } from '../../src/php/repair.js';
import { OLD_FUNCTIONS, OLD_ROOM, source } from '../support/old-php.js';

/** What becomes of one line; `$master` and `$socket` hold sockets. */
function repaired(line: string): string | undefined {
  const sockets = ['$master = socket_create(1, 2, 3);', 'socket_recv($socket, $buffer, 9, 0);'];
  return repairForPhp8(source(...sockets, line)).source.split('\n')[3];
}

describe('string offsets in curly braces', () => {
  test.each([
    ['$hex .= dechex(ord($msg{$i}));', '$hex .= dechex(ord($msg[$i]));'],
    ['$first = $msg {0};', '$first = $msg[0];'],
    ['$x = $this->data{$i + 1};', '$x = $this->data[$i + 1];'],
    ["$x = $row{'name'};", "$x = $row['name'];"],
    ['$x = $b[0]{1};', '$x = $b[0][1];'],
    ["$x = $row['text']{$i}{0};", "$x = $row['text'][$i][0];"],
  ])('%s', (was, is) => {
    expect(repaired(was)).toBe(is);
  });

  test.each([
    '$text = "$msg{$i}";',
    "$text = '$msg{$i}';",
    '// $msg{$i} is an offset',
    '# $msg{$i}',
    '/* $msg{$i} */ $a = 1;',
    'if ($msg) { $a = 1; }',
    'if ($msg[0]) { $a = 1; }',
    'foreach ($rows as $row[0]) { $a = 1; }',
    '$text = "{$msg}";',
    '$text = <<<TEXT\n$msg{$i}\nTEXT;',
    '?> $msg{$i} <?php',
  ])('stay as they are where they are none: %s', (line) => {
    expect(repairForPhp8(source(line))).toEqual({ source: source(line), repairs: [], fatal: null });
  });

  test('are told with their line, what was there, and why; the first is what does not compile', () => {
    const { repairs, fatal } = repairForPhp8(source('', '$a = $msg{$i};', '$b = $msg{0};'));
    expect(repairs.map(({ line, was, is }) => ({ line, was, is }))).toEqual([
      { line: 3, was: '$msg{$i}', is: '$msg[$i]' },
      { line: 4, was: '$msg{0}', is: '$msg[0]' },
    ]);
    expect(fatal).toEqual(repairs[0]);
    expect(fatal?.why).toMatch(/^PHP 8 does not compile/);
  });
});

describe('sockets as numbers', () => {
  test.each([
    ['$row = $rows[(int)$socket];', '$row = $rows[spl_object_id($socket)];'],
    ['unset($rows[(int) $master]);', 'unset($rows[spl_object_id($master)]);'],
    ['$id = intval($socket);', '$id = spl_object_id($socket);'],
    ['$rows[$socket] = 1;', '$rows[spl_object_id($socket)] = 1;'],
    [
      "unset($this->rows[ $socket ]['name']);",
      "unset($this->rows[ spl_object_id($socket) ]['name']);",
    ],
  ])('%s', (was, is) => {
    expect(repaired(was)).toBe(is);
  });

  test('a property is known by what it is assigned from', () => {
    const line = '$this->rows[(int)$this->client] = 1;';
    expect(repairForPhp8(source('$this->client = socket_accept($m);', line)).source).toContain(
      '$this->rows[spl_object_id($this->client)] = 1;',
    );
  });

  test.each(['$n = (int)$count;', "$n = (int)$socket['port'];", '$n = (int)$socket->port;'])(
    'what is no socket keeps its number: %s',
    (line) => {
      expect(repaired(line)).toBe(line);
    },
  );

  test.each(['$all = [$socket];', 'return [$socket];', 'f($a, [$socket]);', '$x = $rows[$i];'])(
    'a list with a socket in it is none with a socket for a key: %s',
    (line) => {
      expect(repaired(line)).toBe(line);
    },
  );

  test.each([
    ['given to a socket function', "socket_write($row['resource'], $text);"],
    ['that got a socket', "$row['resource'] = socket_accept($master);"],
    ['in a row of a table', "$row = ['uname' => '', 'resource' => $socket];"],
  ])('a cell %s is one', (_, line) => {
    const sockets = 'socket_recv($socket, $buffer, 9, 0);';
    const lines = source(sockets, line, "$id = (int)$row['resource'] + (int)$row['port'];");
    expect(repairForPhp8(lines).source.split('\n')[3]).toBe(
      "$id = spl_object_id($row['resource']) + (int)$row['port'];",
    );
  });

  test('does not hinder PHP 8 from compiling', () => {
    const { repairs, fatal } = repairForPhp8(source('socket_close($s);', '$n = (int)$s;'));
    expect(repairs).toHaveLength(1);
    expect(fatal).toBeNull();
  });
});

describe('sockets as text', () => {
  const name = "'Resource id #' . spl_object_id($master)";

  test.each([
    ['$a = ["{$master} started, {$pid}"];', `$a = [("" . ${name} . " started, {$pid}")];`],
    ['$a = "server $master";', `$a = ("server " . ${name} . "");`],
    ['$a = (string)$master;', `$a = (${name});`],
    ["$a = 'server ' . $master . '!';", `$a = 'server ' . (${name}) . '!';`],
    ['$a .= $master;', `$a .= (${name});`],
  ])('%s', (was, is) => {
    expect(repaired(was)).toBe(is);
  });

  test.each(['$a = "$masters";', '$a = "\\$master";', '$a = "$master->id";', 'f(...$master);'])(
    'what only looks so stays: %s',
    (line) => {
      expect(repaired(line)).toBe(line);
    },
  );
});

describe('sockets as resources', () => {
  test.each([
    ['if (!is_resource($socket)) die();', 'if (!($socket instanceof \\Socket)) die();'],
    ['if (\\is_resource( $master )) f();', 'if (($master instanceof \\Socket)) f();'],
    ['is_resource($file);', 'is_resource($file);'],
  ])('%s', (was, is) => {
    expect(repaired(was)).toBe(is);
  });
});

describe('functions that PHP 8 has no longer', () => {
  test('are made behind the end, and told at their first use', () => {
    const { repairs, source: made } = repairForPhp8(OLD_FUNCTIONS);
    expect(repairs.map(({ line, was, code }) => [line, was, code])).toEqual([
      [3, 'each()', 'gone'],
      [4, 'create_function()', 'gone'],
    ]);
    expect(made.startsWith(OLD_FUNCTIONS)).toBe(true);
  });

  test.each([
    'foreach ($a as $b) f();',
    '$this->each($a);',
    'Rows::each($a);',
    'function each(&$a) {} each($a);',
    '// each($a)',
  ])('are not what only has the name: %s', (line) => {
    expect(repairForPhp8(source(line)).repairs).toEqual([]);
  });
});

describe('a repaired source', () => {
  test('needs no repair any more, and no line has moved', () => {
    const { source: once } = repairForPhp8(OLD_ROOM);
    expect(repairForPhp8(once).repairs).toEqual([]);
    expect(once.split('\n')).toHaveLength(OLD_ROOM.split('\n').length);
  });

  test('the twin needs none', () => {
    const twin = new URL('../../examples/php/server.php', import.meta.url);
    expect(repairForPhp8(readFileSync(twin, 'latin1')).repairs).toEqual([]);
  });
});
