-- What admission needs to tell how long one more study would wait: what waits, what of it has waited for a while
-- ("standing"), and what was answered meanwhile. Takes the place of waiting_studies, which older gateways still ask;
-- the next release drops it. Retried tasks count but have no age; they were made long ago.
CREATE FUNCTION "study_queue"("seconds" float8) RETURNS jsonb
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$
    SELECT jsonb_build_object(
      'sites', COALESCE((
        SELECT jsonb_agg(jsonb_build_object('siteId', site_id, 'priority', priority, 'waiting', waiting,
          'standing', standing, 'oldestSeconds', COALESCE(oldest, 0)))
        FROM (
          SELECT site_id, priority, count(*) AS waiting,
            count(*) FILTER (WHERE attempt = 1 AND created_at < now() - make_interval(secs => seconds)) AS standing,
            extract(epoch FROM now() - min(created_at) FILTER (WHERE attempt = 1)) AS oldest
          FROM task WHERE kind = 'classify' AND state = 'PENDING' GROUP BY site_id, priority
        ) AS site), '[]'),
      'answered', (SELECT count(*) FROM task
        WHERE kind = 'classify' AND settled_at > now() - make_interval(secs => seconds)),
      'answeredSecondsAgo', extract(epoch FROM now() - (SELECT max(settled_at) FROM task WHERE kind = 'classify')))
  $$;
REVOKE ALL ON FUNCTION "study_queue"(float8) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION "study_queue"(float8) TO "lucency_app";
