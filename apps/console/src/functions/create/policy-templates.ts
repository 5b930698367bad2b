/** A set of permissions that a function of some purpose needs. */
export interface PolicyTemplate {
  readonly id: string;
  /** AWS's name of it. */
  readonly label: string;
  readonly service: string;
  readonly description: string;
  /** Name of the inline policy that it becomes. */
  readonly policyName: string;
  readonly document: { readonly Version: "2012-10-17"; readonly Statement: readonly object[] };
}

const template = (
  id: string,
  label: string,
  service: string,
  description: string,
  actions: readonly string[],
  resource = "*",
): PolicyTemplate => ({
  id,
  label,
  service,
  description,
  policyName: `Lambda-${id}`,
  document: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: actions, Resource: resource }] },
});

/** The templates to choose from. https://docs.aws.amazon.com/lambda/latest/dg/permissions-managed-policies.html */
export const policyTemplates: readonly PolicyTemplate[] = [
  template(
    "microservice",
    "Simple microservice permissions",
    "DynamoDB",
    "Read and write the items of DynamoDB tables.",
    ["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:Scan", "dynamodb:UpdateItem"],
    "arn:aws:dynamodb:*:*:table/*",
  ),
  template(
    "dynamodb-stream",
    "DynamoDB stream poller permissions",
    "DynamoDB",
    "Receive the changes of DynamoDB tables.",
    ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams"],
    "arn:aws:dynamodb:*:*:table/*",
  ),
  template(
    "sqs-poller",
    "Amazon SQS poller permissions",
    "SQS",
    "Receive messages of SQS queues and delete them.",
    ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"],
    "arn:aws:sqs:*:*:*",
  ),
  template(
    "sqs-send",
    "Amazon SQS send permissions",
    "SQS",
    "Send messages to SQS queues.",
    ["sqs:GetQueueUrl", "sqs:SendMessage"],
    "arn:aws:sqs:*:*:*",
  ),
  template("sns-publish", "Amazon SNS publish policy", "SNS", "Publish messages to SNS topics.", ["sns:Publish"], "arn:aws:sns:*:*:*"),
  template(
    "s3-read",
    "Amazon S3 object read-only permissions",
    "S3",
    "Read the objects of S3 buckets.",
    ["s3:GetObject"],
    "arn:aws:s3:::*",
  ),
  template("kinesis-poller", "Kinesis stream poller permissions", "Kinesis", "Read the records of Kinesis streams.", [
    "kinesis:DescribeStream",
    "kinesis:DescribeStreamSummary",
    "kinesis:GetRecords",
    "kinesis:GetShardIterator",
    "kinesis:ListShards",
    "kinesis:ListStreams",
  ]),
  template("kms-decrypt", "KMS decryption permissions", "KMS", "Decrypt with KMS keys.", ["kms:Decrypt"], "arn:aws:kms:*:*:key/*"),
  template(
    "eventbridge-put",
    "EventBridge put events permissions",
    "EventBridge",
    "Send events to EventBridge's buses.",
    ["events:PutEvents"],
    "arn:aws:events:*:*:event-bus/*",
  ),
  template(
    "lambda-invoke",
    "Lambda function invoke permissions",
    "Lambda",
    "Call other functions.",
    ["lambda:InvokeFunction"],
    "arn:aws:lambda:*:*:function:*",
  ),
];
