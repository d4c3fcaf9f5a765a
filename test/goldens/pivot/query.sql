SELECT "DeviceId", coalesce("cmd.exe", CAST(0 AS BIGINT)) AS "cmd.exe", coalesce("winword.exe", CAST(0 AS BIGINT)) AS "winword.exe" FROM (
  SELECT "DeviceId" AS "DeviceId", true AS "$one", any_value("$value") FILTER (WHERE "$part 1") AS "cmd.exe", any_value("$value") FILTER (WHERE "$part 2") AS "winword.exe" FROM (
    SELECT "DeviceId", "$pivot", "$value", ("$pivot" = 'cmd.exe') AS "$part 1", ("$pivot" = 'winword.exe') AS "$part 2" FROM (
      SELECT "DeviceId" AS "DeviceId", "FileName" AS "$pivot", count(*) AS "$value" FROM (
        SELECT "DeviceId", "FileName" FROM "DeviceProcessEvents"
      )
      GROUP BY 1, 2
    )
  )
  GROUP BY 1, 2
)
