SELECT "Host", "Path" FROM (
  SELECT "RemoteUrl", coalesce(regexp_extract("RemoteUrl", '(?s)\A(?P<kql_0>.*?)/(?P<kql_1>.*)\z', ['g1', 'g2']).g1, '') AS "Host", coalesce(regexp_extract("RemoteUrl", '(?s)\A(?P<kql_0>.*?)/(?P<kql_1>.*)\z', ['g1', 'g2']).g2, '') AS "Path" FROM (
    SELECT "RemoteUrl" FROM "DeviceNetworkEvents"
  )
)
