import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase, type Database } from "@mayfly/db";
import { createIam, openKeyring, openSession, type Iam, type Keyring } from "@mayfly/iam";
import { rootPrincipal, type InputOf, type OperationName, type OutputOf, type Principal, type RequestContext } from "@mayfly/kernel";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createConsoleSessions, type BegunSession, type ConsoleSessions, type TokenRefusal } from "./console-sessions.ts";

const account = "123456789012";
const root = rootPrincipal(account);
const here = { sourceIp: "127.0.0.1", userAgent: "a browser" };
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

let folder: string;
let db: Database;
let iam: Iam;
let keyring: Keyring;
let nowMs: number;
const clock = { now: () => nowMs, monotonicMs: () => nowMs };
let sessions: ConsoleSessions;

beforeEach(async () => {
  nowMs = Date.parse("2026-11-23T15:00:00Z");
  folder = await mkdtemp(join(tmpdir(), "mayfly-sessions-"));
  db = await openDatabase({ folder });
  keyring = await openKeyring(join(folder, "key"));
  iam = createIam({ db, clock, keyring });
  sessions = createConsoleSessions({ models: db.models, directory: iam.directory, keyring, clock });
});
afterEach(async () => {
  await db.close();
  await rm(folder, { recursive: true, force: true });
});

/** Asks IAM as root. */
async function ask<O extends OperationName<"iam">>(operation: O, input: InputOf<"iam", O>): Promise<OutputOf<"iam", O>> {
  const ctx: RequestContext = {
    principal: root,
    requestId: "r",
    accountId: account,
    region: "us-east-1",
    sourceIp: "127.0.0.1",
    userAgent: "test",
    secureTransport: false,
    endpoint: "http://127.0.0.1:4566",
    call: () => Promise.reject(new Error("IAM calls no other service")),
    authorize: () => Promise.resolve(),
  };
  const bound = iam.service.operation(operation);
  if (bound === undefined) throw new Error(`No ${operation}`);
  return (await bound.run(ctx, input)) as OutputOf<"iam", O>;
}

async function createUser(UserName: string): Promise<Principal> {
  const { User } = await ask("CreateUser", { UserName });
  return { kind: "user", accountId: account, arn: User?.Arn ?? "", userId: User?.UserId ?? "", userName: UserName };
}

async function createKey(UserName: string): Promise<string> {
  return (await ask("CreateAccessKey", { UserName })).AccessKey?.AccessKeyId ?? "";
}

async function createRoleSession(RoleName: string): Promise<Principal> {
  const trust = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { AWS: account }, Action: "sts:AssumeRole" }] };
  const { Role } = await ask("CreateRole", { RoleName, AssumeRolePolicyDocument: JSON.stringify(trust) });
  return {
    kind: "assumed-role",
    accountId: account,
    arn: `arn:aws:sts::${account}:assumed-role/${RoleName}/s1`,
    userId: `${Role?.RoleId ?? ""}:s1`,
    roleName: RoleName,
    sessionName: "s1",
  };
}

function begun(answer: BegunSession | TokenRefusal): BegunSession {
  if (typeof answer === "string") throw new Error(`The token was refused: ${answer}`);
  return answer;
}

describe("a one-time token", () => {
  test("begins a session of whoever made it, once", async () => {
    const { token, expiresAtMs } = await sessions.createToken(root);
    expect(expiresAtMs).toBe(nowMs + 15 * minuteMs);
    const { cookie, session } = begun(await sessions.useToken(token, here));
    expect(session).toMatchObject({ principal: root, ...here, createdAtMs: nowMs });
    expect((await sessions.find(cookie))?.id).toBe(session.id);
    expect(await sessions.useToken(token, here)).toBe("used-token");
    expect(await sessions.list(account)).toHaveLength(1);
  });

  test("signs in one of many who use it at the same moment", async () => {
    const { token } = await sessions.createToken(root);
    const answers = await Promise.all(Array.from({ length: 8 }, () => sessions.useToken(token, here)));
    expect(answers.filter((answer) => answer === "used-token")).toHaveLength(7);
    expect(await sessions.list(account)).toHaveLength(1);
  });

  test("is good for less than 15 minutes", async () => {
    const [early, late] = [await sessions.createToken(root), await sessions.createToken(root)];
    nowMs += 15 * minuteMs - 1;
    begun(await sessions.useToken(early.token, here));
    nowMs += 1;
    expect(await sessions.useToken(late.token, here)).toBe("expired-token");
    expect(await sessions.useToken(early.token, here)).toBe("used-token");
  });

  test("that nobody made is unknown", async () => {
    expect(await sessions.useToken("made-up", here)).toBe("unknown-token");
    expect(await sessions.useToken("", here)).toBe("unknown-token");
  });

  test("is as good as its maker: not after the user, the key or the role has gone", async () => {
    const ann = await createUser("ann");
    const keyId = await createKey("ann");
    const [ofUser, ofKey] = [await sessions.createToken(ann), await sessions.createToken(ann, keyId)];
    await ask("UpdateAccessKey", { UserName: "ann", AccessKeyId: keyId, Status: "Inactive" });
    expect(await sessions.useToken(ofKey.token, here)).toBe("ended-principal");
    await ask("DeleteAccessKey", { UserName: "ann", AccessKeyId: keyId });
    await ask("DeleteUser", { UserName: "ann" });
    expect(await sessions.useToken(ofUser.token, here)).toBe("ended-principal");
    expect(await sessions.list(account)).toEqual([]);
  });
});

