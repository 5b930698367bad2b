/** A request as it goes over the socket; it may be nonsense in any part. */
export interface RawRequest {
  readonly method: string;
  /** Path and query as they are sent. */
  readonly target: string;
  readonly headers: readonly (readonly [string, string])[];
  /** Base64, so that a failing case can be kept as JSON. */
  readonly body: string;
}

const QueueUrl = "http://127.0.0.1/123456789012/q";
const TopicArn = "arn:aws:sns:us-east-1:123456789012:t";
const SubscriptionArn = `${TopicArn}:00000000-0000-4000-8000-000000000000`;
const functions = "/2015-03-31/functions";

/** Requests that are right, to be damaged: each service, each protocol, each kind of body. */
export const rightRequests: readonly RawRequest[] = [
  lambda("POST", functions, {
    FunctionName: "f",
    Runtime: "python3.9",
    Role: "arn:aws:iam::123456789012:role/execution_role",
    Handler: "a.b",
    Code: { ZipFile: "UEs=" },
  }),
  lambda("GET", `${functions}/f`),
  lambda("GET", `${functions}/?MaxItems=10&Marker=abc&FunctionVersion=ALL`),
  lambda("PUT", `${functions}/f/code`, { ZipFile: "UEs=", DryRun: true }),
  lambda("PUT", `${functions}/f/configuration`, { Timeout: 3, MemorySize: 128, Environment: { Variables: { A: "b" } } }),
  lambda("DELETE", `${functions}/f?Qualifier=1`),
  lambda("POST", `${functions}/f/invocations?Qualifier=$LATEST`, { key: "value" }),
  lambda("PUT", "/2017-10-31/functions/f/concurrency", { ReservedConcurrentExecutions: 1 }),
  lambda("GET", "/2019-09-30/functions/f/concurrency"),
  lambda("POST", "/2017-03-31/tags/arn:aws:lambda:us-east-1:123456789012:function:f", { Tags: { a: "b" } }),
  lambda("GET", "/2016-08-19/account-settings"),
  logs("CreateLogGroup", { logGroupName: "g", tags: { a: "b" } }),
  logs("PutLogEvents", { logGroupName: "g", logStreamName: "s", logEvents: [{ timestamp: 1_700_000_000_000, message: "m" }] }),
  logs("FilterLogEvents", { logGroupName: "g", filterPattern: "{ $.a = 1 }", limit: 10 }),
  logs("GetLogEvents", { logGroupName: "g", logStreamName: "s", startFromHead: true, nextToken: "f/1" }),
  query("iam", "2010-05-08", "Action=CreateRole&RoleName=r&AssumeRolePolicyDocument=%7B%7D&Tags.member.1.Key=a&Tags.member.1.Value=b"),
  query("iam", "2010-05-08", "Action=ListRoles&MaxItems=10&Marker=x"),
  query("iam", "2010-05-08", "Action=PutRolePolicy&RoleName=r&PolicyName=p&PolicyDocument=%7B%22Version%22%3A%222012-10-17%22%7D"),
  query(
    "sts",
    "2011-06-15",
    "Action=AssumeRole&RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2Fr&RoleSessionName=s&DurationSeconds=900",
  ),
  query("sts", "2011-06-15", "Action=GetCallerIdentity"),
  sqs("CreateQueue", { QueueName: "other.fifo", Attributes: { FifoQueue: "true", DelaySeconds: "1" }, tags: { a: "b" } }),
  sqs("SetQueueAttributes", {
    QueueUrl,
    Attributes: { RedrivePolicy: '{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:123456789012:dead","maxReceiveCount":3}', Policy: "" },
  }),
  sqs("SendMessage", {
    QueueUrl,
    MessageBody: "x",
    MessageAttributes: { A: { DataType: "Binary", BinaryValue: "AA==" }, B: { DataType: "Number", StringValue: "1" } },
    MessageSystemAttributes: { AWSTraceHeader: { DataType: "String", StringValue: "Root=1" } },
  }),
  sqs("SendMessageBatch", { QueueUrl, Entries: [{ Id: "1", MessageBody: "x", DelaySeconds: 0, MessageGroupId: "g" }] }),
  sqs("ReceiveMessage", { QueueUrl, MaxNumberOfMessages: 2, VisibilityTimeout: 0, WaitTimeSeconds: 0, AttributeNames: ["All"] }),
  sqs("ChangeMessageVisibility", { QueueUrl, ReceiptHandle: "AQEBAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", VisibilityTimeout: 1 }),
  sqs("DeleteMessageBatch", { QueueUrl, Entries: [{ Id: "1", ReceiptHandle: "AQEBAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" }] }),
  sqs("AddPermission", { QueueUrl, Label: "l", AWSAccountIds: ["123456789012"], Actions: ["SendMessage"] }),
  sqs("StartMessageMoveTask", { SourceArn: "arn:aws:sqs:us-east-1:123456789012:q", MaxNumberOfMessagesPerSecond: 1 }),
  sqs("CancelMessageMoveTask", { TaskHandle: "eyJ0YXNrSWQiOiJ4Iiwic291cmNlQXJuIjoieCJ9" }),
  query(
    "sqs",
    "2012-11-05",
    "Action=SendMessage&QueueUrl=q&MessageBody=x&MessageAttribute.1.Name=A&MessageAttribute.1.Value.DataType=String&MessageAttribute.1.Value.StringValue=b",
  ),
  query("sqs", "2012-11-05", "Action=GetQueueAttributes&QueueUrl=q&AttributeName.1=All"),
  sns("CreateTopic", {
    Name: "other.fifo",
    "Attributes.entry.1.key": "FifoTopic",
    "Attributes.entry.1.value": "true",
    "Tags.member.1.Key": "a",
    "Tags.member.1.Value": "b",
  }),
  sns("SetTopicAttributes", {
    TopicArn,
    AttributeName: "DeliveryPolicy",
    AttributeValue: '{"http":{"defaultHealthyRetryPolicy":{"numRetries":1}}}',
  }),
  sns("Subscribe", {
    TopicArn,
    Protocol: "sqs",
    Endpoint: "arn:aws:sqs:us-east-1:123456789012:q",
    "Attributes.entry.1.key": "FilterPolicy",
    "Attributes.entry.1.value": '{"a":[{"numeric":[">",1]},{"prefix":"b"},{"anything-but":["c"]}]}',
    ReturnSubscriptionArn: "true",
  }),
  sns("SetSubscriptionAttributes", { SubscriptionArn, AttributeName: "RedrivePolicy", AttributeValue: '{"deadLetterTargetArn":"x"}' }),
  sns("Publish", {
    TopicArn,
    Message: '{"default":"x","sqs":"y"}',
    MessageStructure: "json",
    Subject: "s",
    "MessageAttributes.entry.1.Name": "a",
    "MessageAttributes.entry.1.Value.DataType": "Binary",
    "MessageAttributes.entry.1.Value.BinaryValue": "AA==",
  }),
  sns("PublishBatch", {
    TopicArn,
    "PublishBatchRequestEntries.member.1.Id": "1",
    "PublishBatchRequestEntries.member.1.Message": "x",
    "PublishBatchRequestEntries.member.1.MessageGroupId": "g",
  }),
  sns("ConfirmSubscription", { TopicArn, Token: "0".repeat(224), AuthenticateOnUnsubscribe: "true" }),
  sns("Unsubscribe", { SubscriptionArn }),
  sns("AddPermission", { TopicArn, Label: "l", "AWSAccountId.member.1": "123456789012", "ActionName.member.1": "Publish" }),
  sns("PutDataProtectionPolicy", { ResourceArn: TopicArn, DataProtectionPolicy: '{"Statement":[]}' }),
  s3("PUT", "/other", "<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>"),
  s3("PUT", "/bkt/k", "content", [
    ["x-amz-meta-a", "b"],
    ["x-amz-tagging", "a=b"],
    ["x-amz-checksum-crc32", "/sUwqQ=="],
    ["content-md5", "mgNkuembtIDdJeHwKEyFVQ=="],
    ["if-none-match", "*"],
  ]),
  s3("PUT", "/bkt/k", "3\r\nabc\r\n0\r\nx-amz-checksum-crc32:NSRBwg==\r\n\r\n", [
    ["x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"],
    ["x-amz-decoded-content-length", "3"],
    ["x-amz-trailer", "x-amz-checksum-crc32"],
    ["content-encoding", "aws-chunked"],
  ]),
  s3("PUT", "/bkt/copy", "", [["x-amz-copy-source", "/bkt/k?versionId=null"]]),
  s3("GET", "/bkt/k?versionId=null&response-content-type=a&partNumber=1", "", [["if-modified-since", "Thu, 01 Jan 2026 00:00:00 GMT"]]),
  s3("GET", "/bkt/k", "", [
    ["range", "bytes=0-1"],
    ["if-match", '"a"'],
  ]),
  s3("GET", "/bkt?list-type=2&prefix=a&delimiter=/&max-keys=1&continuation-token=YQ==&encoding-type=url&start-after=b"),
  s3("GET", "/bkt?versions&key-marker=a&version-id-marker=b"),
  s3("GET", "/bkt?uploads&key-marker=a&upload-id-marker=b&max-uploads=1"),
  s3("POST", "/bkt/k?uploads", "", [["x-amz-checksum-algorithm", "CRC32"]]),
  s3("PUT", "/bkt/k?partNumber=1&uploadId=u", "part"),
  s3(
    "POST",
    "/bkt/k?uploadId=u",
    "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>&quot;a&quot;</ETag></Part></CompleteMultipartUpload>",
  ),
  s3("POST", "/bkt?delete", "<Delete><Object><Key>none</Key><VersionId>null</VersionId></Object><Quiet>true</Quiet></Delete>"),
  s3("PUT", "/bkt/k?tagging", "<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>"),
  s3("PUT", "/bkt?versioning", "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"),
  s3(
    "PUT",
    "/bkt?policy",
    '{"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","Action":"s3:PutObject","Resource":"arn:aws:s3:::bkt/x"}}',
  ),
  s3(
    "PUT",
    "/bkt?cors",
    "<CORSConfiguration><CORSRule><AllowedMethod>PUT</AllowedMethod><AllowedOrigin>*</AllowedOrigin><MaxAgeSeconds>1</MaxAgeSeconds></CORSRule></CORSConfiguration>",
  ),
  s3(
    "PUT",
    "/bkt?lifecycle",
    "<LifecycleConfiguration><Rule><ID>a</ID><Status>Enabled</Status><Filter><Prefix>x</Prefix></Filter><Expiration><Days>1</Days></Expiration></Rule></LifecycleConfiguration>",
  ),
  s3(
    "PUT",
    "/bkt?notification",
    "<NotificationConfiguration><QueueConfiguration><Id>a</Id><Queue>arn:aws:sqs:us-east-1:123456789012:q</Queue><Event>s3:ObjectCreated:*</Event></QueueConfiguration></NotificationConfiguration>",
  ),
  s3("GET", "/bkt/k?attributes", "", [["x-amz-object-attributes", "ETag,ObjectParts"]]),
  postedForm({ key: "posted/${filename}", "Content-Type": "text/plain", tagging: "<Tagging/>", success_action_status: "201" }),
  postedForm({
    key: "k",
    "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
    "X-Amz-Credential": "123456789012/20260101/us-east-1/s3/aws4_request",
    "X-Amz-Date": "20260101T000000Z",
    Policy: base64('{"expiration":"2999-01-01T00:00:00Z","conditions":[{"bucket":"bkt"},["content-length-range",0,9]]}'),
    "X-Amz-Signature": "0".repeat(64),
  }),
  { method: "GET", target: `/?Action=ConfirmSubscription&TopicArn=${TopicArn}&Token=${"0".repeat(224)}`, headers: [], body: "" },
];

