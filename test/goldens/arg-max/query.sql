SELECT "DeviceId" AS "DeviceId", max("Timestamp") AS "Timestamp", coalesce(CASE WHEN count("Timestamp") = 0 THEN first("FileName") ELSE arg_max_null("FileName", "Timestamp") END, '') AS "FileName", CASE WHEN count("Timestamp") = 0 THEN first("ProcessId") ELSE arg_max_null("ProcessId", "Timestamp") END AS "ProcessId" FROM (
  SELECT "Timestamp", "DeviceId", "FileName", "ProcessId" FROM "DeviceProcessEvents"
)
GROUP BY 1
