import { expect, test } from "vitest";
import { hostOf, isSinkhole } from "../../src/lab/targets.ts";

// oxfmt-ignore
test.each([
  ["https://sinkhole.kqltest.example", "sinkhole.kqltest.example"],
  ["https://Sinkhole.Example:8443/a?b=c#d", "sinkhole.example"],
  ["sinkhole.example.", "sinkhole.example"],
  ["https://sinkhole.example:443@pastebin.com/", undefined],
  ["https://sinkhole.example\\@pastebin.com/", undefined],
  ["https://pastebin.com#@sinkhole.example/", undefined],
  ["https://sinkhole.example -x http://pastebin.com", undefined],
  ["https://{pastebin.com,sinkhole.example}/", undefined],
  ["https://sinkhole.example\nhttps://pastebin.com", undefined],
  ["http://[::1]:8080/x", "::1"],
  ["http://[::1.example]/x", undefined],
  ["::1", "::1"],
  ["127.0.0.1", "127.0.0.1"],
  ["", undefined],
])("host of %j", (text, host) => {
  expect(hostOf(text)).toBe(host);
});

// oxfmt-ignore
test.each([
  ["localhost", true], ["127.0.0.1", true], ["127.255.3.4", true], ["::1", true],
  ["sinkhole.example", true], ["a.b.test", true], ["x.invalid", true], ["www.example.com", true], ["example.org", true],
  ["pastebin.com", false], ["notexample.com", false], ["127.0.0.1.contoso.com", false], ["127.1", false],
  ["0.0.0.0", false], ["10.0.0.1", false], ["::2", false], ["example.com.contoso.com", false], ["", false],
] as const)("%s is a sinkhole: %s", (host, expected) => {
  expect(isSinkhole(host)).toBe(expected);
});
