#!/usr/bin/env bash
# A PostgreSQL of its own for the tests, on loopback only: `tools/postgres.sh start DIR PORT` prints its address, `stop DIR`.
set -euo pipefail
what=${1:?start or stop} dir=${2:?folder}
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
[ -n "$bin" ] || { echo "PostgreSQL is not installed (Debian: apt-get install postgresql)" >&2; exit 3; }
as() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
case $what in
start)
    port=${3:?port}
    mkdir -p "$dir"; [ "$(id -u)" != 0 ] || chown postgres "$dir"
    [ -s "$dir/data/PG_VERSION" ] || as "$bin/initdb" -D "$dir/data" -U otklik --auth=trust -E UTF8 --locale=C.UTF-8 >/dev/null
    as "$bin/pg_ctl" -D "$dir/data" -w -l "$dir/log" -o "-p $port -c listen_addresses=127.0.0.1 -k $dir" start >/dev/null
    as "$bin/createdb" -h 127.0.0.1 -p "$port" -U otklik otklik 2>/dev/null || true
    echo "postgresql://otklik@127.0.0.1:$port/otklik"
    ;;
stop) as "$bin/pg_ctl" -D "$dir/data" -m fast -w stop >/dev/null ;;
restart) as "$bin/pg_ctl" -D "$dir/data" -m "${3:-fast}" -w -l "$dir/log" restart >/dev/null ;;
*) echo "start, stop or restart" >&2; exit 2 ;;
esac
