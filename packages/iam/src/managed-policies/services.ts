import type { AwsPolicy, AwsStatement } from "./index.ts";

const all = (action: string | readonly string[]): readonly AwsStatement[] => [{ Action: action, Resource: "*" }];
const policy = (name: string, description: string, statements: readonly AwsStatement[]): AwsPolicy => ({ name, description, statements });
const xrayWrite = [
  "xray:PutTraceSegments",
  "xray:PutTelemetryRecords",
  "xray:GetSamplingRules",
  "xray:GetSamplingTargets",
  "xray:GetSamplingStatisticSummaries",
];

/** AWS's policies for the services that functions use. */
export const servicePolicies: readonly AwsPolicy[] = [
  policy("AdministratorAccess", "Provides full access to AWS services and resources.", all("*")),
  policy("PowerUserAccess", "Full access to AWS services and resources, but not to users and groups.", [
    { NotAction: ["iam:*", "organizations:*", "account:*"], Resource: "*" },
    ...all(["account:GetAccountInformation", "account:ListRegions", "iam:CreateServiceLinkedRole", "iam:DeleteServiceLinkedRole", "iam:ListRoles", "organizations:DescribeOrganization"]),
  ]),
  policy("ReadOnlyAccess", "Provides read-only access to AWS services and resources.", all([
    "cloudformation:Describe*", "cloudformation:Get*", "cloudformation:List*",
    "cloudwatch:Describe*", "cloudwatch:Get*", "cloudwatch:List*",
    "dynamodb:BatchGet*", "dynamodb:Describe*", "dynamodb:Get*", "dynamodb:List*", "dynamodb:Query", "dynamodb:Scan",
    "events:Describe*", "events:List*", "events:Test*",
    "iam:Generate*", "iam:Get*", "iam:List*", "iam:Simulate*",
    "kinesis:Describe*", "kinesis:Get*", "kinesis:List*",
    "lambda:Get*", "lambda:List*",
    "logs:Describe*", "logs:FilterLogEvents", "logs:Get*", "logs:ListTagsForResource", "logs:ListTagsLogGroup", "logs:StartQuery", "logs:StopQuery", "logs:TestMetricFilter",
    "s3:Get*", "s3:List*",
    "scheduler:Get*", "scheduler:List*",
    "secretsmanager:Describe*", "secretsmanager:GetResourcePolicy", "secretsmanager:List*",
    "sns:Get*", "sns:List*",
    "sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:List*",
    "ssm:Describe*", "ssm:Get*", "ssm:List*",
    "states:Describe*", "states:Get*", "states:List*",
    "sts:GetAccessKeyInfo", "sts:GetCallerIdentity", "sts:GetSessionToken",
    "tag:Get*",
    "xray:BatchGet*", "xray:Get*",
  ])),
  policy("IAMFullAccess", "Provides full access to IAM.", all([
    "iam:*", "organizations:DescribeAccount", "organizations:DescribeOrganization", "organizations:DescribeOrganizationalUnit",
    "organizations:DescribePolicy", "organizations:ListChildren", "organizations:ListParents", "organizations:ListPoliciesForTarget",
    "organizations:ListRoots", "organizations:ListPolicies", "organizations:ListTargetsForPolicy",
  ])),
  policy("IAMReadOnlyAccess", "Provides read-only access to IAM.", all([
    "iam:GenerateCredentialReport", "iam:GenerateServiceLastAccessedDetails", "iam:Get*", "iam:List*", "iam:SimulateCustomPolicy", "iam:SimulatePrincipalPolicy",
  ])),
  policy("CloudWatchLogsFullAccess", "Provides full access to CloudWatch Logs.", all(["logs:*", "cloudwatch:GenerateQuery"])),
  policy("CloudWatchLogsReadOnlyAccess", "Provides read-only access to CloudWatch Logs.", all([
    "logs:Describe*", "logs:Get*", "logs:List*", "logs:StartQuery", "logs:StopQuery", "logs:TestMetricFilter", "logs:FilterLogEvents",
    "logs:StartLiveTail", "logs:StopLiveTail", "cloudwatch:GenerateQuery",
  ])),
  policy("CloudWatchFullAccess", "Provides full access to CloudWatch.", all([
    "autoscaling:Describe*", "cloudwatch:*", "logs:*", "sns:*", "iam:GetPolicy", "iam:GetPolicyVersion", "iam:GetRole", "oam:ListSinks",
  ])),
  policy("AWSXRayDaemonWriteAccess", "Lets the X-Ray daemon send trace segments.", all(xrayWrite)),
  policy("AWSXrayWriteOnlyAccess", "Lets applications send trace segments to X-Ray.", all(xrayWrite)),
  policy("AmazonS3FullAccess", "Provides full access to all buckets.", all(["s3:*", "s3-object-lambda:*"])),
  policy("AmazonS3ReadOnlyAccess", "Provides read-only access to all buckets.", all([
    "s3:Get*", "s3:List*", "s3:Describe*", "s3-object-lambda:Get*", "s3-object-lambda:List*",
  ])),
  policy("AmazonDynamoDBFullAccess", "Provides full access to DynamoDB.", all([
    "dynamodb:*", "dax:*", "application-autoscaling:*", "cloudwatch:DescribeAlarms", "cloudwatch:GetMetricData", "cloudwatch:GetMetricStatistics",
    "cloudwatch:ListMetrics", "cloudwatch:PutMetricAlarm", "iam:GetRole", "iam:ListRoles", "kms:DescribeKey", "kms:ListAliases",
    "lambda:CreateFunction", "lambda:ListFunctions", "lambda:ListEventSourceMappings", "lambda:CreateEventSourceMapping",
    "lambda:DeleteEventSourceMapping", "lambda:GetFunctionConfiguration", "lambda:DeleteFunction", "tag:GetResources",
  ])),
  policy("AmazonDynamoDBReadOnlyAccess", "Provides read-only access to DynamoDB.", all([
    "dynamodb:BatchGetItem", "dynamodb:Describe*", "dynamodb:List*", "dynamodb:GetItem", "dynamodb:GetResourcePolicy", "dynamodb:Query", "dynamodb:Scan",
    "dynamodb:PartiQLSelect", "dax:Describe*", "dax:List*", "dax:GetItem", "dax:BatchGetItem", "dax:Query", "dax:Scan",
    "cloudwatch:DescribeAlarms", "cloudwatch:GetMetricData", "cloudwatch:GetMetricStatistics", "cloudwatch:ListMetrics",
    "iam:GetRole", "iam:ListRoles", "kms:DescribeKey", "kms:ListAliases", "tag:GetResources",
  ])),
  policy("AmazonSQSFullAccess", "Provides full access to SQS.", all("sqs:*")),
  policy("AmazonSQSReadOnlyAccess", "Provides read-only access to SQS.", all([
    "sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ListDeadLetterSourceQueues", "sqs:ListQueues", "sqs:ListMessageMoveTasks", "sqs:ListQueueTags",
  ])),
  policy("AmazonSNSFullAccess", "Provides full access to SNS.", all("sns:*")),
  policy("AmazonKinesisFullAccess", "Provides full access to all Kinesis streams.", all("kinesis:*")),
  policy("AmazonEventBridgeFullAccess", "Provides full access to EventBridge.", [
    ...all(["events:*", "schemas:*", "scheduler:*", "pipes:*"]),
    { Action: "iam:PassRole", Resource: "arn:aws:iam::*:role/*", Condition: { StringLike: { "iam:PassedToService": "events.amazonaws.com" } } },
    { Action: "iam:PassRole", Resource: "arn:aws:iam::*:role/*", Condition: { StringLike: { "iam:PassedToService": "scheduler.amazonaws.com" } } },
    { Action: "iam:PassRole", Resource: "arn:aws:iam::*:role/*", Condition: { StringLike: { "iam:PassedToService": "pipes.amazonaws.com" } } },
  ]),
  policy("SecretsManagerReadWrite", "Provides read and write access to Secrets Manager.", [
    ...all(["secretsmanager:*", "cloudformation:CreateChangeSet", "cloudformation:DescribeChangeSet", "cloudformation:DescribeStackResource",
      "cloudformation:DescribeStacks", "cloudformation:ExecuteChangeSet", "ec2:DescribeSecurityGroups", "ec2:DescribeSubnets", "ec2:DescribeVpcs",
      "kms:DescribeKey", "kms:ListAliases", "kms:ListKeys", "lambda:ListFunctions", "tag:GetResources"]),
    { Action: ["lambda:AddPermission", "lambda:CreateFunction", "lambda:GetFunction", "lambda:InvokeFunction", "lambda:UpdateFunctionConfiguration"], Resource: "arn:aws:lambda:*:*:function:SecretsManager*" },
  ]),
  policy("AmazonSSMFullAccess", "Provides full access to Systems Manager.", all([
    "cloudwatch:PutMetricData", "ds:CreateComputer", "ds:DescribeDirectories", "ec2:DescribeInstanceStatus", "logs:*", "ssm:*", "ec2messages:*",
  ])),
  policy("AmazonSSMReadOnlyAccess", "Provides read-only access to Systems Manager.", all(["ssm:Describe*", "ssm:Get*", "ssm:List*"])),
];
