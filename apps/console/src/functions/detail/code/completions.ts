import type { MonacoApi } from "./monaco.ts";

interface Snippet {
  readonly label: string;
  readonly detail: string;
  readonly text: string;
}

const pythonSnippets: readonly Snippet[] = [
  {
    label: "lambda_handler",
    detail: "A handler",
    text: "def lambda_handler(event, context):\n    ${1:return {'statusCode': 200, 'body': 'Hello'\\}}\n",
  },
  {
    label: "boto3.client",
    detail: "A client of an AWS service",
    text: "boto3.client('${1|s3,dynamodb,sqs,sns,lambda,logs,events,ssm,secretsmanager,sts|}')",
  },
  { label: "boto3.resource", detail: "A resource of an AWS service", text: "boto3.resource('${1|dynamodb,s3,sqs,sns|}')" },
  {
    label: "batchItemFailures",
    detail: "What a queue's handler answers about failed messages",
    text: "{'batchItemFailures': [{'itemIdentifier': ${1:message_id}} for ${2:message_id} in ${3:failed}]}",
  },
  { label: "os.environ", detail: "An environment variable", text: "os.environ['${1:NAME}']" },
  ...[
    "aws_request_id",
    "function_name",
    "function_version",
    "invoked_function_arn",
    "memory_limit_in_mb",
    "log_group_name",
    "log_stream_name",
  ].map((name): Snippet => ({ label: `context.${name}`, detail: "Of the invocation", text: `context.${name}` })),
  { label: "context.get_remaining_time_in_millis", detail: "Until the timeout", text: "context.get_remaining_time_in_millis()" },
];

const clients: readonly (readonly [packageName: string, client: string])[] = [
  ["client-s3", "S3Client"],
  ["client-dynamodb", "DynamoDBClient"],
  ["lib-dynamodb", "DynamoDBDocumentClient"],
  ["client-sqs", "SQSClient"],
  ["client-sns", "SNSClient"],
  ["client-lambda", "LambdaClient"],
  ["client-eventbridge", "EventBridgeClient"],
  ["client-ssm", "SSMClient"],
  ["client-secrets-manager", "SecretsManagerClient"],
];

const nodeSnippets: readonly Snippet[] = [
  {
    label: "handler",
    detail: "A handler",
    text: "export const handler = async (event, context) => {\n  ${1:return { statusCode: 200, body: 'Hello' \\};}\n};\n",
  },
  ...clients.map(([packageName, client]): Snippet => ({
    label: `import ${client}`,
    detail: `@aws-sdk/${packageName}`,
    text: `import { ${client}$1 } from "@aws-sdk/${packageName}";`,
  })),
  ...["awsRequestId", "functionName", "functionVersion", "invokedFunctionArn", "memoryLimitInMB", "logGroupName", "logStreamName"].map(
    (name): Snippet => ({ label: `context.${name}`, detail: "Of the invocation", text: `context.${name}` }),
  ),
  { label: "context.getRemainingTimeInMillis", detail: "Until the timeout", text: "context.getRemainingTimeInMillis()" },
];

const rubySnippets: readonly Snippet[] = [
  {
    label: "lambda_handler",
    detail: "A handler",
    text: "def lambda_handler(event:, context:)\n  ${1:{ statusCode: 200, body: 'Hello' \\}}\nend\n",
  },
  { label: "Aws::S3::Client", detail: "A client", text: "Aws::S3::Client.new" },
  { label: "Aws::DynamoDB::Client", detail: "A client", text: "Aws::DynamoDB::Client.new" },
];

const byLanguage: Readonly<Record<string, readonly Snippet[]>> = {
  python: pythonSnippets,
  javascript: nodeSnippets,
  typescript: nodeSnippets,
  ruby: rubySnippets,
};

/** Completion of what handlers are made of: the handler itself, context, clients of AWS's services. */
export function addCompletions(monaco: MonacoApi): void {
  for (const [language, snippets] of Object.entries(byLanguage)) {
    monaco.languages.registerCompletionItemProvider(language, {
      triggerCharacters: ["."],
      provideCompletionItems: (model, position) => {
        const before = model.getLineContent(position.lineNumber).slice(0, position.column - 1);
        const started = /[\w.]*$/.exec(before)?.[0].length ?? 0;
        const range = new monaco.Range(position.lineNumber, position.column - started, position.lineNumber, position.column);
        return {
          suggestions: snippets.map(({ label, detail, text }) => ({
            label,
            detail,
            kind: monaco.languages.CompletionItemKind.Snippet,
            insertText: text,
            insertTextRules: monaco.languages.CompletionItemInsertTextRule.InsertAsSnippet,
            range,
          })),
        };
      },
    });
  }
}
