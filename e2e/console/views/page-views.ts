import { expect, type Page } from "@playwright/test";
import { paste } from "../keyboard.ts";
import { ordersEvent } from "./seed.ts";
import { byClicks, clicks, type View } from "./view.ts";

const orders = "/functions/orders-import";
const group = "/logs/groups/%2Faws%2Flambda%2Forders-import";
const role = "/iam/roles/execution_role";
const policy = "/iam/policies/arn%3Aaws%3Aiam%3A%3A123456789012%3Apolicy%2FInvokeOnly";

/** Types an event into the Test tab and runs it. */
export async function runTest(page: Page, event: unknown): Promise<void> {
  await page.getByRole("textbox", { name: /Event JSON/ }).focus();
  await page.keyboard.press("ControlOrMeta+a");
  await paste(page, JSON.stringify(event, null, 2));
  await page.getByRole("button", { name: "Test", exact: true }).click();
  await expect(page.getByText(/Executing function: (succeeded|failed)/)).toBeVisible();
}

const nextTo = (...headings: readonly RegExp[]) => {
  return async (page: Page): Promise<void> => {
    for (const name of headings) {
      await clicks(page, ["Next"]);
      await expect(page.getByRole("heading", { name })).toBeVisible();
    }
  };
};

/** Functions: list, creation, and every tab of one. */
export const functionViews: readonly View[] = [
  { name: "dashboard", path: "/dashboard" },
  { name: "functions", path: "/functions" },
  { name: "create", path: "/functions/create" },
  { name: "create-existing-role", path: "/functions/create", act: byClicks("Use an existing role") },
  { name: "create-templates", path: "/functions/create", act: byClicks(/^Create a new role from AWS policy templates/) },
  { name: "create-blueprint", path: "/functions/create?method=blueprint" },
  { name: "code", path: `${orders}/code` },
  { name: "test", path: `${orders}/test` },
  { name: "test-result", path: `${orders}/test`, act: (page) => runTest(page, ordersEvent) },
  { name: "test-failure", path: `${orders}/test`, act: (page) => runTest(page, { orders: [{ item: "tea" }] }) },
  { name: "test-saved-event", path: `${orders}/test`, act: byClicks("Edit saved event") },
  { name: "monitor", path: `${orders}/monitor` },
  ...["general", "runtime", "permissions", "environment", "tags", "monitoring", "concurrency", "url", "code-signing"].flatMap(
    (section): View[] => [
      { name: `configuration-${section}`, path: `${orders}/configuration/${section}` },
      { name: `configuration-${section}-edit`, path: `${orders}/configuration/${section}?edit=true` },
    ],
  ),
  { name: "configuration-triggers", path: `${orders}/configuration/triggers` },
  { name: "configuration-asynchronous", path: `${orders}/configuration/asynchronous` },
  { name: "configuration-asynchronous-edit", path: `${orders}/configuration/asynchronous?edit=true` },
  { name: "configuration-destinations", path: `${orders}/configuration/destinations` },
  { name: "deployments", path: `${orders}/deployments` },
  { name: "versions", path: `${orders}/versions` },
  { name: "version", path: `${orders}/code?qualifier=1` },
  { name: "version-configuration", path: `${orders}/configuration/environment?qualifier=1` },
  { name: "version-test", path: `${orders}/test?qualifier=1` },
  { name: "aliases", path: `${orders}/aliases` },
  { name: "alias", path: `${orders}/configuration/general?qualifier=live` },
  { name: "alias-monitor", path: `${orders}/monitor?qualifier=live` },
  { name: "qualifiers", path: `${orders}/monitor`, act: byClicks(/^Version or alias/) },
];

/** Opens the first code signing configuration. */
export async function openConfig(page: Page): Promise<void> {
  await page.getByRole("link", { name: /^csc-/ }).first().click();
  await expect(page.getByRole("table", { name: "Functions with this configuration" })).toBeVisible();
}

async function editConfig(page: Page): Promise<void> {
  await openConfig(page);
  await clicks(page, ["Edit"]);
}

/** Layers, and code signing. */
export const layerViews: readonly View[] = [
  { name: "layers", path: "/layers" },
  { name: "layer-create", path: "/layers/create" },
  { name: "layer-create-version", path: "/layers/create?name=price-lists" },
  { name: "layer", path: "/layers/price-lists" },
  { name: "code-signing", path: "/code-signing" },
  { name: "code-signing-create", path: "/code-signing/create" },
  { name: "code-signing-config", path: "/code-signing", act: openConfig },
  { name: "code-signing-config-edit", path: "/code-signing", act: editConfig },
];

