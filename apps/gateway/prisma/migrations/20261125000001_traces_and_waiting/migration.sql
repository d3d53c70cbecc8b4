-- The trace that a task belongs to, as W3C Trace Context writes it; older gateways leave it empty.
ALTER TABLE "task" ADD COLUMN "traceparent" TEXT;
GRANT UPDATE ("traceparent") ON "task" TO "lucency_app";

-- What waits, by site and age, and when last something was answered: asked every second by every gateway.
CREATE INDEX "task_waiting" ON "task" ("kind", "priority", "site_id", "created_at") WHERE "state" = 'PENDING';
CREATE INDEX "task_answered" ON "task" ("settled_at") WHERE "kind" = 'classify';

-- Admission looks at every site at once, which nobody's policies allow: counts and ages by site leave here, nothing
-- else. Retried tasks count but have no age; they were made long ago. "late" are those older than the limit of their
-- priority.
CREATE FUNCTION "waiting_studies"("routine_limit" float8, "stat_limit" float8) RETURNS jsonb
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$
    SELECT jsonb_build_object(
      'sites', COALESCE((
        SELECT jsonb_agg(jsonb_build_object('siteId', site_id, 'priority', priority, 'waiting', waiting,
          'late', late, 'oldestSeconds', COALESCE(oldest, 0)))
        FROM (
          SELECT site_id, priority, count(*) AS waiting,
            count(*) FILTER (WHERE attempt = 1 AND created_at < now() - make_interval(secs =>
              CASE priority WHEN 'STAT' THEN stat_limit ELSE routine_limit END)) AS late,
            extract(epoch FROM now() - min(created_at) FILTER (WHERE attempt = 1)) AS oldest
          FROM task WHERE kind = 'classify' AND state = 'PENDING' GROUP BY site_id, priority
        ) AS site), '[]'),
      'answeredSecondsAgo', extract(epoch FROM now() - (SELECT max(settled_at) FROM task WHERE kind = 'classify')))
  $$;
REVOKE ALL ON FUNCTION "waiting_studies"(float8, float8) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION "waiting_studies"(float8, float8) TO "lucency_app";
