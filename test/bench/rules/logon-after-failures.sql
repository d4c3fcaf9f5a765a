WITH failures AS (
  SELECT DeviceId, AccountName, count(*) AS Count, max(Timestamp) AS LastFailure
  FROM DeviceLogonEvents WHERE ActionType = 'LogonFailed'
  GROUP BY ALL HAVING count(*) > 3
)
SELECT Timestamp, s.DeviceId, DeviceName, s.AccountName, RemoteIP, Count
FROM DeviceLogonEvents AS s JOIN failures AS f ON s.DeviceId = f.DeviceId AND s.AccountName = f.AccountName
WHERE ActionType = 'LogonSuccess' AND LogonType IN ('Network', 'RemoteInteractive')
  AND Timestamp BETWEEN LastFailure AND LastFailure + 108000000000
