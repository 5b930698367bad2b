import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serveTests } from "@mayfly/testkit/vitest";
import { selfSignedCertificate } from "../../packages/sns/src/deliveries/signing/certificate.ts";
import { mayflyTrail, trailSteps } from "./mayfly-trail.ts";
import { queueFunctions } from "./queue-functions.ts";
import { startEndpoint, topicSubscribers, type Envelope, type Tls, type WebEndpoint } from "./topic-subscribers.ts";

function tlsFor(name: string): Tls {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return { key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(), cert: selfSignedCertificate(privateKey, name, Date.now()) };
}
const folder = mkdtempSync(join(tmpdir(), "mayfly-https-"));
const trusted = tlsFor("localhost");
const ofAnother = tlsFor("elsewhere.example.com");
const authorities = join(folder, "authorities.pem");
writeFileSync(authorities, trusted.cert + ofAnother.cert);

const { clients, server } = serveTests({ environment: { NODE_EXTRA_CA_CERTS: authorities } });
const $ = { ...queueFunctions(clients), ...topicSubscribers(clients) };
let endpoint: WebEndpoint;
beforeAll(async () => {
  endpoint = await startEndpoint(() => 200, trusted);
});
afterAll(async () => {
  await endpoint.close();
  rmSync(folder, { recursive: true, force: true });
});

const DeliveryPolicy = JSON.stringify({
  healthyRetryPolicy: { minDelayTarget: 1, maxDelayTarget: 1, numRetries: 1, numNoDelayRetries: 1 },
});

test("an endpoint with TLS is delivered to if its certificate is trusted and its own; else it is tried again, and the message is a dead letter", async () => {
  const topic = await $.createTopic("secure");
  const dead = await $.createQueue("secure-dead");
  await $.allow(dead, topic);
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn });
  await $.subscribeWeb(topic, endpoint, { RedrivePolicy, DeliveryPolicy });
  await $.publish(topic, "first");
  const [first] = await endpoint.got(1);
  expect((JSON.parse(first?.body ?? "{}") as Envelope)["Message"]).toBe("first");

  for (const [tls, code, reason] of [
    [tlsFor("localhost"), "DEPTH_ZERO_SELF_SIGNED_CERT", /self-signed certificate/],
    [ofAnother, "ERR_TLS_CERT_ALTNAME_INVALID", /does not match certificate/],
  ] as const) {
    endpoint.useTls(tls);
    const { MessageId = "" } = await $.publish(topic, code);
    const [letter] = await $.take(dead, 1);
    expect(letter?.MessageAttributes?.["ErrorCode"]?.StringValue).toBe(code);
    const { stdout } = await mayflyTrail(server, MessageId);
    expect(trailSteps(stdout)).toEqual(["accepted", "refused", "refused", "dead-lettered"]);
    expect(stdout).toMatch(reason);
  }
  expect(endpoint.of()).toHaveLength(1);

  endpoint.useTls(trusted);
  await $.publish(topic, "last");
  const [, last] = await endpoint.got(2);
  expect((JSON.parse(last?.body ?? "{}") as Envelope)["Message"]).toBe("last");
});
