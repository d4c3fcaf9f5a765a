WITH baseline AS (
  SELECT DISTINCT FileName, ProcessCommandLine FROM DeviceProcessEvents WHERE Timestamp < $now - 864000000000
)
SELECT FileName, ProcessCommandLine, count(*) AS Starts, count(DISTINCT DeviceId) AS Devices
FROM DeviceProcessEvents ANTI JOIN baseline USING (FileName, ProcessCommandLine)
WHERE Timestamp >= $now - 864000000000
GROUP BY 1, 2
