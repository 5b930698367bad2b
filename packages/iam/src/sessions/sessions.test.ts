import { rootPrincipal, type Principal } from "@mayfly/kernel";
import { describe, expect, test } from "vitest";
import { createCredentialsResolver, issueSession, openSession, sealSession, type IssuedSession, type LongLivedKey } from "./index.ts";
import { testSealer } from "./testing/sealer.ts";

const account = "123456789012";
const issuedAtMs = Date.parse("2026-11-23T15:00:00Z");
const worker: Principal = {
  kind: "assumed-role",
  accountId: account,
  arn: `arn:aws:sts::${account}:assumed-role/worker/s1`,
  userId: "AROAWORKER:s1",
  roleName: "worker",
  sessionName: "s1",
  sessionPolicy: '{"Statement":[]}',
};
const sealer = testSealer();
const issue = (durationSeconds = 900): IssuedSession => issueSession(sealer, worker, issuedAtMs + 345, durationSeconds);

function resolver(options: { mode?: "strict" | "open"; nowMs?: number; keys?: Record<string, LongLivedKey> } = {}) {
  return createCredentialsResolver({
    directory: { accessKey: (id) => options.keys?.[id] },
    keyring: sealer,
    clock: { now: () => options.nowMs ?? issuedAtMs, monotonicMs: () => 0 },
    mode: options.mode ?? "strict",
    defaultAccountId: account,
  });
}

describe("a session token", () => {
  test("holds the whole session", () => {
    const session = issue();
    expect(session).toMatchObject({
      accessKeyId: expect.stringMatching(/^ASIA[A-Z2-7]{16}$/),
      secretAccessKey: expect.stringMatching(/^[\w+/]{40}$/),
      issuedAtMs,
      expiresAtMs: issuedAtMs + 900_000,
    });
    const { sessionToken, ...facts } = session;
    expect(openSession(sealer, sessionToken)).toEqual(facts);
    expect(sessionToken).toMatch(/^[\w-]+$/);
  });

  test("does not show what it holds, nor comes out twice the same", () => {
    const session = issue();
    expect(Buffer.from(session.sessionToken, "base64url").toString("latin1")).not.toContain(session.secretAccessKey);
    expect(sealSession(sealer, session)).not.toBe(session.sessionToken);
  });

  test("opens only unaltered, and only where it was sealed", () => {
    const { sessionToken } = issue();
    for (let at = 0; at < sessionToken.length; at++) {
      const altered = sessionToken.slice(0, at) + (sessionToken[at] === "A" ? "B" : "A") + sessionToken.slice(at + 1);
      expect(openSession(sealer, altered)).toBeUndefined();
    }
    expect(openSession(testSealer(), sessionToken)).toBeUndefined();
    for (const odd of ["", "x", `${sessionToken}=`, ` ${sessionToken}`, sessionToken.slice(1)])
      expect(openSession(sealer, odd)).toBeUndefined();
  });

  test("cannot be made of something else that was sealed here", () => {
    const sealed = sealer.seal("access-key", Buffer.from(JSON.stringify(issue())));
    expect(openSession(sealer, sealed.toString("base64url"))).toBeUndefined();
  });
});

describe("temporary keys", () => {
  test("belong to their session, after a restart too", async () => {
    const { accessKeyId, secretAccessKey, sessionToken } = issue();
    const expected = { accessKeyId, secretAccessKey, principal: worker, tokenIssuedAtMs: issuedAtMs };
    const one = resolver();
    expect(await one.resolve(accessKeyId, sessionToken)).toEqual(expected);
    expect(await one.resolve(accessKeyId, sessionToken)).toEqual(expected);
    expect(await resolver().resolve(accessKeyId, sessionToken)).toEqual(expected);
  });

  test("end when their time is up, even if they were known", async () => {
    const { accessKeyId, sessionToken } = issue();
    let nowMs = issuedAtMs + 899_999;
    const one = createCredentialsResolver({
      directory: { accessKey: () => undefined },
      keyring: sealer,
      clock: { now: () => nowMs, monotonicMs: () => 0 },
      mode: "strict",
      defaultAccountId: account,
    });
    expect(await one.resolve(accessKeyId, sessionToken)).toMatchObject({ principal: worker });
    nowMs++;
    expect(await one.resolve(accessKeyId, sessionToken)).toBe("expired-token");
  });

  test("need their own token", async () => {
    const [one, two] = [issue(), issue()];
    const credentials = resolver();
    expect(await credentials.resolve(one.accessKeyId, two.sessionToken)).toBe("invalid-token");
    expect(await credentials.resolve(one.accessKeyId, "garbage")).toBe("invalid-token");
    expect(await credentials.resolve(one.accessKeyId, undefined)).toBe("unknown-key");
  });
});

describe("long-lived keys", () => {
  const key: LongLivedKey = { principal: rootPrincipal(account), secretAccessKey: "secret", active: true };
  const keys = { AKIAROOT: key, AKIAOFF: { ...key, active: false } };

  test("come from the directory", async () => {
    const credentials = resolver({ keys });
    expect(await credentials.resolve("AKIAROOT", undefined)).toEqual({
      principal: rootPrincipal(account),
      secretAccessKey: "secret",
      accessKeyId: "AKIAROOT",
    });
    expect(await credentials.resolve("AKIAOFF", undefined)).toBe("inactive-key");
    expect(await credentials.resolve("AKIANONE", undefined)).toBe("unknown-key");
    expect(await credentials.resolve("AKIAROOT", issue().sessionToken)).toBe("invalid-token");
  });
});

describe("open mode", () => {
  test("an account's number as key is its root; any other key the default account's", async () => {
    const credentials = resolver({ mode: "open" });
    expect(await credentials.resolve("000000000042", undefined)).toMatchObject({ principal: rootPrincipal("000000000042") });
    expect(await credentials.resolve("test", "any token")).toMatchObject({ principal: rootPrincipal(account) });
  });

  test("a session stays whose it is", async () => {
    const { accessKeyId, sessionToken } = issue();
    expect(await resolver({ mode: "open" }).resolve(accessKeyId, sessionToken)).toMatchObject({ principal: worker });
  });
});
