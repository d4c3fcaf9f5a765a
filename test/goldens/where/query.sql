SELECT "Timestamp", "DeviceName", "FileName" FROM (
  SELECT * FROM (
    SELECT "Timestamp", "DeviceName", "FileName", "ProcessCommandLine" FROM "DeviceProcessEvents"
  )
  WHERE (regexp_matches("ProcessCommandLine", '(?i)(?:^|[^0-9A-Za-z])(?:http|whoami)(?:$|[^0-9A-Za-z])') AND (lower("FileName") IN ('cmd.exe', 'powershell.exe')))
)
