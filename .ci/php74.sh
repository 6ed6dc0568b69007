#!/usr/bin/env bash
# The mirror against a server of PHP 7.4, the PHP of the original. Takes it from Debian
# 11's archive, unpacks it beside the system (nothing is installed), and runs every scenario under it. The
# one thing that CI may skip: it says so where there is no apt, no archive, or no processor that it is for.
#
#     .ci/php74.sh                      the mirror against the twin
#     .ci/php74.sh php:PATH [OPTION...] the mirror against a file of yours, such as the original
set -euo pipefail
cd "$(dirname "$0")/.."

skip() {
  echo "PHP 7.4 was skipped: $1"
  exit 0
}

command -v apt-get > /dev/null && command -v dpkg-deb > /dev/null || skip 'there is no apt here'
keys=/usr/share/keyrings/debian-archive-keyring.gpg
[ -r "$keys" ] || skip 'there are no keys of the Debian archive here (package debian-archive-keyring)'

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir -p "$scratch/lists/partial" "$scratch/cache/archives/partial" "$scratch/debs" "$scratch/root"

# lists and a cache of its own, so that nothing of the system changes
apt74() {
  apt-get -qq -o Dir::Etc::SourceList="$scratch/sources.list" -o Dir::Etc::SourceParts=- \
    -o Dir::State::Lists="$scratch/lists" -o Dir::Cache="$scratch/cache" \
    -o Acquire::Check-Valid-Until=false -o Acquire::Retries=1 -o Acquire::http::Timeout=20 \
    -o APT::Sandbox::User=root "$@"
}

packages=(php7.4-cli php7.4-common php7.4-json libssl1.1)
got=''
for archive in http://deb.debian.org/debian http://archive.debian.org/debian; do
  echo "deb [signed-by=$keys] $archive bullseye main" > "$scratch/sources.list"
  apt74 update > /dev/null 2>&1 || continue
  (cd "$scratch/debs" && apt74 download "${packages[@]}") > /dev/null 2>&1 || continue
  got=$archive
  break
done
[ -n "$got" ] || skip 'the packages of Debian 11 could not be fetched whole from its archive'
for deb in "$scratch"/debs/*.deb; do dpkg-deb -x "$deb" "$scratch/root"; done

# no php.ini is read; the extensions stand in one folder, named by the date of their interface
extensions=$(dirname "$(find "$scratch/root" -name sockets.so | head -1)")
libraries=$(dirname "$(find "$scratch/root" -name 'libssl.so.1.1' | head -1)")
cat > "$scratch/php" << PHP
#!/bin/sh
export LD_LIBRARY_PATH="$libraries\${LD_LIBRARY_PATH:+:\$LD_LIBRARY_PATH}"
exec "$scratch/root/usr/bin/php7.4" -n -d extension_dir="$extensions" -d extension=json -d extension=sockets "\$@"
PHP
chmod +x "$scratch/php"
export LOOPSCOPE_PHP="$scratch/php"
version=$("$LOOPSCOPE_PHP" -r 'echo PHP_VERSION;' 2> "$scratch/why") ||
  skip "what was unpacked does not run here: $(head -1 "$scratch/why")"
echo "PHP $version, from $got"

# The twin is for PHP 8.1. It runs on 7.4 where its types for sockets are taken off (there a socket is a
# resource), and with a WeakMap that forgets a socket when PHP does.
cat > "$scratch/before.php" << 'PHP'
<?php
if (!class_exists('WeakMap')) {
    class WeakMap implements ArrayAccess, IteratorAggregate
    {
        private $values = [];
        public function offsetExists($socket) { return isset($this->living()[(int) $socket]); }
        public function offsetGet($socket) { return $this->values[(int) $socket]; }
        public function offsetSet($socket, $value) { $this->values[(int) $socket] = $value; }
        public function offsetUnset($socket) { unset($this->values[(int) $socket]); }
        public function getIterator() { return new ArrayIterator($this->living()); }
        private function living() { return $this->values = array_intersect_key($this->values, get_resources('Socket')); }
    }
}
PHP
sed -e 's/\bSocket \$/$/g' -e 's/strict_types=1/strict_types=0/' -e 's/PHP_VERSION_ID < 80100/PHP_VERSION_ID < 70400/' \
  examples/php/server.php > "$scratch/twin.php"
sed -i "s#7.4\" -n #7.4\" -n -d auto_prepend_file=\"$scratch/before.php\" #" "$scratch/php"
if [ $# -gt 0 ]; then
  node bin/loopscope.js compare all --right "$@"
else
  node bin/loopscope.js compare all --right "php:$scratch/twin.php"
fi
