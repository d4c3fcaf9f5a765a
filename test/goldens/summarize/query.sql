SELECT "DeviceId" AS "DeviceId", count(*) AS "Starts", kql_array_distinct(('[' || coalesce(string_agg(CAST(to_json("FileName") AS VARCHAR), ','), '') || ']'), CAST(1048576 AS BIGINT)) AS "Names", min("Timestamp") AS "First" FROM (
  SELECT "Timestamp", "DeviceId", "FileName" FROM "DeviceProcessEvents"
)
GROUP BY 1
