import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { problemOf } from "../../../api/problem.ts";
import { send } from "../../../api/send.ts";
import { cliCommand } from "../../../shared/equivalent-cli.tsx";

/** An inline policy that an execution role needs. */
export interface DestinationPolicy {
  readonly RoleName: string;
  readonly PolicyName: string;
  readonly PolicyDocument: string;
}

/** An ARN's service: `sqs`. */
const serviceOf = (arn: string): string => arn.split(":")[2] ?? "";

/** The policy that the execution role needs for a destination, a function, a queue, a topic or a bucket. */
export function policyFor(roleArn: string, destination: string): DestinationPolicy {
  const RoleName = roleArn.split("/").at(-1) ?? "";
  const document = (Action: string, Resource: string | readonly string[]): string =>
    JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource }] });
  const name = destination.split(":").slice(0, 7).at(-1) ?? "";
  if (serviceOf(destination) === "sqs")
    return { RoleName, PolicyName: `SendToQueue-${name}`, PolicyDocument: document("sqs:SendMessage", destination) };
  if (serviceOf(destination) === "sns")
    return { RoleName, PolicyName: `PublishToTopic-${name}`, PolicyDocument: document("sns:Publish", destination) };
  // https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
  if (serviceOf(destination) === "s3") {
    const PolicyDocument = JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Action: "s3:ListBucket", Resource: destination },
        { Effect: "Allow", Action: "s3:PutObject", Resource: `${destination}/*` },
      ],
    });
    return { RoleName, PolicyName: `WriteToBucket-${name}`, PolicyDocument };
  }
  const functionArn = destination.split(":").slice(0, 7).join(":");
  const PolicyDocument = document("lambda:InvokeFunction", [functionArn, `${functionArn}:*`]);
  return { RoleName, PolicyName: `InvokeDestination-${name}`, PolicyDocument };
}

/** What the aws CLI would be told to add such a policy. */
export const policyCommand = ({ RoleName, PolicyName, PolicyDocument }: DestinationPolicy): string =>
  cliCommand("iam", "put-role-policy", { "role-name": RoleName, "policy-name": PolicyName, "policy-document": PolicyDocument });

/** Whether the role has the policy already, by its name; undefined while nothing is known. */
export function useHasPolicy({ RoleName, PolicyName }: DestinationPolicy, enabled: boolean): UseQueryResult<boolean> {
  return useQuery({
    queryKey: ["iam", "ListRolePolicies", { RoleName }, PolicyName],
    queryFn: async ({ signal }) => {
      try {
        const { PolicyNames = [] } = await send("iam", "ListRolePolicies", { RoleName }, signal);
        return PolicyNames.includes(PolicyName);
      } catch (error) {
        // Who may not look, or whose role is gone, may still add the destination.
        if (["denied", "not-found"].includes(problemOf(error).kind)) return false;
        throw error;
      }
    },
    enabled,
  });
}
