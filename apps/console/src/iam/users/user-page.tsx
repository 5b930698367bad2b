import type { User } from "@aws-sdk/client-iam";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { useMemo, useState } from "react";
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
import { IdentityPermissions } from "../identity/identity-permissions.tsx";
import { IdentityTags } from "../identity/identity-tags.tsx";
import { IdentityContext, type Identity } from "../identity/identity.ts";
import { DeleteUsersDialog } from "./delete-users-dialog.tsx";
import { AccessKeys } from "./detail/access-keys.tsx";
import { ConsolePassword } from "./detail/console-password.tsx";

/** One user: permissions, credentials, tags. */
export function UserPage() {
  const { userName = "" } = useParams();
  usePage({
    title: userName,
    help: "user",
    breadcrumbs: [
      { text: "IAM", href: paths.roles },
      { text: "Users", href: paths.users },
      { text: userName, href: paths.user(userName) },
    ],
  });
  const { data, error, refetch } = useAws("iam", "GetUser", { UserName: userName });
  const follow = useFollow();
  const identity = useMemo<Identity | undefined>(
    () => data?.User && { kind: "user", name: data.User.UserName ?? "", tags: data.User.Tags ?? [] },
    [data],
  );
  if (identity && data?.User)
    return (
      <IdentityContext value={identity}>
        <ContentLayout header={<UserHeader userName={identity.name} />}>
          <SpaceBetween size="l">
            <Summary key="summary" user={data.User} />
            <UserTabs key="tabs" userName={identity.name} />
          </SpaceBetween>
        </ContentLayout>
      </IdentityContext>
    );
  return (
    <ContentLayout header={<Header variant="h1">{userName}</Header>}>
      {error ? (
        <SpaceBetween size="m">
          <ProblemPanel key="problem" error={error} subject={`user ${userName}`} onRetry={() => void refetch()} />
          <Button key="all" href={hrefOf(paths.users)} onFollow={follow}>
            View all users
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

interface OfUser {
  readonly userName: string;
}

function UserHeader({ userName }: OfUser) {
  const [deleting, setDeleting] = useState(false);
  const navigate = useNavigate();
  return (
    <>
      <Header
        variant="h1"
        info={<InfoLink topic="user" about="this user" />}
        actions={<Button onClick={() => setDeleting(true)}>Delete</Button>}
      >
        {userName}
      </Header>
      {deleting && (
        <DeleteUsersDialog userNames={[userName]} onClose={() => setDeleting(false)} onDeleted={() => void navigate(paths.users)} />
      )}
    </>
  );
}

function Summary({ user: { Arn = "", CreateDate, PasswordLastUsed, UserId } }: { readonly user: User }) {
  return (
    <Container header={<Header variant="h2">Summary</Header>}>
      <KeyValuePairs
        columns={4}
        items={[
          { label: "ARN", value: <CopyText text={Arn} label="ARN" /> },
          { label: "User ID", value: UserId ?? "-" },
          { label: "Created", value: <Moment time={CreateDate} /> },
          { label: "Last console sign-in", value: PasswordLastUsed ? <Moment time={PasswordLastUsed} /> : "-" },
        ]}
      />
    </Container>
  );
}

function UserTabs({ userName }: OfUser) {
  const [tab] = useAddressState("tab");
  const navigate = useNavigate();
  const pathOf = (id: string): string => `${paths.user(userName)}${id === "permissions" ? "" : `?tab=${id}`}`;
  const tabs = [
    { id: "permissions", label: "Permissions", content: <IdentityPermissions /> },
    {
      id: "credentials",
      label: "Security credentials",
      content: (
        <SpaceBetween size="l">
          <ConsolePassword key="password" userName={userName} />
          <AccessKeys key="keys" userName={userName} />
        </SpaceBetween>
      ),
    },
    { id: "tags", label: "Tags", content: <IdentityTags /> },
  ];
  return (
    <Tabs
      ariaLabel="User"
      tabs={tabs.map((one) => ({ ...one, href: hrefOf(pathOf(one.id)) }))}
      activeTabId={tabs.some(({ id }) => id === tab) ? (tab ?? "") : "permissions"}
      onChange={({ detail }) => void navigate(pathOf(detail.activeTabId))}
    />
  );
}
