import type { Policy } from "@aws-sdk/client-iam";
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { useAws } from "../../api/hooks.ts";
import { hrefOf, useFollow } from "../../app/follow.ts";
import { usePage } from "../../app/page.tsx";
import { paths } from "../../app/paths.ts";
import { useAddressState } from "../../shared/address-state.ts";
import { CopyText } from "../../shared/copy-text.tsx";
import { InfoLink } from "../../shared/info-link.tsx";
import { SkeletonLines } from "../../shared/loaded.tsx";
import { Moment } from "../../shared/moment.tsx";
import { ProblemPanel } from "../../shared/problem-panel.tsx";
import { isAwsManaged, policyNameOf } from "../policy-name.ts";
import { DeletePoliciesDialog } from "./delete-policies-dialog.tsx";
import { PolicyEntities } from "./policy-entities.tsx";
import { PolicyPermissions } from "./policy-permissions.tsx";
import { PolicyVersions } from "./policy-versions.tsx";

/** One managed policy: what it says, its versions, and who has it. */
export function PolicyPage() {
  const { policyArn = "" } = useParams();
  const name = policyNameOf(policyArn);
  usePage({
    title: name,
    help: "policy",
    breadcrumbs: [
      { text: "IAM", href: paths.roles },
      { text: "Policies", href: paths.policies },
      { text: name, href: paths.policy(policyArn) },
    ],
  });
  const { data, error, refetch } = useAws("iam", "GetPolicy", { PolicyArn: policyArn });
  const follow = useFollow();
  if (data?.Policy)
    return (
      <ContentLayout header={<PolicyHeader policy={data.Policy} />}>
        <SpaceBetween size="l">
          {isAwsManaged(policyArn) && (
            <Alert key="aws" type="info">
              AWS&apos;s own policies are the same everywhere and can&apos;t be changed. Copy the JSON into a policy of your own to change
              it.
            </Alert>
          )}
          <Summary key="summary" policy={data.Policy} />
          <PolicyTabs key="tabs" policy={data.Policy} />
        </SpaceBetween>
      </ContentLayout>
    );
  return (
    <ContentLayout header={<Header variant="h1">{name}</Header>}>
      {error ? (
        <SpaceBetween size="m">
          <ProblemPanel key="problem" error={error} subject={`policy ${name}`} onRetry={() => void refetch()} />
          <Button key="all" href={hrefOf(paths.policies)} onFollow={follow}>
            View all policies
          </Button>
        </SpaceBetween>
      ) : (
        <Container>
          <SkeletonLines lines={6} />
        </Container>
      )}
    </ContentLayout>
  );
}

interface OfPolicy {
  readonly policy: Policy;
}

function PolicyHeader({ policy: { Arn = "", PolicyName, Description } }: OfPolicy) {
  const [deleting, setDeleting] = useState(false);
  const navigate = useNavigate();
  return (
    <>
      <Header
        variant="h1"
        info={<InfoLink topic="policy" about="this policy" />}
        {...(Description && { description: Description })}
        actions={
          <Button disabled={isAwsManaged(Arn)} disabledReason="AWS's own policies can't be deleted" onClick={() => setDeleting(true)}>
            Delete
          </Button>
        }
      >
        {PolicyName}
      </Header>
      {deleting && <DeletePoliciesDialog arns={[Arn]} onClose={() => setDeleting(false)} onDeleted={() => void navigate(paths.policies)} />}
    </>
  );
}

function Summary({ policy: { Arn = "", AttachmentCount, CreateDate, UpdateDate, DefaultVersionId } }: OfPolicy) {
  return (
    <Container header={<Header variant="h2">Summary</Header>}>
      <KeyValuePairs
        columns={4}
        items={[
          { label: "ARN", value: <CopyText text={Arn} label="ARN" /> },
          { label: "Type", value: isAwsManaged(Arn) ? "AWS managed" : "Customer managed" },
          { label: "Attached entities", value: AttachmentCount ?? 0 },
          { label: "Default version", value: DefaultVersionId ?? "-" },
          { label: "Created", value: <Moment time={CreateDate} /> },
          { label: "Edited", value: <Moment time={UpdateDate} /> },
        ]}
      />
    </Container>
  );
}

function PolicyTabs({ policy }: OfPolicy) {
  const [tab] = useAddressState("tab");
  const navigate = useNavigate();
  const pathOf = (id: string): string => `${paths.policy(policy.Arn ?? "")}${id === "permissions" ? "" : `?tab=${id}`}`;
  const tabs = [
    { id: "permissions", label: "Permissions", content: <PolicyPermissions policy={policy} /> },
    { id: "versions", label: "Versions", content: <PolicyVersions policy={policy} /> },
    { id: "entities", label: "Entities attached", content: <PolicyEntities policy={policy} /> },
  ];
  return (
    <Tabs
      ariaLabel="Policy"
      tabs={tabs.map((one) => ({ ...one, href: hrefOf(pathOf(one.id)) }))}
      activeTabId={tabs.some(({ id }) => id === tab) ? (tab ?? "") : "permissions"}
      onChange={({ detail }) => void navigate(pathOf(detail.activeTabId))}
    />
  );
}
