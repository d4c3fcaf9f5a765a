SELECT "FileName" FROM (
  SELECT * FROM (
    SELECT "FileName", "ProcessCommandLine" FROM "DeviceProcessEvents"
  )
  WHERE regexp_matches("ProcessCommandLine", '(?i)(?:^|[^0-9A-Za-z])http(?:$|[^0-9A-Za-z])')
)
