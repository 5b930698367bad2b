import Checkbox from "@cloudscape-design/components/checkbox";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { keyOf } from "../api/hooks.ts";
import { problemOf } from "../api/problem.ts";
import { regions } from "../api/region.ts";
import { currentRegion, send } from "../api/send.ts";
import { useFlash } from "../app/flash.tsx";
import { usePage } from "../app/page.tsx";
import { paths } from "../app/paths.ts";
import { PairsEditor } from "../functions/detail/configuration/pairs-editor.tsx";
import { EquivalentCli } from "../shared/equivalent-cli.tsx";
import { InfoLink } from "../shared/info-link.tsx";
import { SaveForm } from "../shared/save-form.tsx";
import { useDraft } from "../shared/use-draft.ts";
import { creationOf, isOpened, newBucket, problemsOf, type BucketDraft } from "./bucket-draft.ts";
import { creationCommands } from "./creation-commands.ts";
import { PublicAccessFields } from "./public-access-fields.tsx";
import "./s3.css";

const regionOptions = regions.map(({ id, name }) => ({ value: id, label: name, description: id }));

/** Makes a bucket. */
export function CreateBucketPage() {
  usePage({
    title: "Create bucket",
    help: "buckets",
    contentType: "form",
    breadcrumbs: [
      { text: "S3", href: paths.buckets },
      { text: "Buckets", href: paths.buckets },
      { text: "Create bucket", href: paths.createBucket },
    ],
  });
  const navigate = useNavigate();
  const flash = useFlash();
  const cache = useQueryClient();
  const [draft, change] = useDraft(() => newBucket(currentRegion()));
  const [isShown, setShown] = useState(false);
  const problems = problemsOf(draft);
  const save = async (): Promise<void> => {
    const { name } = draft;
    await send("s3", "CreateBucket", creationOf(draft, currentRegion()));
    await cache.invalidateQueries({ queryKey: keyOf("s3") });
    void navigate(paths.bucket(name));
    try {
      await setUp(draft);
      flash.success("bucket", `Created the bucket ${name}. You can upload files to it now.`);
    } catch (error) {
      flash.error("bucket", `The bucket ${name} was created, but not all of its settings were set`, problemOf(error));
    }
    await cache.invalidateQueries({ queryKey: keyOf("s3") });
  };
  return (
    <SaveForm
      title="Create bucket"
      header={
        <Header variant="h1" info={<InfoLink topic="buckets" about="buckets" />}>
          Create bucket
        </Header>
      }
      action="Create bucket"
      isValid={Object.keys(problems).length === 0}
      onInvalid={() => setShown(true)}
      save={save}
      failed="The bucket was not created"
      onCancel={() => void navigate(paths.buckets)}
    >
      <GeneralPart
        key="general"
        draft={draft}
        // Checked as it is typed: who has typed nothing is told of nothing.
        problem={isShown || draft.name !== "" ? problems.name : undefined}
        onChange={change}
      />
      <Container
        key="access"
        header={
          <Header
            variant="h2"
            description="Whoever is not signed in gets in only if the bucket's policy says so and this does not block it."
          >
            Block Public Access settings for this bucket
          </Header>
        }
      >
        <PublicAccessFields access={draft.access} onChange={(access) => change({ access })} />
      </Container>
      <Container key="versioning" header={<Header variant="h2">Bucket versioning</Header>}>
        <Checkbox
          checked={draft.isVersioned}
          description="What is overwritten or deleted stays as an earlier version. Once on, it can be suspended, not turned off."
          onChange={({ detail }) => change({ isVersioned: detail.checked })}
        >
          Enable bucket versioning
        </Checkbox>
      </Container>
      <Container key="tags" header={<Header variant="h2">Tags - optional</Header>}>
        <PairsEditor
          pairs={draft.tags}
          noun="tag"
          most={50}
          keyProblem={({ key }) => (isShown && key === "" ? problems.tags : undefined)}
          onChange={(tags) => change({ tags })}
        />
      </Container>
      <EquivalentCli key="cli" commands={creationCommands(draft, currentRegion())} />
    </SaveForm>
  );
}

/** What can't be said when the bucket is made. */
async function setUp(draft: BucketDraft): Promise<void> {
  const Bucket = draft.name;
  if (isOpened(draft)) await send("s3", "PutPublicAccessBlock", { Bucket, PublicAccessBlockConfiguration: draft.access });
  if (draft.isVersioned) await send("s3", "PutBucketVersioning", { Bucket, VersioningConfiguration: { Status: "Enabled" } });
}

interface GeneralPartProps {
  readonly draft: BucketDraft;
  readonly problem: string | undefined;
  readonly onChange: (change: Partial<BucketDraft>) => void;
}

function GeneralPart({ draft, problem, onChange }: GeneralPartProps) {
  const region = regionOptions.find(({ value }) => value === draft.region) ?? { value: draft.region, label: draft.region };
  return (
    <Container header={<Header variant="h2">General configuration</Header>}>
      <SpaceBetween size="l">
        <FormField
          key="name"
          label="Bucket name"
          constraintText="3 to 63 lowercase letters, numbers, dots and hyphens; no other bucket of this server has it"
          errorText={problem}
        >
          <Input
            value={draft.name}
            placeholder="my-bucket"
            spellcheck={false}
            onChange={({ detail }) => onChange({ name: detail.value })}
          />
        </FormField>
        <FormField key="region" label="AWS Region" description="It can't be changed later.">
          <Select
            selectedOption={region}
            options={regionOptions}
            filteringType="auto"
            filteringAriaLabel="Find a region"
            onChange={({ detail }) => onChange({ region: detail.selectedOption.value ?? draft.region })}
          />
        </FormField>
      </SpaceBetween>
    </Container>
  );
}
