import { createHash } from "node:crypto";
import { expect } from "vitest";
import { FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { waitFor, zipOf } from "@mayfly/testkit";
import { acts, type Probe } from "../probe.ts";
import { arnOf, packageOf, type World } from "../world.ts";

const FunctionName = "probed";
const logs = async ({ clients }: World): Promise<string> => {
  const { events = [] } = await clients.logs.send(new FilterLogEventsCommand({ logGroupName: `/aws/lambda/${FunctionName}` }));
  return events.map(({ message }) => message).join("");
};

/** Functions, their invocation, their tags. */
export const functionOperations: readonly Probe[] = [
  acts("CreateFunction", "the function becomes Active and runs", async (w) => {
    await w.create(FunctionName, `console.log("ran " + event.name); return { hello: event.name };`);
    expect(await w.invoke(FunctionName, { name: "Ann" })).toEqual({ hello: "Ann" });
  }),
  acts("GetFunction", "its link leads to the package that was deployed", async ({ lambda }) => {
    const { Code, Configuration } = await lambda.getFunction({ FunctionName });
    const zip = Buffer.from(await (await fetch(Code?.Location ?? "")).arrayBuffer());
    expect(createHash("sha256").update(zip).digest("base64")).toBe(Configuration?.CodeSha256);
  }),
  acts("GetFunctionConfiguration", "what the function was created with", async ({ lambda }) => {
    expect(await lambda.getFunctionConfiguration({ FunctionName })).toMatchObject({ FunctionArn: arnOf(FunctionName), MemorySize: 128 });
  }),
  acts("ListFunctions", "by pages", async (w) => {
    await w.create("another");
    const first = await w.lambda.listFunctions({ MaxItems: 1 });
    const second = await w.lambda.listFunctions({ MaxItems: 1, Marker: first.NextMarker });
    const names = [...(first.Functions ?? []), ...(second.Functions ?? [])].map((listed) => listed.FunctionName);
    expect(names).toEqual(["another", FunctionName]);
  }),
  acts("UpdateFunctionCode", "the next invocation runs the new code", async (w) => {
    await w.lambda.updateFunctionCode({ FunctionName: "another", ZipFile: await packageOf("return 2;") });
    await w.settled("another");
    expect(await w.invoke("another")).toBe(2);
  }),
  acts("UpdateFunctionConfiguration", "the next invocation sees the new variable", async (w) => {
    const ZipFile = await packageOf("return process.env.COLOUR;");
    await w.lambda.updateFunctionCode({ FunctionName: "another", ZipFile });
    await w.settled("another");
    await w.lambda.updateFunctionConfiguration({ FunctionName: "another", Environment: { Variables: { COLOUR: "green" } } });
    await w.settled("another");
    expect(await w.invoke("another")).toBe("green");
  }),
  acts("DeleteFunction", "it is gone, and not invoked any more", async (w) => {
    await w.lambda.deleteFunction({ FunctionName: "another" });
    expect(await w.refusal(w.invoke("another"))).toMatch(/^ResourceNotFoundException: Function not found: /);
  }),
  acts("Invoke", "synchronous, asynchronous, dry run", async (w) => {
    const { StatusCode } = await w.lambda.invoke({ FunctionName, InvocationType: "DryRun" });
    expect(StatusCode).toBe(204);
    expect(await w.invoke(FunctionName, { name: "Ben" })).toEqual({ hello: "Ben" });
    await w.lambda.invoke({ FunctionName, InvocationType: "Event", Payload: JSON.stringify({ name: "Cleo" }) });
    await waitFor("the event to have run", async () => (await logs(w)).includes("ran Cleo"));
  }),
  acts("InvokeAsync", "the event is queued and runs; deprecated on AWS, too", async (w) => {
    expect((await w.lambda.invokeAsync({ FunctionName, InvokeArgs: JSON.stringify({ name: "Dora" }) })).Status).toBe(202);
    await waitFor("the event to have run", async () => (await logs(w)).includes("ran Dora"));
    expect(await w.refusal(w.lambda.invokeAsync({ FunctionName, InvokeArgs: "{" }))).toMatch(/^InvalidRequestContentException: /);
  }),
  acts("InvokeWithResponseStream", "chunks arrive as the function writes them", async (w) => {
    const source = `export const handler = awslambda.streamifyResponse(async (event, stream) => { stream.write("one, "); stream.end("two"); });`;
    await w.create("streaming", "", { Code: { ZipFile: await zipOf({ "index.mjs": source }) } });
    const { EventStream = [] } = await w.lambda.invokeWithResponseStream({ FunctionName: "streaming" });
    const chunks: string[] = [];
    for await (const { PayloadChunk } of EventStream as AsyncIterable<{ PayloadChunk?: { Payload?: Uint8Array } }>) {
      if (PayloadChunk?.Payload) chunks.push(Buffer.from(PayloadChunk.Payload).toString());
    }
    expect(chunks.join("")).toBe("one, two");
  }),
  acts("TagResource", "tags are added to a function", async ({ lambda }) => {
    await lambda.tagResource({ Resource: arnOf(FunctionName), Tags: { team: "a", stage: "test" } });
  }),
  acts("UntagResource", "the tag is gone", async ({ lambda }) => {
    await lambda.untagResource({ Resource: arnOf(FunctionName), TagKeys: ["stage"] });
  }),
  acts("ListTags", "those that are left", async ({ lambda }) => {
    expect((await lambda.listTags({ Resource: arnOf(FunctionName) })).Tags).toEqual({ team: "a" });
  }),
  acts("GetAccountSettings", "counts what there is", async ({ lambda }) => {
    const { AccountLimit, AccountUsage } = await lambda.getAccountSettings({});
    const { CodeSize } = await lambda.getFunctionConfiguration({ FunctionName });
    expect(AccountLimit).toMatchObject({ ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: 1000 });
    expect(AccountUsage?.FunctionCount).toBe(2);
    expect(AccountUsage?.TotalCodeSize).toBeGreaterThan(CodeSize ?? 0);
  }),
];
