import { expect, test } from "vitest";
import { account, policy, root, stsWorld, user } from "../testing/world.ts";

test("tells everybody who they are", async () => {
  const world = stsWorld({ roles: {} });
  expect(await world.call(root, "GetCallerIdentity", {})).toEqual({
    Account: account,
    UserId: account,
    Arn: `arn:aws:iam::${account}:root`,
  });
  expect(await world.call(user("alice"), "GetCallerIdentity", {})).toEqual({
    Account: account,
    UserId: "AIDAALICE",
    Arn: `arn:aws:iam::${account}:user/alice`,
  });
});

test("needs no permission, and no policy can withhold it", async () => {
  const world = stsWorld({ roles: {}, userPolicies: { alice: [policy({ Effect: "Deny", Action: "*", Resource: "*" })] } });
  expect(await world.call(user("alice"), "GetCallerIdentity", {})).toMatchObject({ UserId: "AIDAALICE" });
});
