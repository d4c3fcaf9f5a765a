WITH "let Starts" AS MATERIALIZED (
SELECT "DeviceId" AS "DeviceId", count(*) AS "N" FROM (
  SELECT "DeviceId" FROM "DeviceProcessEvents"
)
GROUP BY 1
)
SELECT "DeviceId", "N" FROM (
  SELECT l."DeviceId" AS "DeviceId", l."N" AS "N" FROM (
    SELECT "DeviceId", "N" FROM "let Starts"
  ) AS l JOIN (
    SELECT max("N") AS "Most" FROM (
      SELECT "N" FROM "let Starts"
    )
  ) AS r ON l."N" IS NOT DISTINCT FROM r."Most"
)
