SELECT "Host", "Path" FROM (
  SELECT "RemoteUrl", regexp_extract("RemoteUrl", '(?s)\A(?P<kql_0>.*?)/(?P<kql_1>.*)\z', 1) AS "Host", regexp_extract("RemoteUrl", '(?s)\A(?P<kql_0>.*?)/(?P<kql_1>.*)\z', 2) AS "Path" FROM (
    SELECT "RemoteUrl" FROM "DeviceNetworkEvents"
  )
)
