import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import {
  CreateLoginProfileCommand,
  CreateUserCommand,
  DeleteLoginProfileCommand,
  DeleteUserCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { clientsFor, startServerProcess, type Clients, type ServerProcess } from "@mayfly/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cookieOf, post, tokenOf, type Answer } from "./ask.ts";

const account = "123456789012";
const mayflyBin = fileURLToPath(new URL("../../apps/server/bin/mayfly.mjs", import.meta.url));

let dataFolder: string;
let server: ServerProcess;
let aws: Clients;
beforeAll(async () => {
  dataFolder = mkdtempSync(join(tmpdir(), "mayfly-signin-"));
  await start();
});
afterAll(async () => {
  aws.destroy();
  await server.dispose();
  rmSync(dataFolder, { recursive: true, force: true });
});

/** Starts the server on the folder, at the port that it had. */
async function start(): Promise<void> {
  const port = (server as ServerProcess | undefined) === undefined ? "0" : new URL(server.url).port;
  server = await startServerProcess({ dataFolder, arguments: ["--port", port] });
  aws = clientsFor(server);
}

const signInByLink = async (): Promise<Answer> => post(server.url, "signin", { signinToken: tokenOf(await server.signinUrl()) });
const signInByPassword = (userName: string, password: string, accountId = account): Promise<Answer> =>
  post(server.url, "signin", { accountId, userName, password });
const credentials = (cookie: string): Promise<Answer> => post(server.url, "session/credentials", {}, { cookie });

/** Who an SDK client with the page's credentials is. */
async function callerOf(answer: Answer): Promise<string | undefined> {
  const { accessKeyId, secretAccessKey, sessionToken } = answer.json()["credentials"] as Record<string, string>;
  if (accessKeyId === undefined || secretAccessKey === undefined || sessionToken === undefined) throw new Error("There are no keys.");
  const clients = clientsFor({ url: server.url, credentials: { accessKeyId, secretAccessKey, sessionToken } });
  const { Arn } = await clients.sts.send(new GetCallerIdentityCommand({}));
  clients.destroy();
  return Arn;
}

async function createUser(UserName: string, Password: string): Promise<void> {
  await aws.iam.send(new CreateUserCommand({ UserName }));
  await aws.iam.send(new CreateLoginProfileCommand({ UserName, Password }));
}

describe("a one-time link", () => {
  test("signs the root user in, by a cookie that scripts and other sites never see", async () => {
    const link = await server.signinUrl();
    expect(link).toMatch(new RegExp(`^${server.url}/console/signin#token=[\\w-]{43}$`));
    const answer = await post(server.url, "signin", { signinToken: tokenOf(link) });
    expect(answer.status).toBe(200);
    expect(answer.json()).toEqual({
      principal: { arn: `arn:aws:iam::${account}:root`, accountId: account, kind: "root" },
      region: "us-east-1",
    });
    expect(answer.headers["cache-control"]).toBe("no-store");
    const { port } = new URL(server.url);
    expect(answer.headers["set-cookie"]).toEqual([
      expect.stringMatching(
        new RegExp(`^mayfly-session-${port}=[\\w-]{43}; Max-Age=(43200|43199); Path=/_mayfly; HttpOnly; SameSite=Strict$`),
      ),
    ]);
  });

  test("behind a proxy with TLS the cookie is Secure", async () => {
    const signinToken = tokenOf(await server.signinUrl());
    const answer = await post(server.url, "signin", { signinToken }, { "x-forwarded-proto": "https" });
    expect(answer.headers["set-cookie"]?.[0]).toMatch(/; SameSite=Strict; Secure$/);
  });

  test("used twice says so, and sets no cookie", async () => {
    const signinToken = tokenOf(await server.signinUrl());
    const answers = await Promise.all([post(server.url, "signin", { signinToken }), post(server.url, "signin", { signinToken })]);
    const [refused] = answers.filter(({ status }) => status !== 200);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 403]);
    expect(refused?.json()).toEqual({
      code: "InvalidSigninToken",
      message: "This sign-in link was used already. Run npx mayfly signin for a new one.",
    });
    expect(refused?.headers["set-cookie"]).toBeUndefined();
  });

  test("that is made up says what to do", async () => {
    const answer = await post(server.url, "signin", { signinToken: "made-up" });
    expect([answer.status, answer.json()["message"]]).toEqual([
      403,
      "This sign-in link is not one of this server's. Run npx mayfly signin for a new one.",
    ]);
  });
});

