SELECT p.Program, p.Owner, count(*) AS Starts, count(DISTINCT p.Job) AS Jobs, max(p.Job) AS Highest
FROM (
  SELECT {Program: m.Program, Job: TRY_CAST(m.Job AS BIGINT), Owner: m.Owner} AS p
  FROM (
    SELECT regexp_extract(ProcessCommandLine, '^(.*?) --job (\d+) --as (.*)$', ['Program', 'Job', 'Owner']) AS m
    FROM DeviceProcessEvents
    WHERE regexp_matches(ProcessCommandLine, '(?i)(?:^|[^0-9A-Za-z])job(?:$|[^0-9A-Za-z])')
  )
)
WHERE p.Job IS NOT NULL AND starts_with(lower(p.Owner), 'svc')
GROUP BY 1, 2
