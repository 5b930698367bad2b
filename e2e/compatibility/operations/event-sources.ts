import { expect } from "vitest";
import { waitFor } from "@mayfly/testkit";
import { kept, type Probe } from "../probe.ts";
import { arnOf, type World } from "../world.ts";

const why = "nothing polls yet";
const mapping = async ({ lambda }: World) => {
  const { EventSourceMappings = [] } = await lambda.listEventSourceMappings({ FunctionName: "probed" });
  return EventSourceMappings[0];
};

/** What drives functions by polling. The pollers come with the services that they poll. */
export const eventSourceOperations: readonly Probe[] = [
  kept("CreateEventSourceMapping", `${why}; queues, streams and clusters that do not exist are refused as on AWS`, async (w) => {
    const EventSourceArn = "arn:aws:sqs:us-east-1:123456789012:orders";
    expect(await w.refusal(w.lambda.createEventSourceMapping({ FunctionName: "probed", EventSourceArn }))).toMatch(
      /^InvalidParameterValueException: Error occurred while ReceiveMessage\. SQS Error Code: AWS\.SimpleQueueService\.NonExistentQueue/,
    );
    const created = await w.lambda.createEventSourceMapping({
      FunctionName: "probed",
      SelfManagedEventSource: { Endpoints: { KAFKA_BOOTSTRAP_SERVERS: ["broker.example.com:9092"] } },
      SourceAccessConfigurations: [{ Type: "BASIC_AUTH", URI: "arn:aws:secretsmanager:us-east-1:123456789012:secret:kafka-Ab12Cd" }],
      Topics: ["orders"],
      StartingPosition: "LATEST",
      Enabled: false,
    });
    expect(created).toMatchObject({ FunctionArn: arnOf("probed"), State: "Creating" });
    await waitFor("the mapping to be there", async () => (await mapping(w))?.State === "Disabled");
  }),
  kept("GetEventSourceMapping", "what was created", async (w) => {
    const UUID = (await mapping(w))?.UUID;
    expect(await w.lambda.getEventSourceMapping({ UUID })).toMatchObject({ State: "Disabled", Topics: ["orders"] });
  }),
  kept("ListEventSourceMappings", "of a function or a source", async (w) => {
    expect(await mapping(w)).toBeDefined();
  }),
  kept("UpdateEventSourceMapping", why, async (w) => {
    await w.lambda.updateEventSourceMapping({ UUID: (await mapping(w))?.UUID, BatchSize: 7 });
    await waitFor("the update", async () => (await mapping(w))?.State === "Disabled" && (await mapping(w))?.BatchSize === 7);
  }),
  kept("DeleteEventSourceMapping", "it is gone", async (w) => {
    await w.lambda.deleteEventSourceMapping({ UUID: (await mapping(w))?.UUID });
    await waitFor("the mapping to be gone", async () => (await mapping(w)) === undefined);
  }),
];
