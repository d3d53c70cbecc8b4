#!/bin/sh
# As the official image does: the first start makes the cluster, then what lies in docker-entrypoint-initdb.d.
set -eu
sockets=/var/run/postgresql
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  printf '%s' "$POSTGRES_PASSWORD" > /tmp/password
  initdb --pgdata="$PGDATA" --username=postgres --pwfile=/tmp/password --encoding=UTF8 \
    --locale=C --locale-provider=builtin --builtin-locale=C.UTF-8 --auth-local=trust --auth-host=scram-sha-256
  rm /tmp/password
  echo 'host all all all scram-sha-256' >> "$PGDATA/pg_hba.conf"
  pg_ctl --wait start --options="-c listen_addresses= -c unix_socket_directories=$sockets"
  for script in /docker-entrypoint-initdb.d/*.sh; do PGHOST=$sockets sh "$script"; done
  pg_ctl --wait --mode=fast stop
fi
exec postgres -c listen_addresses='*' -c unix_socket_directories=$sockets "$@"
