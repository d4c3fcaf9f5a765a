SELECT "DeviceId", "FileName" FROM (
  SELECT * FROM (
    SELECT "DeviceId", "FileName" FROM "DeviceProcessEvents"
  )
  WHERE coalesce("DeviceId" IN (SELECT "DeviceId" FROM (SELECT "DeviceId" FROM (
    SELECT * FROM (
      SELECT "DeviceId", "RemotePort" FROM "DeviceNetworkEvents"
    )
    WHERE (CAST("RemotePort" AS BIGINT) = CAST(443 AS BIGINT))
  ))), false)
)
