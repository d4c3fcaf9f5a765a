SELECT "RemoteUrl", "FileName" FROM (
  SELECT l."RemoteUrl" AS "RemoteUrl", r."FileName" AS "FileName" FROM (
    SELECT * FROM (
      SELECT * FROM (
        SELECT "DeviceId", "RemoteUrl" FROM "DeviceNetworkEvents"
      )
      WHERE regexp_matches("RemoteUrl", '(?i)(?:^|[^0-9A-Za-z])pastebin\.com(?:$|[^0-9A-Za-z])')
    )
    QUALIFY row_number() OVER (PARTITION BY "DeviceId") <= CAST(1 AS BIGINT)
  ) AS l JOIN (
    SELECT "DeviceId", "FileName" FROM "DeviceProcessEvents"
  ) AS r ON l."DeviceId" = r."DeviceId"
)
