import type { LogGroup } from "@aws-sdk/client-cloudwatch-logs";
import type { Policy, Role, User } from "@aws-sdk/client-iam";
import type {
  AliasConfiguration,
  CodeSigningConfig,
  EventSourceMappingConfiguration,
  FunctionConfiguration,
  FunctionEventInvokeConfig,
  FunctionUrlConfig,
  ProvisionedConcurrencyConfigListItem,
  LayersListItem,
  LayerVersionsListItem,
} from "@aws-sdk/client-lambda";
import type { Bucket } from "@aws-sdk/client-s3";
import type { Subscription, Topic } from "@aws-sdk/client-sns";
import type { OutputOf } from "@mayfly/kernel";

/** How the paged operations that the console lists are put together: `useAwsAll(service, operation, {}, paging.ListFunctions)`. */
export const paging = {
  ListFunctions: {
    next: nextMarkerOf,
    items: (output: { Functions?: FunctionConfiguration[] | undefined }) => output.Functions,
  },
  ListVersionsByFunction: {
    next: nextMarkerOf,
    items: (output: { Versions?: FunctionConfiguration[] | undefined }) => output.Versions,
  },
  ListAliases: { next: nextMarkerOf, items: (output: { Aliases?: AliasConfiguration[] | undefined }) => output.Aliases },
  ListFunctionEventInvokeConfigs: {
    next: nextMarkerOf,
    items: (output: { FunctionEventInvokeConfigs?: FunctionEventInvokeConfig[] | undefined }) => output.FunctionEventInvokeConfigs,
  },
  ListCodeSigningConfigs: {
    next: nextMarkerOf,
    items: (output: { CodeSigningConfigs?: CodeSigningConfig[] | undefined }) => output.CodeSigningConfigs,
  },
  ListFunctionsByCodeSigningConfig: {
    next: nextMarkerOf,
    items: (output: { FunctionArns?: string[] | undefined }) => output.FunctionArns,
  },
  ListLayers: { next: nextMarkerOf, items: (output: { Layers?: LayersListItem[] | undefined }) => output.Layers },
  ListLayerVersions: {
    next: nextMarkerOf,
    items: (output: { LayerVersions?: LayerVersionsListItem[] | undefined }) => output.LayerVersions,
  },
  ListFunctionUrlConfigs: {
    next: nextMarkerOf,
    items: (output: { FunctionUrlConfigs?: FunctionUrlConfig[] | undefined }) => output.FunctionUrlConfigs,
  },
  ListProvisionedConcurrencyConfigs: {
    next: nextMarkerOf,
    items: (output: { ProvisionedConcurrencyConfigs?: ProvisionedConcurrencyConfigListItem[] | undefined }) =>
      output.ProvisionedConcurrencyConfigs,
  },
  ListFunctionTags: {
    next: nextMarkerOf,
    items: (output: OutputOf<"mayfly", "ListFunctionTags">) => output.Functions,
  },
  ListKeptInvocations: {
    next: nextMarkerOf,
    items: (output: OutputOf<"mayfly", "ListKeptInvocations">) => output.Invocations,
  },
  ListOutboxMails: { next: nextMarkerOf, items: (output: OutputOf<"mayfly", "ListOutboxMails">) => output.Mails },
  ListEventSourceMappings: {
    next: nextMarkerOf,
    items: (output: { EventSourceMappings?: EventSourceMappingConfiguration[] | undefined }) => output.EventSourceMappings,
  },
  ListDeadLetterSourceQueues: {
    next: nextTokenOf,
    items: (output: { queueUrls?: string[] | undefined }) => output.queueUrls,
  },
  ListBuckets: {
    next: (output: { ContinuationToken?: string | undefined }, input: object) =>
      output.ContinuationToken ? { ...input, ContinuationToken: output.ContinuationToken } : undefined,
    items: (output: { Buckets?: Bucket[] | undefined }) => output.Buckets,
  },
  ListTopics: { next: nextTokenOf, items: (output: { Topics?: Topic[] | undefined }) => output.Topics },
  ListSubscriptions: { next: nextTokenOf, items: (output: { Subscriptions?: Subscription[] | undefined }) => output.Subscriptions },
  ListSubscriptionsByTopic: {
    next: nextTokenOf,
    items: (output: { Subscriptions?: Subscription[] | undefined }) => output.Subscriptions,
  },
  ListRoles: { next: markerOf, items: (output: { Roles?: Role[] | undefined }) => output.Roles },
  ListPolicies: { next: markerOf, items: (output: { Policies?: Policy[] | undefined }) => output.Policies },
  ListUsers: { next: markerOf, items: (output: { Users?: User[] | undefined }) => output.Users },
  DescribeLogGroups: {
    next: (output: { nextToken?: string | undefined }, input: object) =>
      output.nextToken ? { ...input, nextToken: output.nextToken } : undefined,
    items: (output: { logGroups?: LogGroup[] | undefined }) => output.logGroups,
  },
};

function nextMarkerOf<Input extends object>(output: { NextMarker?: string | undefined }, input: Input): Input | undefined {
  return output.NextMarker ? { ...input, Marker: output.NextMarker } : undefined;
}

function nextTokenOf<Input extends object>(output: { NextToken?: string | undefined }, input: Input): Input | undefined {
  return output.NextToken ? { ...input, NextToken: output.NextToken } : undefined;
}

function markerOf(output: { IsTruncated?: boolean | undefined; Marker?: string | undefined }, input: object): object | undefined {
  return output.IsTruncated && output.Marker ? { ...input, Marker: output.Marker } : undefined;
}
