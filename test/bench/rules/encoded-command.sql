SELECT Timestamp, DeviceName, AccountName, FileName, ProcessCommandLine
FROM DeviceProcessEvents
WHERE Timestamp > $now - 864000000000
  AND lower(FileName) IN ('powershell.exe', 'pwsh.exe')
  AND (regexp_matches(ProcessCommandLine, '(?i)(?:-enc|-encodedcommand|(?:^|[^0-9A-Za-z])frombase64string)(?:$|[^0-9A-Za-z])')
    OR regexp_matches(ProcessCommandLine, '(?i)-w(indowstyle)?\s+hidden'))
  AND lower(InitiatingProcessFileName) <> 'ccmexec.exe'
  AND NOT contains(lower(ProcessCommandLine), 'inventory')
