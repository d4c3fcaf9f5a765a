SELECT "FileName", "Word" FROM (
  SELECT * FROM (
    SELECT "FileName", "ProcessCommandLine", kql_text("$elements 1") AS "Word", "At" FROM (SELECT "FileName", "ProcessCommandLine", unnest("$elements 1") AS "$elements 1", unnest(range(greatest(len("$elements 1")))) AS "At" FROM (SELECT *, kql_elements_bag("$value 1") AS "$elements 1" FROM (SELECT *, kql_split("ProcessCommandLine", ' ') AS "$value 1" FROM (
      SELECT "FileName", "ProcessCommandLine" FROM "DeviceProcessEvents"
    ))))
  )
  WHERE ("At" = CAST(1 AS BIGINT))
)