function scope(service: string): [string, string] {
  return [
    "authorization",
    `AWS4-HMAC-SHA256 Credential=123456789012/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=${"0".repeat(64)}`,
  ];
}

function lambda(method: string, target: string, body?: unknown): RawRequest {
  return {
    method,
    target,
    headers: [scope("lambda"), ["content-type", "application/json"]],
    body: base64(body === undefined ? "" : JSON.stringify(body)),
  };
}

function logs(operation: string, body: unknown): RawRequest {
  const headers: [string, string][] = [
    scope("logs"),
    ["content-type", "application/x-amz-json-1.1"],
    ["x-amz-target", `Logs_20140328.${operation}`],
  ];
  return { method: "POST", target: "/", headers, body: base64(JSON.stringify(body)) };
}

function sqs(operation: string, body: unknown): RawRequest {
  const headers: [string, string][] = [
    scope("sqs"),
    ["content-type", "application/x-amz-json-1.0"],
    ["x-amz-target", `AmazonSQS.${operation}`],
  ];
  return { method: "POST", target: "/", headers, body: base64(JSON.stringify(body)) };
}

function sns(operation: string, parameters: Readonly<Record<string, string>>): RawRequest {
  return query("sns", "2010-03-31", new URLSearchParams({ Action: operation, ...parameters }).toString());
}

function s3(method: string, target: string, body = "", headers: readonly (readonly [string, string])[] = []): RawRequest {
  return { method, target, headers: [scope("s3"), ["x-amz-content-sha256", "UNSIGNED-PAYLOAD"], ...headers], body: base64(body) };
}

function postedForm(fields: Readonly<Record<string, string>>): RawRequest {
  const parts = Object.entries({ ...fields, file: "content" }).map(
    ([name, value]) => `--b\r\nContent-Disposition: form-data; name="${name}"; filename="f"\r\n\r\n${value}\r\n`,
  );
  return {
    method: "POST",
    target: "/bkt",
    headers: [["content-type", "multipart/form-data; boundary=b"]],
    body: base64(`${parts.join("")}--b--\r\n`),
  };
}

function query(service: string, version: string, form: string): RawRequest {
  return {
    method: "POST",
    target: "/",
    headers: [scope(service), ["content-type", "application/x-www-form-urlencoded"]],
    body: base64(`${form}&Version=${version}`),
  };
}

/** As a request keeps its body. */
export function base64(text: string): string {
  return Buffer.from(text, "utf8").toString("base64");
}
