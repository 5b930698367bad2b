import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { keyOf } from "../../api/hooks.ts";
import { send } from "../../api/send.ts";
import { useFlash } from "../../app/flash.tsx";
import { useAccountId } from "../../iam/account-id.ts";
import { cliCommand } from "../../shared/equivalent-cli.tsx";
import { FormDialog } from "../../shared/form-dialog.tsx";
import { Loaded } from "../../shared/loaded.tsx";
import { bucketArn, settingQuery, type OfBucket } from "../bucket.ts";
import { PublicAccessFields } from "../public-access-fields.tsx";
import { accessTexts, noneBlocked, type PublicAccess } from "../public-access.ts";
import { corsExample, corsProblem, corsRulesOf, corsTextOf } from "./cors-text.ts";
import { JsonCard } from "./json-card.tsx";

/** Who may use the bucket. */
export function PermissionsTab({ bucket }: OfBucket) {
  return (
    <SpaceBetween size="l">
      <PublicAccessCard key="public" bucket={bucket} />
      <PolicyCard key="policy" bucket={bucket} />
      <CorsCard key="cors" bucket={bucket} />
    </SpaceBetween>
  );
}

/** Sets something of the bucket, says so, and has what is shown of it renewed. */
function useChange(bucket: string) {
  const cache = useQueryClient();
  const flash = useFlash();
  return async (change: () => Promise<unknown>, done: string): Promise<void> => {
    await change();
    flash.success("bucket", `${done} of ${bucket}.`);
    await cache.invalidateQueries({ queryKey: keyOf("s3") });
  };
}

function PublicAccessCard({ bucket }: OfBucket) {
  const query = useQuery(
    settingQuery<PublicAccess>(bucket, "GetPublicAccessBlock", async (signal) => {
      const { PublicAccessBlockConfiguration } = await send("s3", "GetPublicAccessBlock", { Bucket: bucket }, signal);
      return { ...noneBlocked, ...(PublicAccessBlockConfiguration as PublicAccess) };
    }),
  );
  const [isEditing, setEditing] = useState(false);
  const access = query.data ?? noneBlocked;
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="Whatever the policy says, what is blocked here stays blocked."
          actions={
            <Button ariaLabel="Edit Block public access" disabled={query.data === undefined} onClick={() => setEditing(true)}>
              Edit
            </Button>
          }
        >
          Block public access (bucket settings)
        </Header>
      }
    >
      <Loaded query={query}>
        {() => (
          <KeyValuePairs
            columns={1}
            items={[
              { label: "Block all public access", value: onOff(!Object.values(access).includes(false)) },
              ...accessTexts.map(({ name, label }) => ({ label, value: onOff(access[name]) })),
            ]}
          />
        )}
      </Loaded>
      {isEditing && <PublicAccessDialog bucket={bucket} before={access} onClose={() => setEditing(false)} />}
    </Container>
  );
}

const onOff = (isOn: boolean): string => (isOn ? "On" : "Off");

interface PublicAccessDialogProps extends OfBucket {
  readonly before: PublicAccess;
  readonly onClose: () => void;
}

function PublicAccessDialog({ bucket, before, onClose }: PublicAccessDialogProps) {
  const [access, setAccess] = useState(before);
  const change = useChange(bucket);
  return (
    <FormDialog
      title="Edit Block public access"
      action="Save changes"
      size="large"
      submit={() =>
        change(
          () => send("s3", "PutPublicAccessBlock", { Bucket: bucket, PublicAccessBlockConfiguration: access }),
          "Successfully edited Block Public Access settings",
        )
      }
      commands={[cliCommand("s3api", "put-public-access-block", { bucket, "public-access-block-configuration": access })]}
      onClose={onClose}
    >
      <PublicAccessFields access={access} onChange={setAccess} />
    </FormDialog>
  );
}

function PolicyCard({ bucket }: OfBucket) {
  const accountId = useAccountId();
  const change = useChange(bucket);
  const query = useQuery(
    settingQuery<string>(bucket, "GetBucketPolicy", async (signal) =>
      JSON.stringify(JSON.parse((await send("s3", "GetBucketPolicy", { Bucket: bucket }, signal)).Policy ?? "{}"), null, 2),
    ),
  );
  return (
    <JsonCard
      title="Bucket policy"
      description="Who may use the bucket and its objects besides this account's users and roles."
      query={query}
      emptyText="Only this account's users and roles use it, as their policies allow."
      example={examplePolicy(bucket, accountId)}
      problemOf={(text) => (isObject(text) ? undefined : "The policy is no JSON object.")}
      commandOf={(policy) => cliCommand("s3api", "put-bucket-policy", { bucket, policy: compact(policy) })}
      save={(text) =>
        change(() => send("s3", "PutBucketPolicy", { Bucket: bucket, Policy: compact(text) }), "Successfully edited the policy")
      }
      remove={() => change(() => send("s3", "DeleteBucketPolicy", { Bucket: bucket }), "Deleted the policy")}
      removal="Whom it lets in is let in no more, and what it denies is denied no more."
    />
  );
}

const examplePolicy = (bucket: string, accountId: string): string =>
  JSON.stringify(
    {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "ReadObjects",
          Effect: "Allow",
          Principal: { AWS: `arn:aws:iam::${accountId}:root` },
          Action: ["s3:GetObject", "s3:ListBucket"],
          Resource: [bucketArn(bucket), `${bucketArn(bucket)}/*`],
        },
      ],
    },
    null,
    2,
  );

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** Without blanks, which count against a policy's size. */
const compact = (text: string): string => (isObject(text) ? JSON.stringify(JSON.parse(text)) : text);

function CorsCard({ bucket }: OfBucket) {
  const change = useChange(bucket);
  const query = useQuery(
    settingQuery<string>(bucket, "GetBucketCors", async (signal) =>
      corsTextOf((await send("s3", "GetBucketCors", { Bucket: bucket }, signal)).CORSRules ?? []),
    ),
  );
  return (
    <JsonCard
      title="Cross-origin resource sharing (CORS)"
      description="Which web pages of other origins may read and write here, as far as they are permitted to."
      query={query}
      emptyText="No page of another origin reads what is here."
      example={corsExample}
      problemOf={corsProblem}
      commandOf={(text) =>
        cliCommand("s3api", "put-bucket-cors", {
          bucket,
          "cors-configuration": corsProblem(text) === undefined ? { CORSRules: corsRulesOf(text) } : "JSON",
        })
      }
      save={(text) =>
        change(
          () => send("s3", "PutBucketCors", { Bucket: bucket, CORSConfiguration: { CORSRules: corsRulesOf(text) } }),
          "Successfully edited the CORS rules",
        )
      }
      remove={() => change(() => send("s3", "DeleteBucketCors", { Bucket: bucket }), "Deleted the CORS rules")}
      removal="Web pages of other origins do not read what is here any more."
    />
  );
}
