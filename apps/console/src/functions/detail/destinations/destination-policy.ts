import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { problemOf } from "../../../api/problem.ts";
import { send } from "../../../api/send.ts";

/** The inline policy that lets a role send word to a function. */
export interface DestinationPolicy {
  readonly RoleName: string;
  readonly PolicyName: string;
  readonly PolicyDocument: string;
}

/** The policy that the execution role needs for a destination. */
export function policyFor(roleArn: string, destination: string): DestinationPolicy {
  const functionArn = destination.split(":").slice(0, 7).join(":");
  return {
    RoleName: roleArn.split("/").at(-1) ?? "",
    PolicyName: `InvokeDestination-${functionArn.split(":").at(-1)}`,
    PolicyDocument: JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "lambda:InvokeFunction", Resource: [functionArn, `${functionArn}:*`] }],
    }),
  };
}

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
