import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestSchemas, type TestSchemas } from "../testing/test-schemas.ts";

let schemas: TestSchemas;
beforeAll(async () => {
  schemas = await startTestSchemas();
});
afterAll(() => schemas.close());

const arnOf = (name: string): string => `arn:aws:schemas:us-east-1:123456789012:registry/${name}`;

test("a registry is described as it was made, and is there once, in its account and Region", async () => {
  const made = { Description: "of orders", RegistryArn: arnOf("orders"), RegistryName: "orders", Tags: { team: "a" } };
  const input = { RegistryName: "orders", Description: "of orders", Tags: { team: "a" } };
  expect(await schemas.call("CreateRegistry", input)).toEqual(made);
  expect(await schemas.call("DescribeRegistry", { RegistryName: "orders" })).toEqual(made);
  await expect(schemas.call("CreateRegistry", input)).rejects.toMatchObject({
    code: "ConflictException",
    message: "Registry with name orders already exists.",
  });
  for (const elsewhere of [{ region: "eu-west-1" }, { accountId: "210987654321" }])
    await expect(schemas.call("DescribeRegistry", { RegistryName: "orders" }, elsewhere)).rejects.toMatchObject({
      code: "NotFoundException",
      message: "Registry with name orders does not exist.",
    });
});

test("an update changes what it names", async () => {
  await schemas.call("CreateRegistry", { RegistryName: "changed", Description: "before" });
  expect((await schemas.call("UpdateRegistry", { RegistryName: "changed" })).Description).toBe("before");
  expect((await schemas.call("UpdateRegistry", { RegistryName: "changed", Description: "after" })).Description).toBe("after");
});

test("names are checked, and AWS's own refused", async () => {
  for (const RegistryName of ["with space", "a/b", "x".repeat(65)])
    await expect(schemas.call("CreateRegistry", { RegistryName })).rejects.toMatchObject({ code: "BadRequestException" });
  await expect(schemas.call("CreateRegistry", { RegistryName: "aws.mine" })).rejects.toMatchObject({ code: "ForbiddenException" });
});

test("a list comes by pages, by prefix and by scope", async () => {
  for (const name of ["p-1", "p-2", "p-3"]) await schemas.call("CreateRegistry", { RegistryName: name });
  const first = await schemas.call("ListRegistries", { RegistryNamePrefix: "p-", Limit: 2 });
  expect(first.Registries?.map(({ RegistryName }) => RegistryName)).toEqual(["p-1", "p-2"]);
  const second = await schemas.call("ListRegistries", { RegistryNamePrefix: "p-", Limit: 2, NextToken: first.NextToken });
  expect(second).toEqual({ Registries: [{ RegistryArn: arnOf("p-3"), RegistryName: "p-3", Tags: {} }] });
  expect(await schemas.call("ListRegistries", { Scope: "AWS" })).toEqual({ Registries: [] });
  await expect(schemas.call("ListRegistries", { NextToken: "made-up" })).rejects.toMatchObject({ code: "BadRequestException" });
  await expect(schemas.call("ListRegistries", { Limit: 0 })).rejects.toMatchObject({ code: "BadRequestException" });
});

test("one with schemas is not deleted", async () => {
  await schemas.call("CreateRegistry", { RegistryName: "full" });
  await schemas.call("CreateSchema", { RegistryName: "full", SchemaName: "one", Type: "JSONSchemaDraft4", Content: "{}" });
  await expect(schemas.call("DeleteRegistry", { RegistryName: "full" })).rejects.toMatchObject({ code: "ConflictException" });
  await schemas.call("DeleteSchema", { RegistryName: "full", SchemaName: "one" });
  await schemas.call("DeleteRegistry", { RegistryName: "full" });
  await expect(schemas.call("DeleteRegistry", { RegistryName: "full" })).rejects.toMatchObject({ code: "NotFoundException" });
});

test("tags are added, listed and removed, and IAM sees them", async () => {
  await schemas.call("CreateRegistry", { RegistryName: "tagged", Tags: { a: "1" } });
  const ResourceArn = arnOf("tagged");
  await schemas.call("TagResource", { ResourceArn, Tags: { b: "2" } });
  expect(schemas.asked.at(-1)).toMatchObject({
    action: "schemas:TagResource",
    resource: ResourceArn,
    conditionKeys: { "aws:ResourceTag/a": ["1"], "aws:RequestTag/b": ["2"], "aws:TagKeys": ["b"] },
  });
  await schemas.call("UntagResource", { ResourceArn, TagKeys: ["a"] });
  expect(await schemas.call("ListTagsForResource", { ResourceArn })).toEqual({ Tags: { b: "2" } });
  await expect(schemas.call("TagResource", { ResourceArn, Tags: { "aws:x": "1" } })).rejects.toMatchObject({ code: "BadRequestException" });
  for (const other of ["arn:aws:s3:::bucket", arnOf("tagged").replace("us-east-1", "eu-west-1"), "tagged"])
    await expect(schemas.call("ListTagsForResource", { ResourceArn: other })).rejects.toMatchObject({ code: "BadRequestException" });
});