const orderQueue = "/sqs/queues/incoming-orders";

/** Sends a message and polls for it. */
export async function pollMessage(page: Page): Promise<void> {
  await page.getByRole("textbox", { name: "Message body" }).fill(JSON.stringify(ordersEvent));
  await clicks(page, ["Send message"]);
  await expect(page.getByText(/Your message has been sent/)).toBeVisible();
  await clicks(page, ["Poll for messages"]);
  await expect(page.getByRole("link", { name: /^Message / }).first()).toBeVisible();
  await clicks(page, ["Stop polling"]);
  await expect(page.getByRole("button", { name: "Poll for messages" })).toBeEnabled();
}

/** Queues. */
export const queueViews: readonly View[] = [
  { name: "queues", path: "/sqs/queues" },
  { name: "queue-create", path: "/sqs/queues/create" },
  { name: "queue-create-fifo", path: "/sqs/queues/create", act: byClicks(/^FIFO/, /^Enabled/, "Redrive allow policy", "By queue") },
  { name: "queue", path: orderQueue },
  { name: "queue-dead-letter", path: "/sqs/queues/failed-orders", act: byClicks("More") },
  { name: "queue-redrive", path: "/sqs/queues/failed-orders?tab=redrive" },
  { name: "queue-policy", path: `${orderQueue}?tab=policy` },
  { name: "queue-triggers", path: `${orderQueue}?tab=triggers` },
  { name: "queue-subscriptions", path: `${orderQueue}?tab=subscriptions` },
  { name: "queue-trail", path: `${orderQueue}?tab=trail` },
  { name: "queue-tags", path: `${orderQueue}?tab=tags` },
  { name: "queue-edit", path: `${orderQueue}/edit` },
  { name: "queue-messages", path: "/sqs/queues/failed-orders/messages", act: byClicks("Message attributes - optional", "Add attribute") },
  { name: "queue-messages-polled", path: "/sqs/queues/failed-orders/messages", act: pollMessage },
];

const news = "/sns/topics/order-news";

async function openSubscription(page: Page): Promise<void> {
  await page
    .getByRole("row", { name: /incoming-orders/ })
    .getByRole("link")
    .first()
    .click();
  await expect(page.getByRole("heading", { name: /^Subscription: / })).toBeVisible();
}

async function editSubscription(page: Page): Promise<void> {
  await openSubscription(page);
  await page.getByRole("link", { name: "Edit", exact: true }).click();
}

/** Topics and subscriptions. */
export const topicViews: readonly View[] = [
  { name: "topics", path: "/sns/topics" },
  { name: "topic-create", path: "/sns/topics/create", act: byClicks(/^FIFO/, "Encryption", "Insert an example: Access policy") },
  { name: "topic", path: news },
  { name: "topic-policy", path: `${news}?tab=policy` },
  { name: "topic-delivery", path: `${news}?tab=delivery` },
  { name: "topic-trail", path: `${news}?tab=trail` },
  { name: "topic-tags", path: `${news}?tab=tags` },
  { name: "topic-edit", path: `${news}/edit` },
  { name: "publish", path: `${news}/publish`, act: byClicks(/^Custom payload/, "Add attribute") },
  { name: "publish-fifo", path: "/sns/topics/steps.fifo/publish" },
  { name: "outbox", path: "/sns/outbox" },
  { name: "subscriptions", path: "/sns/subscriptions" },
  { name: "subscription-create", path: "/sns/subscriptions/create", act: byClicks("Subscription filter policy", "Redrive policy") },
  { name: "subscription", path: "/sns/subscriptions", act: openSubscription },
  { name: "subscription-edit", path: "/sns/subscriptions", act: editSubscription },
];

const photos = "/s3/buckets/shop-photos";
const menu = `${photos}/object?key=menus%2Fspring.json`;

