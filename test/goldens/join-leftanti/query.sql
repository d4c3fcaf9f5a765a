SELECT "DeviceId", "FileName" FROM (
  SELECT l."DeviceId" AS "DeviceId", l."FileName" AS "FileName" FROM (
    SELECT "DeviceId", "FileName" FROM "DeviceProcessEvents"
  ) AS l ANTI JOIN (
    SELECT "DeviceId" FROM "DeviceNetworkEvents"
  ) AS r ON l."DeviceId" = r."DeviceId"
)
