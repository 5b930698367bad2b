import {
  CreateRegistryCommand,
  CreateSchemaCommand,
  DeleteSchemaCommand,
  DescribeSchemaCommand,
  ListSchemaVersionsCommand,
  ListSchemasCommand,
  ListTagsForResourceCommand,
  PutCodeBindingCommand,
  TagResourceCommand,
  UpdateSchemaCommand,
} from "@aws-sdk/client-schemas";
import { CreateAccessKeyCommand, CreateUserCommand, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { clientsFor } from "@mayfly/testkit";
import { serveTests } from "@mayfly/testkit/vitest";
import { beforeAll, describe, expect, test } from "vitest";
import { expectError } from "./expect-error.ts";

const RegistryName = "lambda-testevent-schemas";
const SchemaName = "_orders-schema";
const Type = "OpenApi3";

/** A function's shareable test events, as AWS's consoles and tools keep them. */
const events = (examples: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({
    openapi: "3.0.0",
    info: { title: "Event", version: "1.0.0" },
    paths: {},
    components: {
      schemas: { Event: { type: "object", required: [], properties: {} } },
      examples: Object.fromEntries(Object.entries(examples).map(([name, value]) => [name, { value }])),
    },
  });

const { server, clients: aws, restart } = serveTests();
beforeAll(async () => {
  await aws.schemas.send(new CreateRegistryCommand({ RegistryName, Tags: { kind: "events" } }));
  await aws.schemas.send(new CreateSchemaCommand({ RegistryName, SchemaName, Type, Content: events({ one: { id: 1 } }) }));
});

describe("EventBridge Schemas", () => {
  test("keeps a function's events by version, over a crash", async () => {
    const second = events({ one: { id: 1 }, two: { id: 2 } });
    const updated = await aws.schemas.send(new UpdateSchemaCommand({ RegistryName, SchemaName, Content: second, Type }));
    expect([updated.SchemaVersion, updated.LastModified]).toEqual(["2", expect.any(Date)]);
    await server.kill();
    await restart();
    const { Content } = await aws.schemas.send(new DescribeSchemaCommand({ RegistryName, SchemaName }));
    expect(Content).toBe(second);
    const { SchemaVersions } = await aws.schemas.send(new ListSchemaVersionsCommand({ RegistryName, SchemaName }));
    expect(SchemaVersions?.map(({ SchemaVersion }) => SchemaVersion)).toEqual(["2", "1"]);
  });

  test("answers AWS's errors", async () => {
    await expectError(
      aws.schemas.send(new DescribeSchemaCommand({ RegistryName, SchemaName: "none" })),
      "NotFoundException",
      404,
      "Schema with name none does not exist.",
    );
    await expectError(aws.schemas.send(new CreateRegistryCommand({ RegistryName })), "ConflictException", 409);
    const Content = "x".repeat(100_001);
    await expectError(aws.schemas.send(new UpdateSchemaCommand({ RegistryName, SchemaName, Content })), "BadRequestException", 400);
    await expectError(
      aws.schemas.send(new PutCodeBindingCommand({ RegistryName, SchemaName, Language: "Java8" })),
      "UnknownOperationException",
      404,
    );
  });

  test("tags by ARN", async () => {
    const { Schemas } = await aws.schemas.send(new ListSchemasCommand({ RegistryName }));
    const ResourceArn = Schemas?.[0]?.SchemaArn ?? "";
    expect(ResourceArn).toBe(`arn:aws:schemas:us-east-1:123456789012:schema/${RegistryName}/${SchemaName}`);
    await aws.schemas.send(new TagResourceCommand({ ResourceArn, Tags: { team: "a" } }));
    expect((await aws.schemas.send(new ListTagsForResourceCommand({ ResourceArn }))).Tags).toEqual({ team: "a" });
  });

  test("does what IAM allows, and no more", async () => {
    await aws.iam.send(new CreateUserCommand({ UserName: "reader" }));
    const PolicyDocument = JSON.stringify({
      Version: "2012-10-17",
      Statement: {
        Effect: "Allow",
        Action: "schemas:DescribeSchema",
        Resource: `arn:aws:schemas:*:*:schema/${RegistryName}/*`,
      },
    });
    await aws.iam.send(new PutUserPolicyCommand({ UserName: "reader", PolicyName: "read", PolicyDocument }));
    const { AccessKey } = await aws.iam.send(new CreateAccessKeyCommand({ UserName: "reader" }));
    const credentials = { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" };
    const reader = clientsFor({ url: server.url, credentials });
    expect((await reader.schemas.send(new DescribeSchemaCommand({ RegistryName, SchemaName }))).SchemaName).toBe(SchemaName);
    await expectError(
      reader.schemas.send(new DeleteSchemaCommand({ RegistryName, SchemaName })),
      "AccessDeniedException",
      403,
      /is not authorized to perform: schemas:DeleteSchema on resource: .*schema\/lambda-testevent-schemas\/_orders-schema/,
    );
    reader.destroy();
  });
});
