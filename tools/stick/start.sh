#!/bin/sh
cd "$(dirname "$0")" || exit 1
command -v node > /dev/null || { echo 'Node is not here. The page needs none: open loopscope.en.html. 没有 Node：请双击 loopscope.zh.html。' >&2; exit 1; }
[ $# -gt 0 ] || set -- lesson --route alone
exec node node_modules/loopscope/bin/loopscope.js "$@"
