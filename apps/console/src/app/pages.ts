import type { ReactNode } from "react";
import { sdkModules, type SdkService } from "../api/sdk-modules.ts";

type Component = () => ReactNode;

/** A page that is loaded when it is first gone to. */
export interface PageRow {
  /** Below /console, as the router reads it. */
  readonly path: string;
  readonly load: () => Promise<Component>;
  /** Whose client it asks at once. */
  readonly asks?: SdkService;
}

const page = <Name extends string>(
  path: string,
  name: Name,
  load: () => Promise<Readonly<Record<Name, Component>>>,
  asks?: SdkService,
): PageRow => ({ path, load: async () => (await load())[name], ...(asks && { asks }) });

/** Every page by its path. Of two that fit an address the first is meant. */
export const pages: readonly PageRow[] = [
  page("dashboard", "DashboardPage", () => import("../dashboard/dashboard-page.tsx"), "lambda"),
  page("functions", "FunctionsPage", () => import("../functions/list/functions-page.tsx")),
  page("functions/create", "CreateFunctionPage", () => import("../functions/create/create-function-page.tsx"), "lambda"),
  page("functions/:functionName/:tab?/:section?", "FunctionPage", () => import("../functions/detail/function-page.tsx"), "lambda"),
  page("layers", "LayersPage", () => import("../layers/layers-page.tsx"), "lambda"),
  page("layers/create", "CreateLayerPage", () => import("../layers/create-layer-page.tsx"), "lambda"),
  page("layers/:layerName", "LayerPage", () => import("../layers/layer-page.tsx"), "lambda"),
  page("code-signing", "CodeSigningPage", () => import("../code-signing/configs-page.tsx"), "lambda"),
  page("code-signing/create", "CreateCodeSigningPage", () => import("../code-signing/create-config-page.tsx"), "lambda"),
  page("code-signing/:configArn", "CodeSigningConfigPage", () => import("../code-signing/config-page.tsx"), "lambda"),
  page("s3/buckets", "BucketsPage", () => import("../s3/buckets-page.tsx"), "s3"),
  page("s3/buckets/create", "CreateBucketPage", () => import("../s3/create-bucket-page.tsx"), "s3"),
  page("s3/buckets/:bucketName", "BucketPage", () => import("../s3/detail/bucket-page.tsx"), "s3"),
  page("s3/buckets/:bucketName/object", "ObjectPage", () => import("../s3/object/object-page.tsx"), "s3"),
  page("sqs/queues", "QueuesPage", () => import("../sqs/queues-page.tsx"), "sqs"),
  page("sqs/queues/create", "CreateQueuePage", () => import("../sqs/create-queue-page.tsx"), "sqs"),
  page("sqs/queues/:queueName", "QueuePage", () => import("../sqs/detail/queue-page.tsx"), "sqs"),
  page("sqs/queues/:queueName/edit", "EditQueuePage", () => import("../sqs/edit-queue-page.tsx"), "sqs"),
  page("sqs/queues/:queueName/messages", "QueueMessagesPage", () => import("../sqs/messages/messages-page.tsx"), "sqs"),
  page("sns/topics", "TopicsPage", () => import("../sns/topics-page.tsx"), "sns"),
  page("sns/topics/create", "CreateTopicPage", () => import("../sns/create-topic-page.tsx"), "sns"),
  page("sns/topics/:topicName", "TopicPage", () => import("../sns/detail/topic-page.tsx"), "sns"),
  page("sns/topics/:topicName/edit", "EditTopicPage", () => import("../sns/edit-topic-page.tsx"), "sns"),
  page("sns/topics/:topicName/publish", "PublishPage", () => import("../sns/publish/publish-page.tsx"), "sns"),
  page("sns/subscriptions", "SubscriptionsPage", () => import("../sns/subscriptions/subscriptions-page.tsx"), "sns"),
  page("sns/subscriptions/create", "CreateSubscriptionPage", () => import("../sns/subscriptions/create-subscription-page.tsx"), "sns"),
  page("sns/subscriptions/:subscriptionArn", "SubscriptionPage", () => import("../sns/subscriptions/subscription-page.tsx"), "sns"),
  page(
    "sns/subscriptions/:subscriptionArn/edit",
    "EditSubscriptionPage",
    () => import("../sns/subscriptions/edit-subscription-page.tsx"),
    "sns",
  ),
  page("sns/outbox", "OutboxPage", () => import("../sns/outbox/outbox-page.tsx")),
  page("logs", "LogGroupsPage", () => import("../logs/groups-page.tsx"), "logs"),
  page("logs/live-tail", "LiveTailPage", () => import("../logs/live-tail-page.tsx"), "logs"),
  page("logs/groups/:groupName", "LogGroupPage", () => import("../logs/group-page.tsx"), "logs"),
  page("logs/groups/:groupName/events", "LogEventsPage", () => import("../logs/events-page.tsx"), "logs"),
  page("logs/groups/:groupName/streams/:streamName", "LogEventsPage", () => import("../logs/events-page.tsx"), "logs"),
  page("iam/roles", "RolesPage", () => import("../iam/roles/roles-page.tsx"), "iam"),
  page("iam/roles/create", "CreateRolePage", () => import("../iam/roles/create-role-page.tsx"), "iam"),
  page("iam/roles/:roleName", "RolePage", () => import("../iam/roles/role-page.tsx"), "iam"),
  page("iam/policies", "PoliciesPage", () => import("../iam/policies/policies-page.tsx"), "iam"),
  page("iam/policies/create", "CreatePolicyPage", () => import("../iam/policies/create-policy-page.tsx"), "iam"),
  page("iam/policies/:policyArn", "PolicyPage", () => import("../iam/policies/policy-page.tsx"), "iam"),
  page("iam/users", "UsersPage", () => import("../iam/users/users-page.tsx"), "iam"),
  page("iam/users/create", "CreateUserPage", () => import("../iam/users/create-user-page.tsx"), "iam"),
  page("iam/users/:userName", "UserPage", () => import("../iam/users/user-page.tsx"), "iam"),
  page("settings", "SettingsPage", () => import("../settings/settings-page.tsx")),
];

/** Addresses that lead to the functions. */
export const doors: ReadonlySet<string> = new Set(["/console", "/console/", "/console/signin"]);

function pageAt(path: string): PageRow | undefined {
  return pages.find((row) => {
    const pattern = row.path.replaceAll(/\/:\w+\?/g, "(/[^/]+)?").replaceAll(/:\w+/g, "[^/]+");
    return new RegExp(`^${pattern}$`).test(path);
  });
}

/** Begins to load the page at an address, and the client that it asks. A failure shows when the page is gone to. */
export function preloadPage(pathname: string): void {
  const row = pageAt(pathname.replace(/^\/console\/?/, "").replace(/\/$/, ""));
  row?.load().catch(() => undefined);
  if (row?.asks) sdkModules[row.asks]().catch(() => undefined);
}
