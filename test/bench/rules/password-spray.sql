SELECT RemoteIP, Timestamp - Timestamp % 6000000000 AS "Window", count(*) AS Failures, count(DISTINCT AccountName) AS Accounts,
  count(DISTINCT DeviceId) AS Devices, min(Timestamp) AS First, max(Timestamp) AS Last
FROM DeviceLogonEvents
WHERE ActionType = 'LogonFailed' AND RemoteIP <> ''
GROUP BY 1, 2
HAVING count(*) > 20 AND count(DISTINCT AccountName) > 10
