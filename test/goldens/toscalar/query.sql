SELECT "FileName" FROM (
  SELECT * FROM (
    SELECT "Timestamp", "FileName" FROM "DeviceProcessEvents"
  )
  WHERE coalesce("Timestamp" = (SELECT "max_Timestamp" FROM (SELECT max("Timestamp") AS "max_Timestamp" FROM (
    SELECT "Timestamp" FROM "DeviceProcessEvents"
  )) LIMIT 1), CASE WHEN "Timestamp" IS NULL AND (SELECT "max_Timestamp" FROM (SELECT max("Timestamp") AS "max_Timestamp" FROM (
    SELECT "Timestamp" FROM "DeviceProcessEvents"
  )) LIMIT 1) IS NULL THEN NULL ELSE false END)
)
