SELECT "DeviceId", "FileName" FROM (
  SELECT * FROM (
    SELECT "DeviceId", "FileName", "$partition", "$arrival" FROM (
      SELECT * FROM (
        SELECT "DeviceId", "FileName", "ProcessId", "$arrival", "DeviceId" AS "$partition" FROM (
          SELECT *, row_number() OVER () AS "$arrival" FROM (
            SELECT "DeviceId", "FileName", "ProcessId" FROM "DeviceProcessEvents"
          )
        )
      )
      QUALIFY row_number() OVER (PARTITION BY "$partition" ORDER BY "ProcessId" DESC NULLS LAST, "$arrival" ASC NULLS FIRST) <= CAST(1 AS BIGINT)
      ORDER BY "ProcessId" DESC NULLS LAST, "$arrival" ASC NULLS FIRST
    )
  )
  ORDER BY "$partition" ASC NULLS FIRST, "$arrival" ASC NULLS FIRST
)
