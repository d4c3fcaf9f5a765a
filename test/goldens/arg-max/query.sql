SELECT "DeviceId" AS "DeviceId", max("Timestamp") AS "Timestamp", coalesce(arg_max_null("FileName", coalesce("Timestamp", -1)), '') AS "FileName", arg_max_null("ProcessId", coalesce("Timestamp", -1)) AS "ProcessId" FROM (
  SELECT "Timestamp", "DeviceId", "FileName", "ProcessId" FROM "DeviceProcessEvents"
)
GROUP BY 1
