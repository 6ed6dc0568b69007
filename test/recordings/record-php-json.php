<?php
/*
 * Records what this PHP makes of JSON texts: what json_decode and json_encode do with them, what
 * reading ['type'] and ['content'] gives, and what == says. The mirror of the original is held to it.
 *
 *   php record-php-json.php > php-json.json    the whole recording, the same inputs each time
 *   php record-php-json.php -                  texts from standard input, a line of hex each;
 *                                              writes a line of JSON for each
 *
 * The recording in the repository is from PHP 7.4. Later versions differ, as they should.
 */

error_reporting(0); // the notices are part of the original's life, but not of the recording
ini_set('serialize_precision', '-1');
ini_set('precision', '14');

const WORDS = ['login', 'logout', 'user'];

function probe(string $text): array
{
    $value = json_decode($text, true);
    $error = json_last_error_msg(); // for reading only
    $type = read($value, 'type');
    $content = read($value, 'content');

    $results = [
        'input' => bin2hex($text),
        'encoded' => json_encode($value),
        'equals' => equal_words($value),
        'type' => json_encode($type),
        'typeEquals' => equal_words($type),
        'content' => json_encode($content),
    ];
    if ($content !== null) { // as the answer to a login has it, one array deeper
        $results['listed'] = json_encode(['content' => $content, 'user_list' => [$content]]);
    }
    return $error === 'No error' ? $results : ['error' => $error] + $results;
}

/** PHP 8 throws where PHP 7 only warns. */
function read($value, string $key)
{
    try {
        return $value[$key];
    } catch (Throwable $thrown) {
        return ['throws' => get_class($thrown)];
    }
}

/** The words for which a switch on this value would take the case. */
function equal_words($value): string
{
    return implode(' ', array_filter(WORDS, function ($word) use ($value) {
        return $value == $word;
    }));
}

function nested(int $depth, string $open, string $inner, string $close): string
{
    return str_repeat($open, $depth) . $inner . str_repeat($close, $depth);
}

