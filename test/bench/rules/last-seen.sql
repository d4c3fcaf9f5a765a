SELECT DeviceId, last.Timestamp, last.DeviceName, last.AccountName, last.FileName, last.ProcessCommandLine, last.SHA256
FROM (
  SELECT DeviceId, arg_max({Timestamp: Timestamp, DeviceName: DeviceName, AccountName: AccountName, FileName: FileName,
    ProcessCommandLine: ProcessCommandLine, SHA256: SHA256}, Timestamp) AS last
  FROM DeviceProcessEvents GROUP BY 1
)
WHERE lower(last.FileName) IN ('cmd.exe', 'powershell.exe')
