import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { keyOf, useAws } from "../../api/hooks.ts";
import { send } from "../../api/send.ts";
import { useFlash } from "../../app/flash.tsx";
import { CopyText } from "../../shared/copy-text.tsx";
import { cliCommand } from "../../shared/equivalent-cli.tsx";
import { FormDialog } from "../../shared/form-dialog.tsx";
import { Loaded } from "../../shared/loaded.tsx";
import { Moment } from "../../shared/moment.tsx";
import { bucketArn, settingQuery, useBuckets, type OfBucket } from "../bucket.ts";
import { NotificationsCard } from "../notifications/notifications-card.tsx";
import { TagsCard } from "../tags-card.tsx";

/** What the bucket is and how it is set. */
export function PropertiesTab({ bucket }: OfBucket) {
  return (
    <SpaceBetween size="l">
      <Overview key="overview" bucket={bucket} />
      <VersioningCard key="versioning" bucket={bucket} />
      <BucketTags key="tags" bucket={bucket} />
      <EncryptionCard key="encryption" bucket={bucket} />
      <NotificationsCard key="notifications" bucket={bucket} />
    </SpaceBetween>
  );
}

function Overview({ bucket }: OfBucket) {
  const buckets = useBuckets();
  const found = buckets.data?.find(({ name }) => name === bucket);
  return (
    <Container header={<Header variant="h2">Bucket overview</Header>}>
      <KeyValuePairs
        columns={3}
        items={[
          { label: "AWS Region", value: found?.region ?? "-" },
          { label: "Amazon Resource Name (ARN)", value: <CopyText text={bucketArn(bucket)} label="ARN" /> },
          { label: "Creation date", value: <Moment time={found?.created} /> },
        ]}
      />
    </Container>
  );
}

function VersioningCard({ bucket }: OfBucket) {
  const query = useAws("s3", "GetBucketVersioning", { Bucket: bucket });
  const [isEditing, setEditing] = useState(false);
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="With versioning what is overwritten or deleted stays as an earlier version."
          actions={
            <Button ariaLabel="Edit bucket versioning" disabled={query.data === undefined} onClick={() => setEditing(true)}>
              Edit
            </Button>
          }
        >
          Bucket versioning
        </Header>
      }
    >
      <Loaded query={query}>
        {({ Status }) => <KeyValuePairs columns={1} items={[{ label: "Bucket versioning", value: Status ?? "Disabled" }]} />}
      </Loaded>
      {isEditing && <VersioningDialog bucket={bucket} before={query.data?.Status} onClose={() => setEditing(false)} />}
    </Container>
  );
}

interface VersioningDialogProps extends OfBucket {
  readonly before: "Enabled" | "Suspended" | undefined;
  readonly onClose: () => void;
}

function VersioningDialog({ bucket, before, onClose }: VersioningDialogProps) {
  const [status, setStatus] = useState<"Enabled" | "Suspended">(before === "Enabled" ? "Enabled" : "Suspended");
  const cache = useQueryClient();
  const flash = useFlash();
  const save = async (): Promise<void> => {
    if (status === (before ?? "Suspended")) return;
    await send("s3", "PutBucketVersioning", { Bucket: bucket, VersioningConfiguration: { Status: status } });
    flash.success("bucket", `Successfully edited the versioning of ${bucket}.`);
    await cache.invalidateQueries({ queryKey: keyOf("s3") });
  };
  return (
    <FormDialog
      title="Edit bucket versioning"
      action="Save changes"
      submit={save}
      commands={[cliCommand("s3api", "put-bucket-versioning", { bucket, "versioning-configuration": { Status: status } })]}
      onClose={onClose}
    >
      <RadioGroup
        ariaLabel="Bucket versioning"
        value={status}
        items={[
          before === undefined
            ? { value: "Suspended", label: "Disabled", description: "There are no versions." }
            : { value: "Suspended", label: "Suspend", description: "New objects get no version of their own; those that are there stay." },
          { value: "Enabled", label: "Enable" },
        ]}
        onChange={({ detail }) => setStatus(detail.value as "Enabled" | "Suspended")}
      />
    </FormDialog>
  );
}

function BucketTags({ bucket }: OfBucket) {
  const query = useQuery(
    settingQuery(
      bucket,
      "GetBucketTagging",
      async (signal) => (await send("s3", "GetBucketTagging", { Bucket: bucket }, signal)).TagSet ?? [],
    ),
  );
  return (
    <TagsCard
      query={query}
      most={50}
      subject={bucket}
      commandOf={(TagSet) =>
        TagSet.length === 0
          ? cliCommand("s3api", "delete-bucket-tagging", { bucket })
          : cliCommand("s3api", "put-bucket-tagging", { bucket, tagging: { TagSet } })
      }
      save={(TagSet) =>
        TagSet.length === 0
          ? send("s3", "DeleteBucketTagging", { Bucket: bucket })
          : send("s3", "PutBucketTagging", { Bucket: bucket, Tagging: { TagSet: [...TagSet] } })
      }
    />
  );
}

function EncryptionCard({ bucket }: OfBucket) {
  const query = useAws("s3", "GetBucketEncryption", { Bucket: bucket });
  return (
    <Container
      header={
        <Header variant="h2" description="Kept and told, not acted on: objects lie in the data folder as they are.">
          Default encryption
        </Header>
      }
    >
      <Loaded query={query}>
        {({ ServerSideEncryptionConfiguration }) => {
          const { SSEAlgorithm, KMSMasterKeyID } = ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault ?? {};
          return (
            <KeyValuePairs
              columns={3}
              items={[
                { label: "Encryption type", value: SSEAlgorithm ? `${SSEAlgorithm}, not acted on` : "Not set" },
                { label: "Encryption key", value: KMSMasterKeyID ?? "-" },
              ]}
            />
          );
        }}
      </Loaded>
    </Container>
  );
}
