SELECT "FileName" FROM (
  SELECT * FROM (
    SELECT "Timestamp", "FileName" FROM "DeviceProcessEvents"
  )
  WHERE ("Timestamp" = (SELECT "max_Timestamp" FROM (SELECT max("Timestamp") AS "max_Timestamp" FROM (
    SELECT "Timestamp" FROM "DeviceProcessEvents"
  )) LIMIT 1))
)