/** Buckets and objects. */
export const bucketViews: readonly View[] = [
  { name: "buckets", path: "/s3/buckets" },
  { name: "bucket-create", path: "/s3/buckets/create", act: byClicks("Block all public access", "Add tag") },
  { name: "bucket", path: photos },
  { name: "bucket-folder-versions", path: `${photos}?prefix=menus%2F&versions=true` },
  { name: "bucket-empty", path: "/s3/buckets/shop-failures" },
  { name: "bucket-properties", path: `${photos}?tab=properties` },
  { name: "bucket-permissions", path: `${photos}?tab=permissions` },
  { name: "bucket-management", path: `${photos}?tab=management` },
  { name: "bucket-trail", path: `${photos}?tab=trail` },
  { name: "object", path: menu },
  { name: "object-preview", path: `${menu}&tab=preview` },
  { name: "object-preview-image", path: `${photos}/object?key=logo.png&tab=preview` },
  { name: "object-versions", path: `${menu}&tab=versions` },
];

/** Log groups, streams, events, Live Tail. */
export const logViews: readonly View[] = [
  { name: "logs", path: "/logs" },
  { name: "log-group", path: group },
  {
    name: "log-stream",
    path: group,
    act: async (page) => {
      await page
        .getByRole("link", { name: /\[\$LATEST\]/ })
        .first()
        .click();
      await expect(page.getByText(/REPORT RequestId/).first()).toBeVisible();
    },
  },
  { name: "log-events", path: `${group}/events` },
  {
    name: "log-event-expanded",
    path: `${group}/events`,
    act: (page) =>
      page
        .getByRole("button", { name: /espresso/ })
        .first()
        .click(),
  },
  { name: "live-tail", path: "/logs/live-tail?groups=%2Faws%2Flambda%2Forders-import" },
  { name: "live-tail-started", path: "/logs/live-tail?groups=%2Faws%2Flambda%2Forders-import", act: byClicks("Start") },
];

/** Roles, policies, users. */
export const iamViews: readonly View[] = [
  { name: "roles", path: "/iam/roles" },
  { name: "role-create", path: "/iam/roles/create" },
  { name: "role-create-account", path: "/iam/roles/create", act: byClicks(/^AWS account/, /^Another AWS account/) },
  { name: "role-create-custom", path: "/iam/roles/create", act: byClicks(/^Custom trust policy/) },
  { name: "role-create-permissions", path: "/iam/roles/create", act: nextTo(/Add permissions/) },
  { name: "role-create-review", path: "/iam/roles/create", act: nextTo(/Add permissions/, /Name, review/) },
  { name: "role", path: role },
  { name: "role-attach", path: `${role}?edit=attach` },
  { name: "role-inline", path: `${role}?edit=inline` },
  { name: "role-boundary", path: `${role}?edit=boundary` },
  { name: "role-trust", path: `${role}?tab=trust` },
  { name: "role-trust-edit", path: `${role}?tab=trust&edit=trust` },
  { name: "role-tags", path: `${role}?tab=tags` },
  { name: "role-tags-edit", path: `${role}?tab=tags&edit=tags`, act: byClicks("Add tag") },
  { name: "role-used-by", path: `${role}?tab=used-by` },
  { name: "policies", path: "/iam/policies" },
  { name: "policy-create", path: "/iam/policies/create" },
  { name: "policy", path: policy },
  { name: "policy-edit", path: `${policy}?edit=document` },
  { name: "policy-versions", path: `${policy}?tab=versions`, act: byClicks("Select v1") },
  { name: "policy-entities", path: `${policy}?tab=entities` },
  { name: "policy-of-aws", path: "/iam/policies/arn%3Aaws%3Aiam%3A%3Aaws%3Apolicy%2FAWSLambda_ReadOnlyAccess" },
  { name: "users", path: "/iam/users" },
  { name: "user-create", path: "/iam/users/create", act: byClicks(/^Provide user access/) },
  { name: "user", path: "/iam/users/ann" },
  { name: "user-attach", path: "/iam/users/ann?edit=attach" },
  { name: "user-credentials", path: "/iam/users/ann?tab=credentials" },
  { name: "user-tags", path: "/iam/users/ann?tab=tags" },
];

/** The rest. */
export const otherViews: readonly View[] = [
  { name: "sign-in", path: "/functions", as: "nobody" },
  { name: "sign-in-user", path: "/functions", as: "nobody", act: byClicks("IAM user") },
  { name: "settings", path: "/settings" },
  { name: "help", path: "/functions/create", act: byClicks(/^Info/) },
];

/** Every page. */
export const pageViews: readonly View[] = [
  ...functionViews,
  ...layerViews,
  ...queueViews,
  ...topicViews,
  ...bucketViews,
  ...logViews,
  ...iamViews,
  ...otherViews,
];
