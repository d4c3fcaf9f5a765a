SELECT "Timestamp", "FileName" FROM (
  SELECT * FROM (
    SELECT "Timestamp", "FileName" FROM "DeviceProcessEvents"
  )
  ORDER BY "Timestamp" DESC NULLS LAST LIMIT CAST(2 AS BIGINT)
)