function inputs(): array
{
    $numbers = [
        '0', '-0', '1', '-1', '01', '-01', '00', '+1', '-', '--1', '0x10', '1_000',
        '9223372036854775807', '9223372036854775808', '-9223372036854775808', '-9223372036854775809',
        '9999999999999999999', '12345678901234567890', '99999999999999999999', '18446744073709551616',
        '1.0', '-1.0', '0.0', '-0.0', '0e0', '-0e1', '0.5', '-0.5', '.5', '5.', '1.e5', '1.5.5',
        '0.1', '0.2', '0.30000000000000004', '1.10', '3.141592653589793', '100.25',
        '1e1', '1E1', '1e+1', '1e-1', '1e', '1e+', 'e1', '1e1.5', '1e01', '1e00017', '1 e1', '- 1',
        '1e14', '1e15', '1e16', '1e17', '1e18', '1e20', '1e21', '1e22', '1e100', '1.5e300', '-1e17',
        '12345678901234567.0', '99999999999999990.0', '123456789012345680.0', '999999999999999.9',
        '0.001', '0.0001', '0.00001', '0.00012345', '0.000012345', '1e-4', '1e-5', '1e-7', '1.5e-10',
        '1.7976931348623157e308', '1.7976931348623159e308', '1e308', '1e309', '1e999', '-1e999',
        '1e99999999999999999999', '2.2250738585072014e-308', '5e-324', '4.9e-324', '2e-324', '1e-999',
        '9007199254740993.0', '9007199254740992', '5.684341886080802e-14', '1.7800590868057611e-307',
        'NaN', 'Infinity', '-Infinity', 'INF', '1n', '1f', '١',
    ];
    $literals = [
        'true', 'false', 'null', 'TRUE', 'False', 'NULL', 'tRue', 'nul', 'nulll', 'truefalse', 'true false',
        'undefined', 'yes', 'hello world', '[true,false,null]', '[TRUE]', '{"type":True}',
    ];
    $spaces = [
        '', ' ', "\n", "\t\r\n ", ' 1 ', "\n[\r\n1\t,\t2 ]\r", "   {}   ", "\x0b1", "\x0c1", "\xc2\xa01", "1\xe2\x80\xa8",
        "\xef\xbb\xbf{}", "\xef\xbb\xbf", "1\x00", "\x001", "{}\x00", "\x00", "[1,\x002]", "\x7f", "1\x1a", "{\"a\"\n:\r1}",
    ];
    $strings = [
        '""', '"a"', '"login"', '"user"', '"type"', '"0"', '"1"', '" login"', '"login "', '"LOGIN"', '"abc',  'abc"', '"', '"\\"',
        "'login'", '"a"b"', '"a" "b"', "\"\xc3\xa9t\xc3\xa9\"", "\"\xe4\xbd\xa0\xe5\xa5\xbd\"", "\"\xf0\x9f\x98\x80\"",
        '"/"', '"\\/"', '"<b>&\'</b>"', '"\\"\\\\\\/\\b\\f\\n\\r\\t"', '"\\a"', '"\\\'"', '"\\0"', '"\\x41"', '"\\U0041"', '"\\',
        '"\\u0041"', '"\\u00e9"', '"\\u00E9"', '"\\u20ac"', '"\\u2028\\u2029"', "\"\xe2\x80\xa8\xe2\x80\xa9\"", '"\\ufeff"',
        '"\\ud83d\\ude00"', '"\\uD83D\\uDE00"', '"\\ud83d"', '"\\ude00"', '"\\ude00\\ud83d"', '"\\ud83d\\ud83d\\ude00"',
        '"\\ud83dx"', '"\\ud83d\\n"', '"\\ud83d\\u0041"', "\"\\ud83d\xf0\x9f\x98\x80\"", '"\\ud800\\udc00"', '"\\udbff\\udfff"',
        '"\\uffff"', '"\\ufffd"', '"\\ufffe"', '"\\u"', '"\\u1"', '"\\u12"', '"\\u123"', '"\\u123g"', '"\\u 123"', '"\\u12345"',
        '"\\u0000"', '"\\u0001\\u001f"', '"\\u007f"', '"\\u0080"', '"a\\u0000b"', "\"a\nb\"", "\"a\tb\"", "\"a\rb\"", "\"a\x00b\"",
        "\"a\x01b\"", "\"a\x1fb\"", "\"a\x7fb\"", "\"\xc2\x80\"", "\"\xc2\x85\"", "\"\xe2\x80\x8b\"", '"a,b"', '"[]"', '"{}"',
        '"caf\\u0065\\u0301"', '"\\/\\/"', '"\\\\u0041"', '"http:\\/\\/a.b/c?d=e&f=g"', '"' . str_repeat('x', 200) . '"',
    ];
    $utf8 = array_map(function ($hex) {
        return '"' . hex2bin($hex) . '"';
    }, [
        '80', 'bf', 'c0', 'c080', 'c1bf', 'c2', 'c280', 'c2c2', 'dfbf', 'e0', 'e080', 'e08080', 'e09fbf', 'e0a080', 'e28080', 'e280',
        'ed9fbf', 'eda080', 'edbfbf', 'edb880', 'ee8080', 'efbfbd', 'efbfbe', 'efbfbf', 'f0808080', 'f08fbfbf', 'f0908080', 'f09f98',
        'f48fbfbf', 'f4908080', 'f5808080', 'f8888080', 'fc', 'fe', 'ff', '61ff', 'ff61', 'e4bda0ff', 'c3a9c3', 'c328', 'eda0bdedb880',
    ]);
    $utf8 = array_merge($utf8, ["\xff", "\xc3\xa9", "{\"\xff\":1}", "{\"type\":\"user\",\"content\":\"\xe9\"}", "[1,\xff]"]);
    $arrays = [
        '[]', '[ ]', '{}', '{ }', '[1]', '[1,2,3]', '[1,]', '[,1]', '[,]', '[1 2]', '[1', '1]', '[', ']', '[1}', '{]', '[]]', '[[]', '[[],[]]',
        '[{}]', '[{},[],{}]', '{"a":{}}', '{"a":[]}', '[[1,[2,[3]]]]', '["type"]', '["type","content"]', '[1],[2]', '[1][2]', '[1:2]', '["a":1]',
        '{"a":1}', '{"a":1,}', '{,}', '{"a"}', '{"a":}', '{"a" 1}', '{:1}', '{a:1}', "{'a':1}", '{1:1}', '{null:1}', '{"a":1 "b":2}', '{"a":1',
        '{"a":1}}', '{"a"::1}', '{"a":1,"b":2}', '{"b":1,"a":2}', '{"a":1,"a":2}', '{"a":1,"b":2,"a":3}', '{"a":1,"\\u0061":2}', '{[]:1}', '{"":1}',
        '{"":1,"":2}', '{"_empty_":1}', '{"\\u0000":1}', '{"\\u0000a":1}', '{"a\\u0000b":1}', "{\"\xc3\xa9\":1}", '{"\\u00e9/":1}', '{"\\ud83d":1}',
        '{"0":1}', '{"0":1,"1":2}', '{"1":1,"0":2}', '{"1":1}', '{"0":1,"2":2}', '{"0":0,"0":1}', '{"0":1,"1":2,"0":3}', '{"00":1}', '{"-0":1}', '{"0":1,"01":2}',
        '{"0":1,"a":2}', '{"a":1,"0":2}', '{"0 ":1}', '{" 0":1}', '{"0.0":1}', '{"-1":1}', '{"1e0":1}', '{"\\u0030":1,"\\u0031":2}', '{"0":{"0":{"0":[]}}}',
        '{"9223372036854775807":1}', '{"9223372036854775808":1}', '{"-9223372036854775808":1}', '{"0":1,"1":2,"2":3,"3":4,"4":5,"5":6,"6":7,"7":8,"8":9,"9":10,"10":11}',
        '{"2":1,"10":2,"1":3}', '/**/1', '1//', '[1]#', '{"a":1;}', '{"__proto__":1}', '{"constructor":{"prototype":1},"__proto__":{"type":"user"}}', '{"length":1}',
    ];
    $depths = ['{"type":"user","content":[[[[]]]]}'];
    foreach ([255, 256, 509, 510, 511, 512, 513] as $depth) {
        $depths[] = nested($depth, '[', '', ']');
        $depths[] = '{"type":"user","content":' . nested($depth, '[', '1', ']') . '}';
    }
    foreach ([510, 511, 512] as $depth) {
        $depths[] = nested($depth, '{"":', '{}', '}');
        $depths[] = nested($depth, '[', '"x"', ']]');
        $depths[] = nested($depth, '[', '', '');
    }
    $types = array_map(function ($type) {
        return '{"type":' . $type . ',"content":"x"}';
    }, [
        '"login"', '"logout"', '"user"', '"handshake"', '"system"', '"LOGIN"', '"login "', '" login"', '"\\u006cogin"', '"user\\u0000"', '""', '"0"', '"1"', '"true"',
        '0', '-0', '0.0', '-0.0', '0e5', '1e-999', '1', '-1', '0.1', '1e999', '5e-324', '9223372036854775808', 'true', 'false', 'null', '[]', '{}', '[0]', '["login"]', '{"login":1}',
    ]);
    $contents = array_map(function ($content) {
        return '{"type":"user","content":' . $content . '}';
    }, [
        '""', '"hi"', '1', '1.0', '-0', '-0.0', '1e17', '1e999', '[1,1e999]', '{"a":{"b":-1e999}}', 'true', 'false', 'null', '[]', '{}', '{"0":"a"}', '{"1":"a"}',
        '[{"0":1,"1":2}]', '"\\u4f60"', '"\\ud83d\\ude00"', '"</script>"', '"NaN"', '9223372036854775807', '92233720368547758070', '0.1', '1e-7',
    ]);
    $messages = [
        '{"type":"user"}', '{"content":"no type"}', '{"Type":"user","content":"x"}', '{"content":"x","type":"user"}', '{"type":"user","content":"a","content":"b"}',
        '{"type":"login","type":"user","content":"x"}', '{"type":"user","content":"x","more":[1e999]}', '{"type":"user","content":"x"}{"type":"user","content":"y"}',
        '[{"type":"user","content":"x"}]', '{"type":"user","content":"x"', '{"\\u0074ype":"user","content":"x"}', '{"type ":"user"}', '{"type":"user","content":"x"}' . "\n",
        '{"type":{"type":"user"},"content":{"content":"x"}}', '{"0":"user","type":"login"}',
    ];

    return compact('numbers', 'literals', 'spaces', 'strings', 'utf8', 'arrays', 'depths', 'types', 'contents', 'messages')
        + ['generated' => generated(250)];
}

