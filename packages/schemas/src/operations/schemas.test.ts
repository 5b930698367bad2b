import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestSchemas, type TestSchemas } from "../testing/test-schemas.ts";

const RegistryName = "events";
const Type = "OpenApi3";
const document = (title: string): string => JSON.stringify({ openapi: "3.0.0", info: { title, version: "1" }, paths: {} });

let schemas: TestSchemas;
beforeAll(async () => {
  schemas = await startTestSchemas();
  await schemas.call("CreateRegistry", { RegistryName });
});
afterAll(() => schemas.close());

const create = (SchemaName: string, Content = document("one")) => schemas.call("CreateSchema", { RegistryName, SchemaName, Type, Content });
const versionsOf = async (SchemaName: string): Promise<(string | undefined)[]> => {
  const { SchemaVersions = [] } = await schemas.call("ListSchemaVersions", { RegistryName, SchemaName });
  return SchemaVersions.map(({ SchemaVersion }) => SchemaVersion);
};

test("a schema is described with its content", async () => {
  const made = {
    LastModified: new Date(schemas.time.nowMs),
    SchemaArn: "arn:aws:schemas:us-east-1:123456789012:schema/events/_orders-schema",
    SchemaName: "_orders-schema",
    SchemaVersion: "1",
    Tags: {},
    Type,
    VersionCreatedDate: new Date(schemas.time.nowMs),
  };
  expect(await create("_orders-schema")).toEqual(made);
  expect(schemas.asked.at(-1)).toMatchObject({ action: "schemas:CreateSchema", resource: made.SchemaArn });
  const described = await schemas.call("DescribeSchema", { RegistryName, SchemaName: "_orders-schema" });
  expect(described).toEqual({ ...made, Content: document("one") });
  await expect(create("_orders-schema")).rejects.toMatchObject({
    code: "ConflictException",
    message: "Schema with name _orders-schema already exists.",
  });
});

test("a new content is a new version, the same content is none", async () => {
  await create("versions");
  schemas.time.nowMs += 1_000;
  const input = { RegistryName, SchemaName: "versions" };
  expect((await schemas.call("UpdateSchema", { ...input, Content: document("one"), Description: "d" })).SchemaVersion).toBe("1");
  expect((await schemas.call("UpdateSchema", { ...input, Content: document("two") })).SchemaVersion).toBe("2");
  expect(await versionsOf("versions")).toEqual(["2", "1"]);
  const newest = await schemas.call("DescribeSchema", input);
  expect([newest.Content, newest.Description, newest.LastModified]).toEqual([document("two"), "d", new Date(schemas.time.nowMs)]);
  expect((await schemas.call("DescribeSchema", { ...input, SchemaVersion: "1" })).Content).toBe(document("one"));
  for (const SchemaVersion of ["3", "0", "-1", "x"])
    await expect(schemas.call("DescribeSchema", { ...input, SchemaVersion })).rejects.toMatchObject({ code: "NotFoundException" });
});

test("versions are deleted but for the last one, and their numbers not used again", async () => {
  await create("numbers");
  const input = { RegistryName, SchemaName: "numbers" };
  await schemas.call("UpdateSchema", { ...input, Content: document("two") });
  await schemas.call("DeleteSchemaVersion", { ...input, SchemaVersion: "2" });
  expect((await schemas.call("DescribeSchema", input)).SchemaVersion).toBe("1");
  await expect(schemas.call("DeleteSchemaVersion", { ...input, SchemaVersion: "1" })).rejects.toMatchObject({ code: "ConflictException" });
  expect((await schemas.call("UpdateSchema", { ...input, Content: document("three") })).SchemaVersion).toBe("3");
  expect(await versionsOf("numbers")).toEqual(["3", "1"]);
});

test("content that is not of its type is refused, and nothing kept", async () => {
  for (const Content of ["{", "[]", "null", "{}", JSON.stringify({ openapi: "2.0", info: {}, paths: {} })])
    await expect(create("refused", Content)).rejects.toMatchObject({ code: "BadRequestException" });
  await expect(create("with space")).rejects.toMatchObject({ code: "BadRequestException" });
  await expect(schemas.call("DescribeSchema", { RegistryName, SchemaName: "refused" })).rejects.toMatchObject({
    code: "NotFoundException",
    message: "Schema with name refused does not exist.",
  });
});

test("an unknown registry is said first", async () => {
  const input = { RegistryName: "nowhere", SchemaName: "s" };
  const unknown = { code: "NotFoundException", message: "Registry with name nowhere does not exist." };
  await expect(schemas.call("DescribeSchema", input)).rejects.toMatchObject(unknown);
  await expect(schemas.call("CreateSchema", { ...input, Type, Content: document("x") })).rejects.toMatchObject(unknown);
  await expect(schemas.call("ListSchemas", input)).rejects.toMatchObject(unknown);
});

test("schemas are listed with how many versions they have, and found by word", async () => {
  await schemas.call("CreateRegistry", { RegistryName: "shop" });
  for (const SchemaName of ["cart", "order", "refund"])
    await schemas.call("CreateSchema", { RegistryName: "shop", SchemaName, Type, Content: document(`about ${SchemaName}s`) });
  await schemas.call("UpdateSchema", { RegistryName: "shop", SchemaName: "order", Content: document("orders, again") });
  const first = await schemas.call("ListSchemas", { RegistryName: "shop", Limit: 2 });
  expect(first.Schemas?.map(({ SchemaName, VersionCount }) => [SchemaName, VersionCount])).toEqual([
    ["cart", 1],
    ["order", 2],
  ]);
  const rest = await schemas.call("ListSchemas", { RegistryName: "shop", Limit: 2, NextToken: first.NextToken });
  expect([rest.Schemas?.map(({ SchemaName }) => SchemaName), rest.NextToken]).toEqual([["refund"], undefined]);
  const found = await schemas.call("SearchSchemas", { RegistryName: "shop", Keywords: "orders again" });
  expect(found.Schemas?.map(({ SchemaName, SchemaVersions }) => [SchemaName, SchemaVersions?.length])).toEqual([["order", 2]]);
});

test("a schema is exported in its own type", async () => {
  await create("exported");
  const input = { RegistryName, SchemaName: "exported" };
  expect((await schemas.call("ExportSchema", { ...input, Type })).Content).toBe(document("one"));
  await expect(schemas.call("ExportSchema", { ...input, Type: "JSONSchemaDraft4" })).rejects.toMatchObject({ code: "BadRequestException" });
});

test("deleting a schema takes its versions", async () => {
  await create("gone");
  await schemas.call("UpdateSchema", { RegistryName, SchemaName: "gone", Content: document("two") });
  await schemas.call("DeleteSchema", { RegistryName, SchemaName: "gone" });
  await create("gone");
  expect(await versionsOf("gone")).toEqual(["1"]);
});
