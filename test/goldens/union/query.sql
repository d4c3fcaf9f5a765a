SELECT "Source", "DeviceId", "FileName", "RemoteUrl" FROM (
  SELECT * FROM (
    SELECT 'DeviceProcessEvents' AS "Source", "DeviceId", "FileName", '' AS "RemoteUrl" FROM (
      SELECT "DeviceId", "FileName" FROM "DeviceProcessEvents"
    )
  )
  UNION ALL
  SELECT * FROM (
    SELECT 'DeviceNetworkEvents' AS "Source", "DeviceId", '' AS "FileName", "RemoteUrl" FROM (
      SELECT "DeviceId", "RemoteUrl" FROM "DeviceNetworkEvents"
    )
  )
)
