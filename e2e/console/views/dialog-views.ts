import { expect, type Page } from "@playwright/test";
import { paste } from "../keyboard.ts";
import { openConfig, pollMessage } from "./page-views.ts";
import { clicks, dialogBy, type View } from "./view.ts";

const orders = "/functions/orders-import";
const group = "/logs/groups/%2Faws%2Flambda%2Forders-import";
const role = "/iam/roles/execution_role";
const policy = "/iam/policies/arn%3Aaws%3Aiam%3A%3A123456789012%3Apolicy%2FInvokeOnly";
const ann = "/iam/users/ann";
const more = "More actions on the code";

const editor = (page: Page) => page.getByRole("textbox", { name: /code editor/ });

/** Changes the code, so that there is a draft. */
export async function changeCode(page: Page, text: string): Promise<void> {
  await editor(page).focus();
  await page.keyboard.press("ControlOrMeta+Home");
  await paste(page, text);
  await expect(page.getByText("You have undeployed changes")).toBeVisible();
}

async function openPalette(page: Page): Promise<void> {
  await byKeys("ControlOrMeta+k")(page);
  await page.keyboard.type("or");
  await expect(page.getByRole("option", { name: /orders-import/ }).first()).toBeVisible();
}

function byKeys(keys: string) {
  return async (page: Page): Promise<void> => {
    if (page.url().includes("/code")) await editor(page).focus();
    await page.keyboard.press(keys);
    await expect(page.getByRole("dialog")).toBeVisible();
  };
}

async function findInFiles(page: Page): Promise<void> {
  await byKeys("ControlOrMeta+Shift+f")(page);
  await page.getByRole("dialog").getByRole("searchbox").fill("price");
  await expect(page.getByRole("dialog").getByText("lambda_function.py").first()).toBeVisible();
}

async function showDifference(page: Page): Promise<void> {
  await changeCode(page, "// changed\n");
  await dialogBy("Review changes")(page);
  await expect(page.getByRole("dialog").getByText("// changed").first()).toBeVisible();
}

async function discard(page: Page): Promise<void> {
  await changeCode(page, "// changed\n");
  await dialogBy(more, /^Discard/)(page);
}

async function compare(page: Page): Promise<void> {
  await dialogBy("Compare with what runs")(page);
  await expect(page.getByRole("dialog").getByText("Sums up the").first()).toBeVisible();
}

/** Opens a dialog about the saved event. */
const onSavedEvent =
  (button: string) =>
  async (page: Page): Promise<void> => {
    await clicks(page, ["Edit saved event"]);
    await page.getByRole("button", { name: /^Event name/ }).click();
    await page.getByRole("option", { name: "morning" }).click();
    await dialogBy(button)(page);
  };

/** Makes a user who can sign in: what the dialog shows can't be seen a second time. */
async function makeUser(page: Page): Promise<void> {
  await page.getByRole("textbox", { name: "User name" }).fill(`someone-${Date.now()}`);
  await clicks(page, [/^Provide user access/, "Create user"]);
  await expect(page.getByRole("dialog")).toBeVisible();
}

async function addLayer(page: Page): Promise<void> {
  await dialogBy("Add a layer")(page);
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^Layer Choose/ })
    .click();
  await page.getByRole("option", { name: /^node-tools/ }).click();
  await expect(page.getByText(/It says that it was made for/)).toBeVisible();
}

/** Lets invocations be kept, makes one, and runs it again. */
async function replay(page: Page): Promise<void> {
  const keep = page.getByRole("checkbox", { name: "Keep invocations" });
  await expect(keep).toBeVisible();
  if (!(await keep.isChecked())) await keep.click();
  await expect(keep).toBeChecked();
  await page.getByRole("tab", { name: "Test", exact: true }).click();
  await page.getByRole("button", { name: "Test", exact: true }).click();
  await expect(page.getByText("Executing function: succeeded")).toBeVisible();
  await page.getByRole("tab", { name: "Monitor" }).click();
  await dialogBy(/^Replay [0-9a-f-]{36}$/)(page);
  await clicks(page, ["Replay"]);
  await expect(page.getByLabel("Replay: log")).toBeVisible();
}

