-- Run once per Postgres server by whoever administers it, before the first migration. The login users of the
-- services are members of these or, as in the development stack, are these roles themselves.
--   lucency_owner   owns the database and runs migrations; row-level security binds it too
--   lucency_app     what people may see and do; bound by the policies of their organization and sites
--   lucency_worker  dispatcher, recorder and sweeper
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['lucency_owner', 'lucency_app', 'lucency_worker'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
      EXECUTE format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS', name);
    END IF;
  END LOOP;
END
$$;

-- The services limit each transaction themselves; these hold for single statements outside of one.
ALTER ROLE "lucency_app" SET statement_timeout = '10s';
ALTER ROLE "lucency_worker" SET statement_timeout = '10s';
