SELECT "FileName", kql_text_once(kql_member("d", '/reason')) AS "Reason", list_transform([kql_element(kql_member("d", '/scores'), CAST(0 AS BIGINT))], lambda kql_v0: kql_long_of_json(kql_v0))[1] AS "Score" FROM (
  SELECT "FileName", "AdditionalFields", list_transform([kql_parse_json("AdditionalFields")], lambda kql_v0: CASE WHEN regexp_matches(kql_v0, '[0-9]T[0-9]') AND regexp_matches(kql_v0, '(?s)^[\[{].*"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)?|\.\d{7}(?:[+-]\d\d:\d\d)?)"') THEN kql_json_times(kql_v0) ELSE kql_v0 END)[1] AS "d" FROM (
    SELECT "FileName", "AdditionalFields" FROM "DeviceProcessEvents"
  )
)
