import { CreateAccessKeyCommand, CreateUserCommand, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import type { Clients, ServerProcess } from "@mayfly/testkit";
import { expect, type Browser, type Page } from "@playwright/test";

interface Statement {
  readonly Effect: "Allow" | "Deny";
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
}

/** Makes an IAM user with an inline policy of these statements (none: without), and answers a page of a browser of its own, signed in by its access key. */
export async function pageOfUser(
  { browser, server, aws }: { readonly browser: Browser; readonly server: ServerProcess; readonly aws: Clients },
  UserName: string,
  statements: readonly Statement[],
): Promise<Page> {
  await aws.iam.send(new CreateUserCommand({ UserName }));
  if (statements.length > 0) await putPolicy(aws, UserName, statements);
  const { AccessKey } = await aws.iam.send(new CreateAccessKeyCommand({ UserName }));
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  await page.goto(`${server.url}/console/settings`);
  await page.getByRole("tab", { name: "Access key" }).click();
  await page.getByRole("textbox", { name: "Access key ID" }).fill(AccessKey?.AccessKeyId ?? "");
  await page.getByLabel("Secret access key").fill(AccessKey?.SecretAccessKey ?? "");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("navigation", { name: "Side navigation" })).toBeVisible();
  return page;
}

async function putPolicy({ iam }: Clients, UserName: string, statements: readonly Statement[]): Promise<void> {
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: statements });
  await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: "test", PolicyDocument }));
}