/** Random texts, most of them nearly JSON; mt_rand gives the same in every PHP from 7.1 on. */
function generated(int $count): array
{
    mt_srand(2017);
    $texts = [];
    while (count($texts) < $count) {
        $text = random_json(mt_rand(0, 4));
        $texts[] = mt_rand(0, 2) === 0 ? damaged($text) : $text;
    }
    return $texts;
}

function pick(array $choices)
{
    return $choices[mt_rand(0, count($choices) - 1)];
}

function random_json(int $depth): string
{
    $items = [];
    switch ($depth === 0 ? mt_rand(0, 3) : mt_rand(2, 7)) {
        case 0:
        case 1:
            return pick(['true', 'false', 'null', '0', '-0', '""', ' 7 ', '1e999', '1.0']);
        case 2:
            return pick(['', '-']) . mt_rand(0, 99) . pick(['', '.' . mt_rand()]) . pick(['', 'e' . mt_rand(-330, 310)]);
        case 3:
            return random_string();
        case 4:
        case 5:
            for ($i = mt_rand(0, 3); $i > 0; $i--) {
                $items[] = random_json($depth - 1);
            }
            return '[' . implode(pick([',', ' , ']), $items) . ']';
        default:
            for ($i = mt_rand(0, 3); $i > 0; $i--) {
                $key = pick(['"type"', '"content"', '"0"', '"1"', '"-5"', random_string()]);
                $items[] = $key . pick([':', ' : ']) . random_json($depth - 1);
            }
            return '{' . implode(',', $items) . '}';
    }
}

