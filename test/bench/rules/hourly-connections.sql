WITH counts AS (
  SELECT InitiatingProcessFileName, (Timestamp - ($now - 1728000000000)) // 36000000000 AS Hour, count(*) AS n
  FROM DeviceNetworkEvents
  WHERE RemoteIPType = 'Public' AND Timestamp >= $now - 1728000000000 AND Timestamp < $now
  GROUP BY 1, 2
), hours AS (
  SELECT InitiatingProcessFileName, Hour, coalesce(n, 0) AS n
  FROM (SELECT DISTINCT InitiatingProcessFileName FROM counts) CROSS JOIN (SELECT unnest(range(48)) AS Hour)
  LEFT JOIN counts USING (InitiatingProcessFileName, Hour)
)
SELECT InitiatingProcessFileName, min(n) AS Quietest, max(n) AS Busiest, CAST(sum(n) AS BIGINT) AS Total FROM hours GROUP BY 1
