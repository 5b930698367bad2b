import { expect } from "vitest";
import { waitFor } from "@mayfly/testkit";
import { acts, type Probe } from "../probe.ts";
import { queueFunctions } from "../../sdk/queue-functions.ts";
import { arnOf, type World } from "../world.ts";

const mapping = async ({ lambda }: World) => {
  const { EventSourceMappings = [] } = await lambda.listEventSourceMappings({ FunctionName: "probed" });
  return EventSourceMappings[0];
};

/** What drives functions by polling. What each setting does is seen by the runs of mapping-members.ts. */
export const eventSourceOperations: readonly Probe[] = [
  acts(
    "CreateEventSourceMapping",
    "by its members, below; queues, streams and clusters that do not exist are refused as on AWS",
    async (w) => {
      await queueFunctions(w.clients).allowQueues();
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
    },
  ),
  acts("GetEventSourceMapping", "what was created", async (w) => {
    const UUID = (await mapping(w))?.UUID;
    expect(await w.lambda.getEventSourceMapping({ UUID })).toMatchObject({ State: "Disabled", Topics: ["orders"] });
  }),
  acts("ListEventSourceMappings", "of a function or a source", async (w) => {
    expect(await mapping(w)).toBeDefined();
  }),
  acts("UpdateEventSourceMapping", "the mapping goes on with what is changed", async (w) => {
    await w.lambda.updateEventSourceMapping({ UUID: (await mapping(w))?.UUID, BatchSize: 7 });
    await waitFor("the update", async () => (await mapping(w))?.State === "Disabled" && (await mapping(w))?.BatchSize === 7);
  }),
  acts("DeleteEventSourceMapping", "it is gone", async (w) => {
    await w.lambda.deleteEventSourceMapping({ UUID: (await mapping(w))?.UUID });
    await waitFor("the mapping to be gone", async () => (await mapping(w)) === undefined);
  }),
];