function random_string(): string
{
    $text = '';
    for ($i = mt_rand(0, 4); $i > 0; $i--) {
        $text .= pick([
            'login', 'user', 'type', '/', '\\/', '\\n', '\\"', '0', ' ', "\x7f", "\xc3\xa9", "\xe4\xbd\xa0", "\xf0\x9f\x98\x80",
            '\\u' . str_pad(dechex(mt_rand(0, 0xffff)), 4, '0', STR_PAD_LEFT), '\\ud83d\\ude00', '\\u0000',
        ]);
    }
    return '"' . $text . '"';
}

function damaged(string $text): string
{
    $at = mt_rand(0, strlen($text) - 1);
    $with = pick(['', '', '"', ',', ':', '\\', '}', ']', '[', '0', '-', '.', 'e', "\x00", "\n", chr(mt_rand(0, 255))]);
    return substr($text, 0, $at) . $with . substr($text, $at + mt_rand(0, 1));
}

if (($argv[1] ?? '') === '-') {
    while (($line = fgets(STDIN)) !== false) {
        echo json_encode(probe(hex2bin(trim($line)))), "\n";
    }
    exit;
}

$recording = [
    'description' => 'What PHP makes of JSON texts, by record-php-json.php. Inputs are hex, the rest is text or false.',
    'php' => PHP_VERSION,
    'groups' => [],
];
foreach (inputs() as $title => $texts) {
    $recording['groups'][] = ['title' => $title, 'cases' => array_map('probe', $texts)];
}
$pretty = json_encode($recording, JSON_PRETTY_PRINT | JSON_UNESCAPED_SLASHES);
echo preg_replace_callback('/^ +/m', function ($indent) {
    return str_repeat(' ', intdiv(strlen($indent[0]), 2)); // by two, as all files here
}, $pretty), "\n";
