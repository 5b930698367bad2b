import type { AwsPolicy } from "./index.ts";

const logs = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"];
const networkInterfaces = [
  "ec2:CreateNetworkInterface",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeSubnets",
  "ec2:DeleteNetworkInterface",
  "ec2:AssignPrivateIpAddresses",
  "ec2:UnassignPrivateIpAddresses",
];
const executionRole = (name: string, description: string, actions: readonly string[]): AwsPolicy => ({
  name,
  path: "/service-role/",
  description,
  statements: [{ Action: [...actions, ...logs], Resource: "*" }],
});
const triggers = [
  "cloudformation:DescribeStacks",
  "cloudformation:ListStackResources",
  "cloudwatch:ListMetrics",
  "cloudwatch:GetMetricData",
  "ec2:DescribeSecurityGroups",
  "ec2:DescribeSubnets",
  "ec2:DescribeVpcs",
  "kms:ListAliases",
  "iam:GetPolicy",
  "iam:GetPolicyVersion",
  "iam:GetRole",
  "iam:GetRolePolicy",
  "iam:ListAttachedRolePolicies",
  "iam:ListRolePolicies",
  "iam:ListRoles",
];
const logReading = [
  "logs:DescribeLogStreams",
  "logs:GetLogEvents",
  "logs:FilterLogEvents",
  "logs:StartQuery",
  "logs:StopQuery",
  "logs:DescribeQueries",
  "logs:GetLogGroupFields",
  "logs:GetLogRecord",
  "logs:GetQueryResults",
];
const passToLambda = {
  Action: "iam:PassRole",
  Resource: "*",
  Condition: { StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" } },
};

/** Policies for functions and for people who work with Lambda. https://docs.aws.amazon.com/lambda/latest/dg/permissions-managed-policies.html */
export const lambdaPolicies: readonly AwsPolicy[] = [
  executionRole("AWSLambdaBasicExecutionRole", "Provides write permissions to CloudWatch Logs.", []),
  executionRole("AWSLambdaVPCAccessExecutionRole", "Lets a function reach resources in a VPC.", networkInterfaces),
  executionRole("AWSLambdaSQSQueueExecutionRole", "Lets a function receive from SQS queues.", [
    "sqs:ReceiveMessage",
    "sqs:DeleteMessage",
    "sqs:GetQueueAttributes",
  ]),
  executionRole("AWSLambdaDynamoDBExecutionRole", "Lets a function read DynamoDB streams.", [
    "dynamodb:DescribeStream",
    "dynamodb:GetRecords",
    "dynamodb:GetShardIterator",
    "dynamodb:ListStreams",
  ]),
  executionRole("AWSLambdaKinesisExecutionRole", "Lets a function read Kinesis streams.", [
    "kinesis:DescribeStream",
    "kinesis:DescribeStreamSummary",
    "kinesis:GetRecords",
    "kinesis:GetShardIterator",
    "kinesis:ListShards",
    "kinesis:ListStreams",
    "kinesis:SubscribeToShard",
  ]),
  executionRole("AWSLambdaMSKExecutionRole", "Lets a function read MSK clusters in a VPC.", [
    "kafka:DescribeCluster",
    "kafka:DescribeClusterV2",
    "kafka:GetBootstrapBrokers",
    "ec2:CreateNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeVpcs",
    "ec2:DeleteNetworkInterface",
    "ec2:DescribeSubnets",
    "ec2:DescribeSecurityGroups",
  ]),
  {
    name: "AWSLambdaRole",
    path: "/service-role/",
    description: "Lets a service invoke functions.",
    statements: [{ Action: ["lambda:InvokeFunction"], Resource: ["*"] }],
  },
  {
    name: "AWSLambda_FullAccess",
    description: "Full access to Lambda, and to see what functions are connected with.",
    statements: [
      {
        Action: [
          ...triggers,
          "lambda:*",
          "logs:DescribeLogGroups",
          "states:DescribeStateMachine",
          "states:ListStateMachines",
          "tag:GetResources",
          "xray:GetTraceSummaries",
          "xray:BatchGetTraces",
        ],
        Resource: "*",
      },
      passToLambda,
      { Action: logReading, Resource: "arn:aws:logs:*:*:log-group:/aws/lambda/*" },
    ],
  },
  {
    name: "AWSLambda_ReadOnlyAccess",
    description: "Read-only access to Lambda, and to see what functions are connected with.",
    statements: [
      {
        Action: [
          ...triggers,
          "lambda:Get*",
          "lambda:List*",
          "logs:DescribeLogGroups",
          "states:DescribeStateMachine",
          "states:ListStateMachines",
          "tag:GetResources",
          "xray:GetTraceSummaries",
          "xray:BatchGetTraces",
        ],
        Resource: "*",
      },
      { Action: logReading, Resource: "arn:aws:logs:*:*:log-group:/aws/lambda/*" },
    ],
  },
];