describe("the session", () => {
  test("gives its page credentials for 15 minutes, which the API takes", async () => {
    const answer = await credentials(cookieOf(await signInByLink()));
    expect(answer.json()).toMatchObject({ accountId: account, region: "us-east-1", auth: "strict", principal: { kind: "root" } });
    const { expiration } = answer.json()["credentials"] as { expiration: string };
    expect(Date.parse(expiration) - Date.now()).toBeLessThanOrEqual(900_000);
    expect(Date.parse(expiration) - Date.now()).toBeGreaterThan(800_000);
    expect(await callerOf(answer)).toBe(`arn:aws:iam::${account}:root`);
  });

  test("is nobody's without its cookie, or with another", async () => {
    const cookie = cookieOf(await signInByLink());
    for (const wrong of ["", `${cookie}x`, cookie.replace(/-\d+=/, "-1="), "mayfly-session=1"]) {
      const answer = await credentials(wrong);
      expect([answer.status, answer.json()["code"]]).toEqual([401, "NotSignedIn"]);
      expect(answer.text).not.toContain("accessKeyId");
    }
  });

  test("is found among other cookies of the host", async () => {
    const cookie = cookieOf(await signInByLink());
    expect((await credentials(`theme=dark; ${cookie}; mayfly-session-1=other`)).status).toBe(200);
  });

  test("outlives a restart and a crash of the server", async () => {
    const cookie = cookieOf(await signInByLink());
    await server.stop();
    await start();
    expect((await credentials(cookie)).status).toBe(200);
    await server.kill();
    await start();
    expect((await credentials(cookie)).status).toBe(200);
  });

  test("ends with sign-out, this one alone", async () => {
    const [cookie, other] = [cookieOf(await signInByLink()), cookieOf(await signInByLink())];
    const answer = await post(server.url, "signout", {}, { cookie });
    expect(answer.status).toBe(204);
    expect(answer.headers["set-cookie"]?.[0]).toMatch(/=; Max-Age=0; Path=\/_mayfly; HttpOnly; SameSite=Strict$/);
    expect((await credentials(cookie)).status).toBe(401);
    expect((await credentials(other)).status).toBe(200);
    expect((await post(server.url, "signout", {}, { cookie })).status).toBe(204);
  });
});

