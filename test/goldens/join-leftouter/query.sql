SELECT "FileName", "RemoteUrl" FROM (
  SELECT l."FileName" AS "FileName", coalesce(r."RemoteUrl", '') AS "RemoteUrl" FROM (
    SELECT "DeviceId", "FileName" FROM "DeviceProcessEvents"
  ) AS l LEFT JOIN (
    SELECT "DeviceId", "RemoteUrl" FROM (
      SELECT "DeviceId", "RemoteUrl" FROM "DeviceNetworkEvents"
    )
  ) AS r ON l."DeviceId" = r."DeviceId"
)
