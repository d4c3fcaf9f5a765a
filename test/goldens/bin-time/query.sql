SELECT ("Timestamp" - "Timestamp" % CAST(144000000000 AS BIGINT)) AS "Timestamp", kql_startofday("Timestamp", 0) AS "Timestamp1", count(*) AS "count_" FROM (
  SELECT * FROM (
    SELECT "Timestamp" FROM "DeviceProcessEvents"
  )
  WHERE (("Timestamp" >= kql_datetime((CAST(638725392000000000 AS BIGINT) - CAST(432000000000 AS BIGINT)))) AND ("Timestamp" <= CAST(638725392000000000 AS BIGINT)))
)
GROUP BY 1, 2