async function addDestination(page: Page): Promise<void> {
  await dialogBy("Add destination")(page);
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^Destination Choose/ })
    .click();
  await page.getByRole("option", { name: "thumbnails" }).click();
  await expect(page.getByRole("checkbox", { name: "Let the role invoke the function" })).toBeVisible();
}

async function addQueueDestination(page: Page): Promise<void> {
  await dialogBy("Add destination")(page);
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: /^Destination type/ }).click();
  await page.getByRole("option", { name: "SQS queue" }).click();
  await dialog.getByRole("button", { name: /^Destination Choose/ }).click();
  await page.getByRole("option", { name: "failed-orders" }).click();
  await expect(page.getByRole("checkbox", { name: "Let the role send to the queue" })).toBeVisible();
}

async function endSession(page: Page): Promise<void> {
  await page
    .getByRole("button", { name: /^End session/ })
    .last()
    .click();
  await expect(page.getByRole("dialog")).toBeVisible();
}

const codeDialogs: readonly View[] = [
  { name: "dialog-new-file", path: `${orders}/code`, act: dialogBy(more, "New file") },
  { name: "dialog-rename", path: `${orders}/code`, act: dialogBy("Actions for README.md", "Rename or move") },
  { name: "dialog-delete-file", path: `${orders}/code`, act: dialogBy("Actions for README.md", "Delete") },
  { name: "dialog-add-files", path: `${orders}/code`, act: dialogBy(more, "Add files") },
  { name: "dialog-quick-open", path: `${orders}/code`, act: byKeys("ControlOrMeta+p") },
  { name: "dialog-find", path: `${orders}/code`, act: findInFiles },
  { name: "dialog-upload", path: `${orders}/code`, act: dialogBy("Upload from", ".zip file") },
  { name: "dialog-difference", path: "/functions/thumbnails/code", act: showDifference },
  { name: "dialog-discard", path: "/functions/thumbnails/code", act: discard },
];

const iamDialogs: readonly View[] = [
  { name: "dialog-edit-role", path: role, act: dialogBy("Edit") },
  { name: "dialog-delete-role", path: role, act: dialogBy("Delete") },
  { name: "dialog-remove-policies", path: ann, act: dialogBy("Select InvokeOnly", "Remove") },
  { name: "dialog-detach", path: `${policy}?tab=entities`, act: dialogBy("Select ann", "Detach") },
  { name: "dialog-delete-policy", path: policy, act: dialogBy("Delete") },
  { name: "dialog-delete-policy-version", path: `${policy}?tab=versions`, act: onOldVersion },
  { name: "dialog-delete-user", path: ann, act: dialogBy("Delete") },
  { name: "dialog-delete-key", path: `${ann}?tab=credentials`, act: dialogBy(/^Delete AKIA/) },
  { name: "dialog-set-password", path: `${ann}?tab=credentials`, act: dialogBy("Enable console access") },
  { name: "dialog-remove-password", path: "/iam/users/bare?tab=credentials", act: dialogBy("Remove") },
  { name: "dialog-secret", path: "/iam/users/create", act: makeUser },
];

async function onOldVersion(page: Page): Promise<void> {
  await page.getByRole("radio", { name: "Select v1" }).click();
  await page.getByRole("button", { name: "Delete", exact: true }).last().click();
  await expect(page.getByRole("dialog")).toBeVisible();
}

const failed = "/sqs/queues/failed-orders";
const triggers = `${orders}/configuration/triggers`;

const queueDialogs: readonly View[] = [
  { name: "dialog-delete-queue", path: failed, act: dialogBy("Delete") },
  { name: "dialog-purge-queue", path: failed, act: dialogBy("Purge") },
  { name: "dialog-start-redrive", path: `${failed}?tab=redrive`, act: startRedrive },
  { name: "dialog-poll-settings", path: `${failed}/messages`, act: dialogBy("Edit poll settings") },
  { name: "dialog-message", path: `${failed}/messages`, act: showMessage },
  { name: "dialog-trail", path: "/sqs/queues/incoming-orders?tab=trail", act: showTrail },
  { name: "dialog-delete-messages", path: `${failed}/messages`, act: deleteMessages },
  { name: "dialog-add-trigger", path: triggers, act: addTrigger },
  { name: "dialog-edit-trigger", path: triggers, act: editTrigger },
  { name: "dialog-delete-trigger", path: triggers, act: dialogBy("Delete incoming-orders") },
];

