-- What was answered over a longer time too: a pause of a moment is no sign that all will be slow. Older gateways read
-- the same function and leave the new field alone.
CREATE OR REPLACE FUNCTION "study_queue"("seconds" float8) RETURNS jsonb
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
      'answered', answered.lately,
      'answeredLonger', answered.longer,
      'answeredSecondsAgo', extract(epoch FROM now() - (SELECT max(settled_at) FROM task WHERE kind = 'classify')))
    FROM (
      SELECT count(*) AS longer,
        count(*) FILTER (WHERE settled_at > now() - make_interval(secs => seconds)) AS lately
      FROM task WHERE kind = 'classify' AND settled_at > now() - make_interval(secs => 4 * seconds)
    ) AS answered
  $$;
