import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CreateLogGroupCommand, CreateLogStreamCommand } from "@aws-sdk/client-cloudwatch-logs";
import { CreateRoleCommand } from "@aws-sdk/client-iam";
import { CreateFunctionCommand } from "@aws-sdk/client-lambda";
import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { CreateTopicCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand } from "@aws-sdk/client-sqs";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { clientsFor, lastLines, scaled, seed, startServerProcess, zipOf, type ServerProcess } from "@mayfly/testkit";
import { malformedRequest } from "./request-arbitrary.ts";
import type { RawRequest } from "./right-requests.ts";
import { sendRaw } from "./send-raw.ts";

const fixtures = join(import.meta.dirname, "fixtures");
const requestsPerMode = scaled(400, 5_000);
const batch = 8;

/** The function, role, log group, stream, queues, topic, bucket and object that the requests name: a damaged request must get as far as it can. */
async function makeWhatRequestsName(server: ServerProcess): Promise<void> {
  const clients = clientsFor(server);
  const trust = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
  };
  const Code = { ZipFile: await zipOf({ "a.py": "def b(event, context):\n    return event\n" }) };
  await clients.iam.send(new CreateRoleCommand({ RoleName: "r", AssumeRolePolicyDocument: JSON.stringify(trust) }));
  await clients.logs.send(new CreateLogGroupCommand({ logGroupName: "g" }));
  await clients.logs.send(new CreateLogStreamCommand({ logGroupName: "g", logStreamName: "s" }));
  for (const QueueName of ["q", "dead"]) await clients.sqs.send(new CreateQueueCommand({ QueueName }));
  await clients.sns.send(new CreateTopicCommand({ Name: "t" }));
  await clients.s3.send(new CreateBucketCommand({ Bucket: "bkt" }));
  await clients.s3.send(new PutObjectCommand({ Bucket: "bkt", Key: "k", Body: "content" }));
  const Role = "arn:aws:iam::123456789012:role/execution_role";
  await clients.lambda.send(new CreateFunctionCommand({ FunctionName: "f", Runtime: "python3.9", Role, Handler: "a.b", Code }));
  clients.destroy();
}

/** With open auth a damaged request gets past the signature, with strict auth it meets it. */
describe.each(["open", "strict"] as const)("with --auth %s", (auth) => {
  let server: ServerProcess;
  beforeAll(async () => {
    server = await startServerProcess({ arguments: ["--auth", auth] });
    await makeWhatRequestsName(server);
  });
  afterAll(() => server.dispose());

  async function expectRefusedCleanly(request: RawRequest): Promise<void> {
    const status = await sendRaw(server.url, request);
    // S3 answers 501 to what it does not have.
    if (status >= 500 && status !== 501) throw new Error(`Status ${status}; the server said:\n${lastLines(server.output())}`);
  }

  test.each(readdirSync(fixtures).filter((name) => name.endsWith(".json")))("a case that once failed: %s", async (name) => {
    await expectRefusedCleanly(JSON.parse(readFileSync(join(fixtures, name), "utf8")) as RawRequest);
  });

  test(
    `${requestsPerMode} malformed requests get no 5xx and crash nothing`,
    async () => {
      const usedSeed = seed();
      console.log(`MAYFLY_SEED=${usedSeed}`);
      const outcome = await fc.check(
        fc.asyncProperty(fc.array(malformedRequest, { minLength: batch, maxLength: batch }), (requests) =>
          Promise.all(requests.map(expectRefusedCleanly)).then(() => undefined),
        ),
        { seed: usedSeed, numRuns: Math.ceil(requestsPerMode / batch), endOnFailure: false },
      );
      if (outcome.failed) await keepFailure(outcome.counterexample?.[0] ?? []);
      expect(outcome.failed, `seed ${usedSeed}: ${String(outcome.errorInstance)}\n${JSON.stringify(outcome.counterexample)}`).toBe(false);
      const health = await fetch(`${server.url}/_mayfly/health`);
      expect(health.status).toBe(200);
    },
    scaled(120_000, 1_800_000),
  );

  /** Keeps the one request of a failing batch that fails alone, cut down already, as a fixture for good. */
  async function keepFailure(requests: readonly RawRequest[]): Promise<void> {
    for (const request of requests) {
      const failed = await expectRefusedCleanly(request).then(
        () => false,
        () => true,
      );
      if (!failed) continue;
      mkdirSync(fixtures, { recursive: true });
      const name = `${auth}-${Buffer.from(JSON.stringify(request)).toString("base64url").slice(-12)}.json`;
      writeFileSync(join(fixtures, name), `${JSON.stringify(request, null, 2)}\n`);
      return;
    }
  }
});
