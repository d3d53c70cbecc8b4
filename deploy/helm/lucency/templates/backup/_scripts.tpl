{{/* Both run in the image of Postgres, as the owner. */}}
{{- define "lucency.dumpScript" -}}
set -eu
# Row-level security binds the owner too. Its policies show it every row; were one missing, rows would be left out unseen.
hidden=$(psql "$OWNER_DATABASE_URL" --no-psqlrc --quiet --tuples-only --no-align --set ON_ERROR_STOP=1 <<'SQL'
SELECT string_agg(relname, ' ') FROM pg_class t
WHERE relkind = 'r' AND relrowsecurity AND relnamespace = 'public'::regnamespace AND NOT EXISTS (
  SELECT FROM pg_policy WHERE polrelid = t.oid AND pg_get_expr(polqual, polrelid) = 'true'
    AND (SELECT oid FROM pg_roles WHERE rolname = current_user) = ANY (polroles))
SQL
)
if [ -n "$hidden" ]; then
  echo "not dumped: the owner does not see every row of $hidden" >&2
  exit 1
fi
pg_dump --dbname "$OWNER_DATABASE_URL" --format custom --enable-row-security --file "$DUMP_FILE"
{{- end }}

{{- define "lucency.restoreScript" -}}
set -eu
# The remark comes first: sweepers see it at once, and leave what the restored database will not know of alone.
psql "$OWNER_DATABASE_URL" --no-psqlrc --quiet --set ON_ERROR_STOP=1 <<'SQL'
DO $$
BEGIN
  EXECUTE format('COMMENT ON DATABASE %I IS %L', current_database(), 'restored; nothing is swept before '
    || to_char(now() AT TIME ZONE 'UTC' + interval '7 days', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'));
END
$$;
DROP OWNED BY CURRENT_USER CASCADE;
SQL
pg_restore --dbname "$OWNER_DATABASE_URL" --no-owner --exit-on-error --single-transaction "$DUMP_FILE"
{{- end }}