async function deleteConfig(page: Page): Promise<void> {
  await openConfig(page);
  await dialogBy("Delete")(page);
}

const topicDialogs: readonly View[] = [
  { name: "dialog-delete-topic", path: "/sns/topics/order-news", act: dialogBy("Delete") },
  { name: "dialog-confirm-subscription", path: "/sns/subscriptions", act: dialogBy(/^Select Pending/, "Confirm subscription") },
  { name: "dialog-mail", path: "/sns/outbox", act: showMail },
  { name: "dialog-add-topic-trigger", path: triggers, act: addTopicTrigger },
  { name: "dialog-delete-topic-trigger", path: triggers, act: dialogBy("Delete order-news") },
];

const photos = "/s3/buckets/shop-photos";

const bucketDialogs: readonly View[] = [
  { name: "dialog-delete-bucket", path: photos, act: dialogBy("Delete bucket") },
  { name: "dialog-empty-bucket", path: photos, act: dialogBy("Empty bucket") },
  { name: "dialog-delete-objects", path: photos, act: dialogBy("Select menus/", "Delete") },
  { name: "dialog-create-folder", path: photos, act: dialogBy("Create folder") },
  { name: "dialog-versioning", path: `${photos}?tab=properties`, act: dialogBy("Edit bucket versioning") },
  { name: "dialog-bucket-tags", path: `${photos}?tab=properties`, act: dialogBy("Edit tags") },
  { name: "dialog-notification", path: `${photos}?tab=properties`, act: dialogBy("Edit orders") },
  { name: "dialog-public-access", path: `${photos}?tab=permissions`, act: dialogBy("Edit Block public access") },
  { name: "dialog-bucket-policy", path: `${photos}?tab=permissions`, act: dialogBy("Edit bucket policy") },
  { name: "dialog-lifecycle", path: `${photos}?tab=management`, act: dialogBy("Edit old versions") },
  { name: "dialog-add-bucket-trigger", path: triggers, act: addBucketTrigger },
  { name: "dialog-delete-bucket-trigger", path: triggers, act: dialogBy("Delete shop-photos") },
];

async function addBucketTrigger(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Add trigger" }).last().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: /^Source/ }).click();
  await page.getByRole("option", { name: /^S3/ }).click();
  await dialog.getByRole("button", { name: /^Bucket/ }).click();
  await page.getByRole("option", { name: /^shop-photos/ }).click();
}

async function showMail(page: Page): Promise<void> {
  await page
    .getByRole("link", { name: /^Mail / })
    .first()
    .click();
  await expect(page.getByRole("dialog").getByRole("button", { name: "Confirm subscription" })).toBeVisible();
}

async function addTopicTrigger(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Add trigger" }).last().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: /^Source/ }).click();
  await page.getByRole("option", { name: /^SNS/ }).click();
  await dialog.getByRole("button", { name: /^SNS topic/ }).click();
  await page.getByRole("option", { name: "order-news" }).click();
  await dialog.getByRole("checkbox", { name: "Subscription filter policy" }).check();
}

async function startRedrive(page: Page): Promise<void> {
  await dialogBy("Start DLQ redrive")(page);
  await clicks(page, ["Redrive to a custom destination", "Custom max velocity"]);
}

async function showMessage(page: Page): Promise<void> {
  await pollMessage(page);
  await page
    .getByRole("link", { name: /^Message / })
    .first()
    .click();
  await clicks(page, ["Details"]);
}

async function showTrail(page: Page): Promise<void> {
  await page
    .getByRole("link", { name: /^Event / })
    .first()
    .click();
  await expect(page.getByRole("dialog").getByRole("table", { name: "Steps" })).toBeVisible();
}

