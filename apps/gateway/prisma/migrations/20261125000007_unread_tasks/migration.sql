-- What study_queue counts twice a second: this index holds nothing else.
CREATE INDEX "task_unread" ON "task" ("site_id", "priority", "created_at") INCLUDE ("attempt")
  WHERE "kind" = 'classify' AND "state" = 'PENDING';

-- Under row policies the planner does not know how few of these there are, and went through all that were ever read. With
-- these settings a bitmap is left to it, which that index makes best. A function of its own, since what else study_queue
-- asks lives by the end of an index.
CREATE FUNCTION "unread_by_site"("seconds" float8) RETURNS jsonb
  LANGUAGE sql STABLE SET search_path = pg_catalog, public SET enable_seqscan = off SET enable_indexscan = off
  AS $$
    SELECT COALESCE(jsonb_agg(jsonb_build_object('siteId', site_id, 'priority', priority, 'waiting', waiting,
      'standing', standing, 'oldestSeconds', COALESCE(oldest, 0))), '[]')
    FROM (
      SELECT site_id, priority, count(*) AS waiting,
        count(*) FILTER (WHERE attempt = 1 AND created_at < now() - make_interval(secs => seconds)) AS standing,
        extract(epoch FROM now() - min(created_at) FILTER (WHERE attempt = 1)) AS oldest
      FROM task WHERE kind = 'classify' AND state = 'PENDING' GROUP BY site_id, priority
    ) AS site
  $$;
REVOKE ALL ON FUNCTION "unread_by_site"(float8) FROM PUBLIC;

CREATE OR REPLACE FUNCTION "study_queue"("seconds" float8) RETURNS jsonb
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$
    SELECT jsonb_build_object(
      'sites', unread_by_site(seconds),
      'answered', answered.lately,
      'answeredLonger', answered.longer,
      'answeredSecondsAgo', extract(epoch FROM now() - (SELECT max(settled_at) FROM task WHERE kind = 'classify')))
    FROM (
      SELECT count(*) AS longer,
        count(*) FILTER (WHERE settled_at > now() - make_interval(secs => seconds)) AS lately
      FROM task WHERE kind = 'classify' AND settled_at > now() - make_interval(secs => 4 * seconds)
    ) AS answered
  $$;
