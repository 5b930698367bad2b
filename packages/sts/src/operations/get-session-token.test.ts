import type { ResolvedCredentials } from "@mayfly/kernel";
import { expect, test } from "vitest";
import { account, policy, root, stsWorld, user } from "../testing/world.ts";

const alice = user("alice");

test("a user gets credentials that are its own for twelve hours", async () => {
  const world = stsWorld({ roles: {} });
  const { Credentials } = await world.call(alice, "GetSessionToken", {});
  expect(Credentials?.Expiration).toEqual(new Date("2026-11-24T03:00:00Z"));
  const resolved = (await world.resolver.resolve(Credentials?.AccessKeyId ?? "", Credentials?.SessionToken)) as ResolvedCredentials;
  expect(await world.call(resolved, "GetCallerIdentity", {})).toEqual({ Account: account, Arn: alice.arn, UserId: alice.userId });
  world.time.nowMs += 43_200_000;
  expect(await world.resolver.resolve(Credentials?.AccessKeyId ?? "", Credentials?.SessionToken)).toBe("expired-token");
});

test("up to 36 hours; root gets an hour, whatever it asks for", async () => {
  const world = stsWorld({ roles: {} });
  expect((await world.call(alice, "GetSessionToken", { DurationSeconds: 129_600 })).Credentials?.Expiration).toEqual(
    new Date("2026-11-25T03:00:00Z"),
  );
  for (const DurationSeconds of [undefined, 43_200])
    expect((await world.call(root, "GetSessionToken", { DurationSeconds })).Credentials?.Expiration).toEqual(
      new Date("2026-11-23T16:00:00Z"),
    );
  expect((await world.call(root, "GetSessionToken", { DurationSeconds: 900 })).Credentials?.Expiration).toEqual(
    new Date("2026-11-23T15:15:00Z"),
  );
});

test("temporary credentials get none", async () => {
  const world = stsWorld({ roles: { worker: { trustPolicy: policy({ Principal: { AWS: alice.arn } }) } } });
  const answers = [
    await world.call(alice, "GetSessionToken", {}),
    await world.call(alice, "AssumeRole", { RoleArn: `arn:aws:iam::${account}:role/worker`, RoleSessionName: "s1" }),
  ];
  for (const { Credentials } of answers) {
    const caller = (await world.resolver.resolve(Credentials?.AccessKeyId ?? "", Credentials?.SessionToken)) as ResolvedCredentials;
    await expect(world.call(caller, "GetSessionToken", {})).rejects.toMatchObject({
      name: "AccessDenied",
      message: "Cannot call GetSessionToken with session credentials",
    });
  }
});

test("no user has a second factor", async () => {
  const input = { SerialNumber: `arn:aws:iam::${account}:mfa/alice`, TokenCode: "123456" };
  await expect(stsWorld({ roles: {} }).call(alice, "GetSessionToken", input)).rejects.toMatchObject({
    name: "AccessDenied",
    message: "MultiFactorAuthentication failed with invalid MFA one time pass code.",
  });
});
