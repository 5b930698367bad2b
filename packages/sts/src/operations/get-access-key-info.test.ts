import { rootPrincipal } from "@mayfly/kernel";
import { expect, test } from "vitest";
import { otherAccount, root, stsWorld, user } from "../testing/world.ts";

const world = stsWorld({
  roles: {},
  keys: { AKIAIOSFODNN7EXAMPLE: { principal: rootPrincipal(otherAccount), secretAccessKey: "s", active: false } },
});

test("tells the account of a key, whoever's it is", async () => {
  expect(await world.call(root, "GetAccessKeyInfo", { AccessKeyId: "AKIAIOSFODNN7EXAMPLE" })).toEqual({ Account: otherAccount });
});

test("knows no other keys", async () => {
  await expect(world.call(root, "GetAccessKeyInfo", { AccessKeyId: "AKIAXXXXXXXXXXXXXXXX" })).rejects.toMatchObject({
    code: "ValidationError",
  });
});

test("needs a permission", async () => {
  await expect(world.call(user("alice"), "GetAccessKeyInfo", { AccessKeyId: "AKIAIOSFODNN7EXAMPLE" })).rejects.toMatchObject({
    name: "AccessDenied",
  });
});
