SELECT InitiatingProcessSHA256, DeviceId, count(*) AS Connections, count(DISTINCT RemoteIP) AS Addresses
FROM DeviceNetworkEvents
WHERE RemoteIPType = 'Public' AND InitiatingProcessSHA256 IN (
  SELECT SHA256 FROM DeviceProcessEvents GROUP BY 1 HAVING count(DISTINCT DeviceId) < 3)
GROUP BY 1, 2
