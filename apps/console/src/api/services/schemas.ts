// What the console uses of the client: only this is bundled.
export {
  CreateRegistryCommand,
  CreateSchemaCommand,
  DeleteSchemaCommand,
  DescribeSchemaCommand,
  SchemasClient as Client,
  UpdateSchemaCommand,
} from "@aws-sdk/client-schemas";
