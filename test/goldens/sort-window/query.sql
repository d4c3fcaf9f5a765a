SELECT "DeviceId", "FileName", "Before", "Number" FROM (
  SELECT "DeviceId", "FileName", "Before", "Number" FROM (
    SELECT "Timestamp", "DeviceId", "FileName", "$window 1", "$window 2", "$window 3", "$window 4", "$window 1" AS "Before", kql_wrap(CAST(kql_wrap(CAST("$window 4" AS HUGEINT) + CAST(-1 AS BIGINT)) AS HUGEINT) + CAST(1 AS BIGINT)) AS "Number" FROM (
      SELECT "Timestamp", "DeviceId", "FileName", "$window 1", "$window 2", "$window 3", "$window 4" FROM (
        SELECT *, row_number() OVER (PARTITION BY "$window 3" ORDER BY "$row") AS "$window 4" FROM (
          SELECT *, count(CASE WHEN (NOT ("DeviceId" = "$window 2")) THEN CAST(1 AS BIGINT) ELSE CAST(NULL AS BIGINT) END) OVER (ORDER BY "$row" ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS "$window 3" FROM (
            SELECT *, lag("FileName", CAST(1 AS BIGINT), '') OVER (ORDER BY "$row") AS "$window 1", lag("DeviceId", CAST(1 AS BIGINT), '') OVER (ORDER BY "$row") AS "$window 2" FROM (
              SELECT *, row_number() OVER () AS "$row" FROM (
                SELECT * FROM (
                  SELECT "Timestamp", "DeviceId", "FileName" FROM "DeviceProcessEvents"
                )
                ORDER BY "DeviceId" ASC NULLS FIRST, "Timestamp" ASC NULLS FIRST
              )
            )
          )
        )
      )
      ORDER BY "$row"
    )
  )
)