async function deleteMessages(page: Page): Promise<void> {
  await pollMessage(page);
  await clicks(page, ["Select all messages"]);
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
}

async function addTrigger(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Add trigger" }).last().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: /^SQS queue/ }).click();
  await page.getByRole("option", { name: "steps.fifo" }).click();
  await dialog.getByRole("button", { name: "Filter criteria - optional" }).click();
  await dialog.getByRole("button", { name: "Add filter" }).click();
}

async function editTrigger(page: Page): Promise<void> {
  await dialogBy("Edit incoming-orders")(page);
  await expect(page.getByRole("dialog").getByRole("spinbutton", { name: "Batch size" })).toHaveValue("5");
}

/** Every dialog, opened as a user opens it. */
export const dialogViews: readonly View[] = [
  { name: "dialog-palette", path: "/functions", act: openPalette },
  { name: "dialog-preferences", path: "/functions", act: dialogBy("Preferences") },
  { name: "dialog-delete-functions", path: "/functions", act: dialogBy("Select thumbnails", "Actions", "Delete") },
  { name: "dialog-delete-function", path: `${orders}/code`, act: dialogBy("Actions", "Delete function") },
  ...codeDialogs,
  { name: "dialog-rename-event", path: `${orders}/test`, act: onSavedEvent("Rename") },
  { name: "dialog-delete-event", path: `${orders}/test`, act: onSavedEvent("Delete") },
  { name: "dialog-add-permission", path: `${orders}/configuration/permissions`, act: dialogBy("Add permissions") },
  { name: "dialog-add-permission-url", path: `${orders}/configuration/permissions`, act: dialogBy("Add permissions", "Function URL") },
  ...queueDialogs,
  ...topicDialogs,
  ...bucketDialogs,
  { name: "dialog-add-layer", path: `${orders}/code`, act: addLayer },
  { name: "dialog-edit-layers", path: `${orders}/code`, act: dialogBy("Edit layers") },
  { name: "dialog-delete-layer-version", path: "/layers/price-lists", act: dialogBy("Delete") },
  { name: "dialog-layer-permission", path: "/layers/price-lists", act: dialogBy("Add permissions") },
  { name: "dialog-view-policy", path: "/layers/price-lists", act: dialogBy("View policy") },
  { name: "dialog-delete-code-signing", path: "/code-signing", act: deleteConfig },
  { name: "dialog-provision", path: `${orders}/configuration/concurrency`, act: dialogBy("Add") },
  { name: "dialog-delete-url", path: `${orders}/configuration/url`, act: dialogBy("Delete") },
  { name: "dialog-replay", path: `${orders}/monitor`, act: replay },
  { name: "dialog-add-destination", path: `${orders}/monitor`, act: addDestination },
  { name: "dialog-add-destination-queue", path: `${orders}/monitor`, act: addQueueDestination },
  { name: "dialog-remove-destination", path: `${orders}/configuration/destinations`, act: dialogBy("Remove On failure") },
  { name: "dialog-publish", path: `${orders}/versions`, act: dialogBy("Publish new version") },
  { name: "dialog-delete-version", path: `${orders}/versions`, act: dialogBy("Select version 3", "Delete") },
  { name: "dialog-create-alias", path: `${orders}/aliases`, act: dialogBy("Create alias") },
  { name: "dialog-edit-alias", path: `${orders}/aliases`, act: dialogBy("Select live", "Edit") },
  { name: "dialog-delete-alias", path: `${orders}/aliases`, act: dialogBy("Select live", "Delete") },
  { name: "dialog-revert", path: `${orders}/deployments`, act: dialogBy("Revert to this") },
  { name: "dialog-compare", path: `${orders}/deployments`, act: compare },
  { name: "dialog-create-log-group", path: "/logs", act: dialogBy("Create log group") },
  { name: "dialog-retention", path: group, act: dialogBy("Edit retention") },
  { name: "dialog-delete-log-group", path: group, act: dialogBy("Delete") },
  ...iamDialogs,
  { name: "dialog-end-session", path: "/settings", act: endSession },
];
