SELECT count(*) AS "count_", CAST(kql_wrap(coalesce(sum("RemotePort"), 0)) AS BIGINT) AS "sum_RemotePort", max("Timestamp") AS "max_Timestamp" FROM (
  SELECT * FROM (
    SELECT "Timestamp", "RemotePort" FROM "DeviceNetworkEvents"
  )
  WHERE (CAST("RemotePort" AS BIGINT) = CAST(1 AS BIGINT))
)
