import { expect, it } from "vitest";
import { newUrlId, readUrlHost, urlText } from "./url-address.ts";

it("reads the host of a URL back from its text", () => {
  const address = { urlId: newUrlId(), region: "eu-west-1" };
  const { host } = new URL(urlText(address, "http://127.0.0.1:4600"));
  expect(host).toMatch(/:4600$/);
  expect(readUrlHost(host)).toEqual(address);
  expect(readUrlHost(host.toUpperCase())).toEqual(address);
  expect(readUrlHost(`${address.urlId}.lambda-url.eu-west-1.on.example.com`)).toEqual(address);
});

it("takes no other host for one", () => {
  const id = newUrlId();
  const hosts = [
    "localhost:4566",
    `${id}.lambda-url.localhost`,
    `x${id}.lambda-url.eu-west-1.localhost`,
    `${id.slice(1)}.lambda-url.eu-west-1.localhost`,
  ];
  const tricks = [
    `a.${id}.lambda-url.eu-west-1.localhost`,
    `${id}.lambda-url.eu-west-1.`,
    `${id}.lambda-url.eu-west-1.localhost/x`,
    `${id}.lambda-url.eu-west-1.localhost:x`,
  ];
  for (const host of [...hosts, ...tricks]) expect(readUrlHost(host)).toBeUndefined();
});
