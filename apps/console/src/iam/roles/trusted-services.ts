/** A service that a role can be made for. */
export interface TrustedService {
  /** Its principal, `lambda.amazonaws.com`. */
  readonly principal: string;
  readonly label: string;
  readonly description: string;
}

const service = (name: string, label: string, description: string): TrustedService => ({
  principal: `${name}.amazonaws.com`,
  label,
  description,
});

/** Services to choose from, Lambda first. */
export const trustedServices: readonly TrustedService[] = [
  service("lambda", "Lambda", "Lets Lambda functions call AWS services with the role's permissions."),
  service("apigateway", "API Gateway", "Lets API Gateway call functions and other services, and write its logs."),
  service("events", "EventBridge", "Lets EventBridge's rules send events to their targets."),
  service("scheduler", "EventBridge Scheduler", "Lets schedules call their targets."),
  service("pipes", "EventBridge Pipes", "Lets pipes read their sources and send to their targets."),
  service("s3", "S3", "Lets S3 act for you, as in replication and batch operations."),
  service("sns", "SNS", "Lets SNS write the status of its deliveries to CloudWatch Logs."),
  service("sqs", "SQS", "Lets SQS act for you."),
  service("states", "Step Functions", "Lets state machines call functions and other services."),
  service("logs", "CloudWatch Logs", "Lets subscriptions send log events to streams."),
  service("firehose", "Data Firehose", "Lets delivery streams write to their destinations and call functions."),
  service("cloudformation", "CloudFormation", "Lets stacks create and change resources."),
  service("ec2", "EC2", "Lets EC2 instances call AWS services."),
  service("ecs-tasks", "ECS tasks", "Lets the containers of ECS tasks call AWS services."),
];
