import { CreateRoleCommand, DeleteRolePolicyCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import * as lambda from "@aws-sdk/client-lambda";
import { DeleteQueueCommand } from "@aws-sdk/client-sqs";
import { beforeAll, describe, expect, test } from "vitest";
import { waitFor } from "@mayfly/testkit";
import { serveTests } from "@mayfly/testkit/vitest";
import { expectError } from "./expect-error.ts";
import { bodiesOf, impatient, queueFunctions, telling, type TestRecord } from "./queue-functions.ts";

const { clients } = serveTests();
const $ = queueFunctions(clients);
beforeAll(() => $.allowQueues());

describe("a mapping's life", () => {
  test("disabled it reads nothing, enabled it goes on; a batch size that is changed is obeyed", async () => {
    const queue = await $.createQueue("switched");
    await $.createFunction("switched", telling());
    const UUID = await $.map("switched", queue);
    await $.send(queue, "first");
    await $.isEmpty(queue);
    expect(await $.update(UUID, { Enabled: false })).toMatchObject({ State: "Disabling", StateTransitionReason: "USER_INITIATED" });
    await $.reaches(UUID, "Disabled");
    await $.sendAll(queue, ["second", "third"]);
    // Whoever still reads would have taken one of them by now.
    const received = await waitFor("both", async () => {
      const found = await $.receive(queue);
      return found.length > 0 && found;
    });
    expect(received[0]?.Attributes?.ApproximateReceiveCount).toBe("1");
    expect(await $.logged<readonly TestRecord[]>("switched")).toHaveLength(1);
    const other = await $.createQueue("switched-other");
    const otherUuid = await $.map("switched", other, { Enabled: false });
    await $.sendAll(other, ["a", "b", "c"]);
    await $.update(otherUuid, { Enabled: true, BatchSize: 1 });
    await $.isEmpty(other);
    expect((await $.toldOf("switched", 4)).map(({ length }) => length)).toEqual([1, 1, 1, 1]);
  });

  test("it is deleted once what it has under way is done", async () => {
    const queue = await $.createQueue("ending");
    await $.createFunction("ending", telling("await new Promise((r) => setTimeout(r, 1500)); told([{ body: 'over' }]);"));
    const UUID = await $.map("ending", queue);
    await $.send(queue, "under way");
    await $.toldOf("ending", 1);
    const deleted = await clients.lambda.send(new lambda.DeleteEventSourceMappingCommand({ UUID }));
    expect(deleted.State).toBe("Deleting");
    await expectError($.update(UUID, { BatchSize: 1 }), "ResourceInUseException", 400);
    await waitFor("it to be gone", async () =>
      $.get(UUID).then(
        () => false,
        (error: Error) => error.name === "ResourceNotFoundException",
      ),
    );
    expect(await $.left(queue)).toBe(0);
    await waitFor("the log", async () => (await $.logged<readonly TestRecord[]>("ending")).length === 2);
  });

  test("a function that is gone keeps the messages waiting, and the mapping says so", async () => {
    const queue = await $.createQueue("orphan");
    const FunctionName = "orphan";
    await $.createFunction(FunctionName, telling());
    const UUID = await $.map(FunctionName, queue);
    await clients.lambda.send(new lambda.DeleteFunctionCommand({ FunctionName }));
    await $.send(queue, "first");
    await $.send(queue, "second");
    await waitFor("the problem", async () => (await $.get(UUID)).LastProcessingResult?.startsWith("PROBLEM: Function not found"));
    await $.createFunction(FunctionName, telling());
    await $.isEmpty(queue);
    const told = (await $.toldOf(FunctionName, 2)).flat();
    // What was received before the function was found to be gone came again; what was not has not been touched.
    expect(bodiesOf(told).sort()).toEqual(["first", "second"]);
    expect(told.find(({ body }) => body === "second")?.attributes["ApproximateReceiveCount"]).toBe("1");
    await waitFor("the problem to be over", async () => (await $.get(UUID)).LastProcessingResult === undefined);
  });

  test("a queue that is gone is told of in the mapping", async () => {
    const queue = await $.createQueue("short-lived");
    await $.createFunction("short-lived", telling());
    const UUID = await $.map("short-lived", queue);
    await clients.sqs.send(new DeleteQueueCommand({ QueueUrl: queue.url }));
    const problem = await waitFor("the problem", async () => (await $.get(UUID)).LastProcessingResult);
    expect(problem).toBe("PROBLEM: The specified queue does not exist.");
  });

  test("an alias runs its version", async () => {
    const queue = await $.createQueue("aliased");
    await $.createFunction("aliased", telling("told([{ body: context.functionVersion + ' ' + context.invokedFunctionArn }]);"));
    const FunctionName = "aliased";
    await clients.lambda.send(new lambda.PublishVersionCommand({ FunctionName }));
    await clients.lambda.send(new lambda.CreateAliasCommand({ FunctionName, Name: "live", FunctionVersion: "1" }));
    await $.map("aliased:live", queue);
    await $.send(queue, "to the version");
    const told = await waitFor(
      "it",
      async () => (await $.logged<readonly TestRecord[]>(FunctionName)).length === 2 && $.logged<readonly TestRecord[]>(FunctionName),
    );
    expect(told[1]![0]!.body).toBe("1 arn:aws:lambda:us-east-1:123456789012:function:aliased:live");
  });
});

describe("the function's role", () => {
  const document = (...Statement: object[]): string => JSON.stringify({ Version: "2012-10-17", Statement });
  const trust = document({ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" });
  const PolicyName = "reads";
  const allow = (RoleName: string, ...Action: string[]) =>
    clients.iam.send(
      new PutRolePolicyCommand({
        RoleName,
        PolicyName,
        PolicyDocument: document({ Effect: "Allow", Action: ["logs:*", ...Action], Resource: "*" }),
      }),
    );
  const createRole = async (RoleName: string): Promise<string> =>
    (await clients.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }))).Role!.Arn!;
  const reading = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];

  test.each(reading)("must be allowed %s", async (missing) => {
    const name = `lacks-${missing.split(":")[1]}`;
    const queue = await $.createQueue(name);
    const Role = await createRole(name);
    await allow(name, ...reading.filter((action) => action !== missing));
    await $.createFunction(name, telling(), { Role });
    await expectError(
      clients.lambda.send(new lambda.CreateEventSourceMappingCommand({ FunctionName: name, EventSourceArn: queue.arn })),
      "InvalidParameterValueException",
      400,
      "The function execution role does not have permissions to call ReceiveMessage on SQS",
    );
  });

  test("one that loses its permission is told of in the mapping, until it has it again", async () => {
    const queue = await $.createQueue("losing", impatient);
    const Role = await createRole("losing");
    await allow("losing", ...reading);
    await $.createFunction("losing", telling(), { Role, Timeout: 1 });
    const UUID = await $.map("losing", queue);
    await $.send(queue, "first");
    await $.isEmpty(queue);
    expect(await $.get(UUID)).not.toHaveProperty("LastProcessingResult");
    await clients.iam.send(new DeleteRolePolicyCommand({ RoleName: "losing", PolicyName }));
    await $.send(queue, "second");
    const result = await waitFor("the problem", async () => (await $.get(UUID)).LastProcessingResult);
    expect(result).toMatch(/^PROBLEM: .*not authorized to perform: sqs:/);
    await allow("losing", ...reading);
    await $.isEmpty(queue);
    await waitFor("the problem to be over", async () => (await $.get(UUID)).LastProcessingResult === undefined);
  });

  test("a queue of too short a visibility timeout, and one that is not there, are refused", async () => {
    const queue = await $.createQueue("short", { VisibilityTimeout: "2" });
    await $.createFunction("long-running", telling(), { Timeout: 3 });
    const create = (EventSourceArn: string) =>
      clients.lambda.send(new lambda.CreateEventSourceMappingCommand({ FunctionName: "long-running", EventSourceArn }));
    const refused = (arn: string, message: string) => expectError(create(arn), "InvalidParameterValueException", 400, message);
    await refused(queue.arn, "Queue visibility timeout: 2 seconds is less than Function timeout: 3 seconds");
    await refused(
      `${queue.arn}-none`,
      "Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.",
    );
  });
});
