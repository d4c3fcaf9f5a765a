SELECT DeviceId, Tag, count(*) AS Hits, max(Severity) AS Worst
FROM (
  SELECT DeviceId, unnest(json_extract_string(Fields, '$.Tags[*]')) AS Tag,
    TRY_CAST(json_extract_string(Fields, '$.Severity') AS INTEGER) AS Severity
  FROM (
    SELECT DeviceId, CASE WHEN json_valid(AdditionalFields) THEN AdditionalFields END AS Fields
    FROM DeviceEvents WHERE ActionType = 'AmsiScriptDetection'
  )
)
WHERE starts_with(lower(Tag), 'exploit')
GROUP BY 1, 2
