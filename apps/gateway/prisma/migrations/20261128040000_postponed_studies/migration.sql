-- A study that a worker put off (it is heavy, and another such is being decoded) is before no other: what comes meanwhile is
-- read first. It counts towards how long studies have waited, and not towards how long the next will.
CREATE OR REPLACE FUNCTION "unread_by_site"("seconds" float8) RETURNS jsonb
  LANGUAGE sql STABLE SET search_path = pg_catalog, public SET enable_seqscan = off SET enable_indexscan = off
  AS $$
    SELECT COALESCE(jsonb_agg(jsonb_build_object('siteId', site_id, 'priority', priority, 'waiting', waiting,
      'standing', standing, 'oldestSeconds', COALESCE(oldest, 0))), '[]')
    FROM (
      SELECT site_id, priority, count(*) FILTER (WHERE NOT is_postponed) AS waiting,
        count(*) FILTER (WHERE NOT is_postponed AND attempt = 1
          AND created_at < now() - make_interval(secs => seconds)) AS standing,
        extract(epoch FROM now() - min(created_at) FILTER (WHERE attempt = 1)) AS oldest
      FROM (
        SELECT site_id, priority, attempt, created_at, dispatched_at IS NULL AND due_at > now() AS is_postponed
        FROM task WHERE kind = 'classify' AND state = 'PENDING'
      ) AS unread
      GROUP BY site_id, priority
    ) AS site
  $$;
