/** Bounds of EventBridge Schemas. https://docs.aws.amazon.com/eventbridge/latest/schema-reference/ */
export const limits = {
  registryNameCharacters: 64,
  schemaNameCharacters: 385,
  pageCount: 100,
  tagCount: 200,
  tagKeyCharacters: 128,
  tagValueCharacters: 256,
} as const;
