SELECT "FileName", kql_text_once(kql_member("d", '/reason')) AS "Reason", list_transform([kql_element(kql_member("d", '/scores'), CAST(0 AS BIGINT))], lambda kql_v0: kql_long_of_json(kql_v0))[1] AS "Score" FROM (
  SELECT "FileName", "AdditionalFields", kql_parse_json("AdditionalFields") AS "d" FROM (
    SELECT "FileName", "AdditionalFields" FROM "DeviceProcessEvents"
  )
)
