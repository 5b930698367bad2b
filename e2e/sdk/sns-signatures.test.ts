import { generateKeyPairSync } from "node:crypto";
import https from "node:https";
import { request } from "node:http";
import type { AddressInfo } from "node:net";
import * as sns from "@aws-sdk/client-sns";
import { afterAll, beforeAll, expect, test } from "vitest";
import MessageValidator from "sns-validator";
import { clientsFor, startServerProcess, waitFor, type Clients, type ServerProcess } from "@mayfly/testkit";
import { selfSignedCertificate } from "../../packages/sns/src/deliveries/signing/certificate.ts";
import { queueFunctions } from "./queue-functions.ts";
import { startEndpoint, topicSubscribers, type Envelope, type WebEndpoint } from "./topic-subscribers.ts";

let proxy: https.Server;
let server: ServerProcess;
let clients: Clients;
let web: WebEndpoint;
/** Only of our own host, as an application is to do. */
let validator: MessageValidator;

/** Whoever checks signatures fetches the certificate by HTTPS: a proxy with TLS stands before the server, as it does before one that others reach. */
beforeAll(async () => {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const cert = selfSignedCertificate(privateKey, "localhost", Date.now());
  proxy = https.createServer({ key: privateKey.export({ type: "pkcs8", format: "pem" }), cert }, (incoming, outgoing) => {
    const { port } = new URL(server.url);
    const passedOn = request({ port, path: incoming.url, method: incoming.method, headers: incoming.headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(passedOn);
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const { port } = proxy.address() as AddressInfo;
  server = await startServerProcess({ arguments: ["--auth", "open", "--public-url", `https://localhost:${port}`] });
  clients = clientsFor(server);
  web = await startEndpoint();
  Object.assign(https.globalAgent.options, { ca: cert, checkServerIdentity: () => undefined });
  validator = new MessageValidator(new RegExp(`^localhost:${port}$`));
});
afterAll(async () => {
  await web.close();
  clients.destroy();
  await server.dispose();
  proxy.closeAllConnections();
  await new Promise((resolve) => proxy.close(resolve));
});

const validate = (message: object): Promise<unknown> =>
  new Promise((resolve, reject) =>
    validator.validate(message as Record<string, unknown>, (error, valid) => (error ? reject(error) : resolve(valid))),
  );

test.each(["1", "2"])(
  "AWS's own validator accepts what is signed by version %s, and nothing that was changed",
  async (SignatureVersion) => {
    const $ = topicSubscribers(clients);
    const topic = await $.createTopic(`signed-${SignatureVersion}`, { SignatureVersion });
    await clients.sns.send(new sns.SubscribeCommand({ TopicArn: topic, Protocol: "http", Endpoint: `${web.url}/${SignatureVersion}` }));
    const of = (kind: string) => web.of(kind).filter(({ path }) => path === `/${SignatureVersion}`);
    const asked = await waitFor("the request to confirm", () => of("SubscriptionConfirmation")[0]);
    const question = JSON.parse(asked.body) as Envelope;
    expect(question).toMatchObject({ SignatureVersion, SubscribeURL: expect.stringMatching(/^https:\/\/localhost:/) as string });
    await validate(question);
    await clients.sns.send(new sns.ConfirmSubscriptionCommand({ TopicArn: topic, Token: question["Token"] }));
    await $.publish(topic, 'a "text" in two\nlines, é', { Subject: "  Übersicht: 日報 🙂" });
    await $.publish(topic, "x".repeat(100_000));
    const told = await waitFor("the notifications", () => of("Notification").length === 2 && of("Notification"));
    for (const { body } of told) {
      const envelope = JSON.parse(body) as Envelope;
      expect(envelope["SignatureVersion"]).toBe(SignatureVersion);
      await validate(envelope);
      for (const changed of [{ Message: "another" }, { Subject: "another" }, { MessageId: "another" }])
        await expect(validate({ ...envelope, ...changed })).rejects.toThrow("The message signature is invalid.");
    }
  },
);

test("it accepts a function's event, too, and certificates outlive a restart", async () => {
  const $ = { ...topicSubscribers(clients), ...queueFunctions(clients) };
  const topic = await $.createTopic("to-function");
  await $.createFunction("hears", `exports.handler = async (event) => console.log("TOLD " + JSON.stringify(event.Records[0].Sns));`);
  await $.subscribe(topic, "lambda", "arn:aws:lambda:us-east-1:123456789012:function:hears");
  await $.publish(topic, "for a function");
  const [event] = await waitFor("the event", async () => {
    const told = await $.logged<Envelope>("hears");
    return told.length > 0 && told;
  });
  await validate(event ?? {});
  const before = await (await fetch((event?.["SigningCertUrl"] ?? "").replace(/^https:\/\/[^/]+/, server.url))).text();
  const { dataFolder } = server;
  await server.kill();
  server = await startServerProcess({ dataFolder, arguments: ["--auth", "open"] });
  const path = new URL(event?.["SigningCertUrl"] ?? "").pathname;
  expect(await (await fetch(`${server.url}${path}`)).text()).toBe(before);
  expect((await fetch(`${server.url}${path.replace(/-\w{8}/, "-00000000")}`)).status).toBe(404);
});
