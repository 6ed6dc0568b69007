#!/bin/sh
cd "$(dirname "$0")" || exit 1
sh start.sh "$@"
exec "${SHELL:-/bin/sh}"
