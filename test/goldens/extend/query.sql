SELECT "DeviceId", "Name", "Parts", "Long" FROM (
  SELECT "DeviceId", "FileName", "ProcessCommandLine", "Name", "Parts", ("Parts" > CAST(2 AS BIGINT)) AS "Long" FROM (
    SELECT "DeviceId", "FileName", "ProcessCommandLine", lower("FileName") AS "Name", list_transform([kql_split("ProcessCommandLine", ' ')], lambda kql_v0: kql_array_length(kql_v0))[1] AS "Parts" FROM (
      SELECT "DeviceId", "FileName", "ProcessCommandLine" FROM "DeviceProcessEvents"
    )
  )
)