describe("a session", () => {
  test("lasts 12 hours, a role's one", async () => {
    const role = await sessions.begin(await createRoleSession("worker"), here);
    const user = await sessions.begin(root, here);
    nowMs += hourMs - 1;
    expect(await sessions.find(role.cookie)).toBeDefined();
    nowMs += 1;
    expect(await sessions.find(role.cookie)).toBeUndefined();
    nowMs += 11 * hourMs - 1;
    expect(await sessions.find(user.cookie)).toBeDefined();
    nowMs += 1;
    expect(await sessions.find(user.cookie)).toBeUndefined();
    expect(await sessions.list(account)).toEqual([]);
  });

  test("is kept over a restart", async () => {
    const { cookie, session } = await sessions.begin(root, here);
    await db.close();
    db = await openDatabase({ folder });
    iam = createIam({ db, clock, keyring });
    sessions = createConsoleSessions({ models: db.models, directory: iam.directory, keyring, clock });
    expect(await sessions.find(cookie)).toEqual(session);
  });

  test("ends with its user, and does not come back with another of the same name", async () => {
    const { cookie } = await sessions.begin(await createUser("ann"), here);
    await ask("DeleteUser", { UserName: "ann" });
    expect(await sessions.find(cookie)).toBeUndefined();
    await createUser("ann");
    expect(await sessions.find(cookie)).toBeUndefined();
  });

  test("ends with its role, and does not come back with another of the same name", async () => {
    const { cookie } = await sessions.begin(await createRoleSession("worker"), here);
    expect(await sessions.find(cookie)).toBeDefined();
    await ask("DeleteRole", { RoleName: "worker" });
    expect(await sessions.find(cookie)).toBeUndefined();
    await createRoleSession("worker");
    expect(await sessions.find(cookie)).toBeUndefined();
  });

  test("ends with the access key that signed in, switched off or deleted", async () => {
    const ann = await createUser("ann");
    const [one, two] = [await createKey("ann"), await createKey("ann")];
    const [first, second] = [await sessions.begin(ann, here, one), await sessions.begin(ann, here, two)];
    await ask("UpdateAccessKey", { UserName: "ann", AccessKeyId: one, Status: "Inactive" });
    expect(await sessions.find(first.cookie)).toBeUndefined();
    expect(await sessions.find(second.cookie)).toBeDefined();
    await ask("DeleteAccessKey", { UserName: "ann", AccessKeyId: two });
    expect(await sessions.find(second.cookie)).toBeUndefined();
  });

  test("is found by no other cookie, and its secrets are not what is stored", async () => {
    const { token } = await sessions.createToken(root);
    const { cookie } = begun(await sessions.useToken(token, here));
    expect(await sessions.find(`${cookie}x`)).toBeUndefined();
    expect(await sessions.find("")).toBeUndefined();
    const stored = JSON.stringify([await db.models.consoleSession.findMany(), await db.models.signinToken.findMany()]);
    expect(stored).not.toContain(cookie);
    expect(stored).not.toContain(token);
  });

  test("keeps no more of a user agent than one wants to read", async () => {
    const { session } = await sessions.begin(root, { ...here, userAgent: "x".repeat(5_000) });
    expect(session.userAgent).toHaveLength(256);
  });
});

describe("the page's credentials", () => {
  test("are the principal's for 15 minutes", async () => {
    const ann = await createUser("ann");
    const { session } = await sessions.begin(ann, here);
    const issued = await sessions.issueCredentials(session);
    expect(issued).toMatchObject({ principal: ann, expiresAtMs: nowMs + 15 * minuteMs });
    expect(openSession(keyring, issued.sessionToken)).toMatchObject({ principal: ann, accessKeyId: issued.accessKeyId });
  });

  test("end with the session", async () => {
    const { session } = await sessions.begin(root, here);
    nowMs = session.expiresAtMs - 5 * minuteMs;
    expect((await sessions.issueCredentials(session)).expiresAtMs).toBe(session.expiresAtMs);
  });

  test("tell when the session was used, and by which key", async () => {
    const { cookie, session } = await sessions.begin(root, here);
    nowMs += minuteMs;
    const { accessKeyId } = await sessions.issueCredentials(session);
    expect(await sessions.find(cookie)).toMatchObject({ lastUsedAtMs: nowMs, lastIssuedKeyId: accessKeyId });
  });
});

describe("sessions", () => {
  test("are listed by account, the newest first", async () => {
    const old = await sessions.begin(root, here);
    nowMs += 1;
    const young = await sessions.begin(await createUser("ann"), { ...here, userAgent: "another browser" });
    await sessions.begin(rootPrincipal("000000000042"), here);
    expect((await sessions.list(account)).map(({ id }) => id)).toEqual([young.session.id, old.session.id]);
  });

  test("can be ended, once", async () => {
    const { cookie, session } = await sessions.begin(root, here);
    const other = await sessions.begin(root, here);
    expect(await sessions.end(session.id)).toBe(true);
    expect(await sessions.find(cookie)).toBeUndefined();
    expect(await sessions.find(other.cookie)).toBeDefined();
    expect(await sessions.end(session.id)).toBe(false);
  });
});
