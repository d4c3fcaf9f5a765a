SELECT "FileName", "Kind" FROM (
  SELECT l."FileName" AS "FileName", coalesce(r."Kind", '') AS "Kind" FROM (
    SELECT "FileName" FROM "DeviceProcessEvents"
  ) AS l LEFT JOIN (
    SELECT * FROM (VALUES
      ('cmd.exe', 'shell'),
      ('winword.exe', 'office')
    ) AS v("FileName", "Kind")
  ) AS r ON l."FileName" = r."FileName"
)