describe("a user's password", () => {
  test("signs that user in, with that user's permissions", async () => {
    await createUser("ann", "correct-Horse-7");
    const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: { Effect: "Allow", Action: "lambda:*", Resource: "*" } });
    await aws.iam.send(new PutUserPolicyCommand({ UserName: "ann", PolicyName: "p", PolicyDocument }));
    const answer = await signInByPassword("ann", "correct-Horse-7");
    expect(answer.json()["principal"]).toEqual({
      arn: `arn:aws:iam::${account}:user/ann`,
      accountId: account,
      kind: "user",
      userName: "ann",
    });
    expect(await callerOf(await credentials(cookieOf(answer)))).toBe(`arn:aws:iam::${account}:user/ann`);
  });

  test("that is wrong tells no more than an unknown user or account", async () => {
    await createUser("bob", "correct-Horse-7");
    const answers = await Promise.all([
      signInByPassword("bob", "correct-Horse-8"),
      signInByPassword("nobody", "correct-Horse-7"),
      signInByPassword("bob", "correct-Horse-7", "000000000042"),
    ]);
    for (const answer of answers) {
      expect(answer.status).toBe(403);
      expect(answer.headers["set-cookie"]).toBeUndefined();
      expect(answer.json()).toEqual({
        code: "WrongPassword",
        message: "There is no such user in this account, or the password is wrong.",
      });
    }
    expect((await signInByPassword("bob", "correct-Horse-7")).status).toBe(200);
  });

  test("is no use once it is deleted; a session ends with its user", async () => {
    await createUser("cho", "correct-Horse-7");
    const cookie = cookieOf(await signInByPassword("cho", "correct-Horse-7"));
    await aws.iam.send(new DeleteLoginProfileCommand({ UserName: "cho" }));
    expect((await signInByPassword("cho", "correct-Horse-7")).status).toBe(403);
    await aws.iam.send(new DeleteUserCommand({ UserName: "cho" }));
    expect((await credentials(cookie)).status).toBe(401);
  });

  test("a request that is neither link nor password is refused, whatever it holds", async () => {
    for (const body of [{}, [], null, { signinToken: 1 }, { accountId: account, userName: "ann" }, { password: {} }]) {
      const answer = await post(server.url, "signin", body);
      expect([body, answer.status]).toEqual([body, 400]);
      expect(answer.json()).toHaveProperty("message");
    }
  });
});

describe("guessing", () => {
  test("is slowed down after five wrong passwords, also when the name is written otherwise", async () => {
    const guesses = ["dee", "Dee", "DEE", "dEe", "deE"];
    for (const name of guesses) await signInByPassword(name, "wrong");
    const slowed = await signInByPassword("dee", "wrong");
    expect([slowed.status, slowed.json()["code"]]).toEqual([429, "TooManyRequestsException"]);
    expect(Number(slowed.headers["retry-after"])).toBeGreaterThanOrEqual(1);
    expect(slowed.json()["message"]).toBe(`Too many wrong passwords. Try again in ${slowed.headers["retry-after"]} s.`);
  });

  test("in parallel gets no more than the five", async () => {
    await server.stop();
    await start();
    const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => signInByPassword("eve", `wrong ${i}`)));
    expect(answers.filter(({ status }) => status === 403)).toHaveLength(5);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(15);
  });
});

test("no secret is in what the server prints, but for the link of its first start", async () => {
  await server.stop();
  await start();
  const link = await server.signinUrl();
  const signedIn = await post(server.url, "signin", { signinToken: tokenOf(link) });
  const held = (await credentials(cookieOf(signedIn))).json()["credentials"] as Record<string, string>;
  await createUser("fay", "correct-Horse-7");
  await signInByPassword("fay", "correct-Horse-7");
  await signInByPassword("fay", "wrong-Horse-77");
  const [, cookie = ""] = cookieOf(signedIn).split("=");
  const secrets = [tokenOf(link), cookie, held["secretAccessKey"], held["sessionToken"], "correct-Horse-7", "wrong-Horse-77"];
  for (const secret of secrets) expect(server.output()).not.toContain(secret);
});

test("mayfly signin without a server says what to do", async () => {
  const folder = mkdtempSync(join(tmpdir(), "mayfly-no-server-"));
  const run = promisify(execFile)(process.execPath, [mayflyBin, "signin", "--data", folder]);
  await expect(run).rejects.toMatchObject({
    code: 1,
    stdout: "",
    stderr: `No server runs on ${folder}. Start one with npm start, or say --data FOLDER.\n`,
  });
  rmSync(folder, { recursive: true });
});

test("mayfly signin after the server was killed says so", async () => {
  const { url } = server;
  await server.kill();
  const run = promisify(execFile)(process.execPath, [mayflyBin, "signin", "--data", dataFolder]);
  await expect(run).rejects.toMatchObject({ code: 1, stderr: `No server answers at ${url}. Start one with npm start.\n` });
  await start();
});
