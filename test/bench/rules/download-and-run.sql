SELECT DeviceId, count(*) AS Shells, max(Timestamp) AS Last
FROM DeviceProcessEvents
WHERE lower(FileName) IN ('cmd.exe', 'powershell.exe') AND DeviceId IN (
  SELECT DeviceId FROM DeviceNetworkEvents
  WHERE regexp_matches(RemoteUrl, '(?i)(?:^|[^0-9A-Za-z])(?:discord\.com|raw\.githubusercontent\.com)(?:$|[^0-9A-Za-z])'))
GROUP BY 1
