SELECT "DeviceId" AS "DeviceId", "RemoteUrl" AS "RemoteUrl" FROM (
  SELECT "DeviceId", "RemoteUrl" FROM "DeviceNetworkEvents"
)
GROUP BY 1, 2
