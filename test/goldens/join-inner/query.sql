SELECT "RemoteUrl", "FileName", "Timestamp1" FROM (
  SELECT l."RemoteUrl" AS "RemoteUrl", r."Timestamp" AS "Timestamp1", r."FileName" AS "FileName" FROM (
    SELECT "DeviceId", "RemoteUrl", "InitiatingProcessId" FROM "DeviceNetworkEvents"
  ) AS l JOIN (
    SELECT "Timestamp", "DeviceId", "FileName", "ProcessId" FROM "DeviceProcessEvents"
  ) AS r ON l."DeviceId" = r."DeviceId" AND l."InitiatingProcessId" IS NOT DISTINCT FROM r."ProcessId"
)
