WITH "let $mv-apply" AS MATERIALIZED (
SELECT *, row_number() OVER () AS "$mv-row" FROM (
  SELECT "FileName", "ProcessCommandLine" FROM "DeviceProcessEvents"
)
)
SELECT "FileName", "Long" FROM (
  SELECT "FileName", "Long" FROM (
    SELECT * FROM (
      SELECT l."FileName" AS "FileName", r."Long" AS "Long", r."$place" AS "$place" FROM (
        SELECT "FileName", "$mv-row" FROM "let $mv-apply"
      ) AS l JOIN (
        SELECT "Long", "$mv-row", "$place" FROM (
          SELECT *, row_number() OVER (ORDER BY "$row") AS "$place" FROM (
            SELECT *, row_number() OVER (ORDER BY "$mv-row" ASC NULLS FIRST) AS "$row" FROM (
              SELECT CASE WHEN ("$present" IS NULL) THEN "$empty Long" ELSE "Long" END AS "Long", "$mv-row" FROM (
                SELECT l."$mv-row" AS "$mv-row", l."Long" AS "Long", l."$present" AS "$present", r."$empty Long" AS "$empty Long" FROM (
                  SELECT l."$mv-row" AS "$mv-row", r."Long" AS "Long", r."$present" AS "$present" FROM (
                    SELECT "$mv-row" AS "$mv-row" FROM (
                      SELECT "ProcessCommandLine", "$mv-row", kql_text("$elements 1") AS "Word", "$item" FROM (SELECT "ProcessCommandLine", "$mv-row", unnest("$elements 1") AS "$elements 1", unnest(range(greatest(len("$elements 1")))) AS "$item" FROM (SELECT *, kql_elements_bag("$value 1") AS "$elements 1" FROM (SELECT *, kql_split("ProcessCommandLine", ' ') AS "$value 1" FROM (
                        SELECT "ProcessCommandLine", "$mv-row" FROM "let $mv-apply"
                      ))))
                    )
                    GROUP BY 1
                  ) AS l LEFT JOIN (
                    SELECT "$mv-row", "Long", CAST(1 AS INTEGER) AS "$present" FROM (
                      SELECT "$mv-row" AS "$mv-row", count(*) AS "Long" FROM (
                        SELECT * FROM (
                          SELECT "ProcessCommandLine", "$mv-row", kql_text("$elements 1") AS "Word", "$item" FROM (SELECT "ProcessCommandLine", "$mv-row", unnest("$elements 1") AS "$elements 1", unnest(range(greatest(len("$elements 1")))) AS "$item" FROM (SELECT *, kql_elements_bag("$value 1") AS "$elements 1" FROM (SELECT *, kql_split("ProcessCommandLine", ' ') AS "$value 1" FROM (
                            SELECT "ProcessCommandLine", "$mv-row" FROM "let $mv-apply"
                          ))))
                        )
                        WHERE (length("Word") > CAST(4 AS BIGINT))
                      )
                      GROUP BY 1
                    )
                  ) AS r ON l."$mv-row" IS NOT DISTINCT FROM r."$mv-row"
                ) AS l CROSS JOIN (
                  SELECT count(*) AS "$empty Long" FROM (
                    SELECT CAST(NULL AS BIGINT) AS "Timestamp", CAST(NULL AS VARCHAR) AS "DeviceId", CAST(NULL AS VARCHAR) AS "DeviceName", CAST(NULL AS VARCHAR) AS "ActionType", CAST(NULL AS VARCHAR) AS "FileName", CAST(NULL AS VARCHAR) AS "FolderPath", CAST(NULL AS VARCHAR) AS "SHA1", CAST(NULL AS VARCHAR) AS "SHA256", CAST(NULL AS VARCHAR) AS "MD5", CAST(NULL AS BIGINT) AS "FileSize", CAST(NULL AS VARCHAR) AS "ProcessVersionInfoCompanyName", CAST(NULL AS VARCHAR) AS "ProcessVersionInfoProductName", CAST(NULL AS VARCHAR) AS "ProcessVersionInfoProductVersion", CAST(NULL AS VARCHAR) AS "ProcessVersionInfoInternalFileName", CAST(NULL AS VARCHAR) AS "ProcessVersionInfoOriginalFileName", CAST(NULL AS VARCHAR) AS "ProcessVersionInfoFileDescription", CAST(NULL AS BIGINT) AS "ProcessId", CAST(NULL AS VARCHAR) AS "ProcessCommandLine", CAST(NULL AS VARCHAR) AS "ProcessIntegrityLevel", CAST(NULL AS VARCHAR) AS "ProcessTokenElevation", CAST(NULL AS BIGINT) AS "ProcessCreationTime", CAST(NULL AS VARCHAR) AS "AccountDomain", CAST(NULL AS VARCHAR) AS "AccountName", CAST(NULL AS VARCHAR) AS "AccountSid", CAST(NULL AS VARCHAR) AS "AccountUpn", CAST(NULL AS VARCHAR) AS "AccountObjectId", CAST(NULL AS BIGINT) AS "LogonId", CAST(NULL AS VARCHAR) AS "InitiatingProcessAccountDomain", CAST(NULL AS VARCHAR) AS "InitiatingProcessAccountName", CAST(NULL AS VARCHAR) AS "InitiatingProcessAccountSid", CAST(NULL AS VARCHAR) AS "InitiatingProcessAccountUpn", CAST(NULL AS VARCHAR) AS "InitiatingProcessAccountObjectId", CAST(NULL AS BIGINT) AS "InitiatingProcessLogonId", CAST(NULL AS VARCHAR) AS "InitiatingProcessIntegrityLevel", CAST(NULL AS VARCHAR) AS "InitiatingProcessTokenElevation", CAST(NULL AS VARCHAR) AS "InitiatingProcessSHA1", CAST(NULL AS VARCHAR) AS "InitiatingProcessSHA256", CAST(NULL AS VARCHAR) AS "InitiatingProcessMD5", CAST(NULL AS VARCHAR) AS "InitiatingProcessFileName", CAST(NULL AS BIGINT) AS "InitiatingProcessFileSize", CAST(NULL AS VARCHAR) AS "InitiatingProcessVersionInfoCompanyName", CAST(NULL AS VARCHAR) AS "InitiatingProcessVersionInfoProductName", CAST(NULL AS VARCHAR) AS "InitiatingProcessVersionInfoProductVersion", CAST(NULL AS VARCHAR) AS "InitiatingProcessVersionInfoInternalFileName", CAST(NULL AS VARCHAR) AS "InitiatingProcessVersionInfoOriginalFileName", CAST(NULL AS VARCHAR) AS "InitiatingProcessVersionInfoFileDescription", CAST(NULL AS BIGINT) AS "InitiatingProcessId", CAST(NULL AS VARCHAR) AS "InitiatingProcessCommandLine", CAST(NULL AS BIGINT) AS "InitiatingProcessCreationTime", CAST(NULL AS VARCHAR) AS "InitiatingProcessFolderPath", CAST(NULL AS BIGINT) AS "InitiatingProcessParentId", CAST(NULL AS VARCHAR) AS "InitiatingProcessParentFileName", CAST(NULL AS BIGINT) AS "InitiatingProcessParentCreationTime", CAST(NULL AS VARCHAR) AS "InitiatingProcessSignerType", CAST(NULL AS VARCHAR) AS "InitiatingProcessSignatureStatus", CAST(NULL AS BIGINT) AS "ReportId", CAST(NULL AS VARCHAR) AS "AppGuardContainerId", CAST(NULL AS VARCHAR) AS "AdditionalFields", CAST(NULL AS BIGINT) AS "InitiatingProcessSessionId", CAST(NULL AS BOOLEAN) AS "IsInitiatingProcessRemoteSession", CAST(NULL AS VARCHAR) AS "InitiatingProcessRemoteSessionDeviceName", CAST(NULL AS VARCHAR) AS "InitiatingProcessRemoteSessionIP", CAST(NULL AS BIGINT) AS "CreatedProcessSessionId", CAST(NULL AS BOOLEAN) AS "IsProcessRemoteSession", CAST(NULL AS VARCHAR) AS "ProcessRemoteSessionDeviceName", CAST(NULL AS VARCHAR) AS "ProcessRemoteSessionIP", CAST(NULL AS VARCHAR) AS "ProcessUniqueId", CAST(NULL AS VARCHAR) AS "InitiatingProcessUniqueId", CAST(NULL AS BIGINT) AS "LogonID$2", CAST(NULL AS VARCHAR) AS "Word" WHERE false
                  )
                ) AS r
              )
            )
          )
        )
        ORDER BY "$row"
      ) AS r ON l."$mv-row" = r."$mv-row"
    )
    ORDER BY "$place" ASC NULLS FIRST
  )
)
