import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { hrefOf, useFollow } from "../../app/follow.ts";
import { usePage } from "../../app/page.tsx";
import { paths } from "../../app/paths.ts";
import { useAddressState } from "../../shared/address-state.ts";
import { Breakable } from "../../shared/breakable.tsx";
import { CopyText } from "../../shared/copy-text.tsx";
import { EmptyState } from "../../shared/empty-state.tsx";
import { Loaded } from "../../shared/loaded.tsx";
import { PageLink } from "../../shared/page-link.tsx";
import { queueNameOf } from "../../sqs/queue-facts.ts";
import { JsonTab } from "../detail/json-tab.tsx";
import { topicNameOf, type SnsAttributes } from "../topic-facts.ts";
import { protocolText } from "./protocols.ts";
import { ConfirmSubscriptionDialog, DeleteSubscriptionDialog } from "./subscription-dialogs.tsx";
import { draftOf, isWeb } from "./subscription-draft.ts";
import { subscriptionIdOf, useSubscription } from "./subscription.ts";
import { SubscriptionStatus } from "./subscription-status.tsx";
import { useRequestConfirmation } from "./use-request-confirmation.ts";

interface ShownSubscription {
  readonly arn: string;
  readonly attributes: SnsAttributes;
}

/** One subscription: where messages go, whether its owner agreed, and which messages. */
export function SubscriptionPage() {
  const { subscriptionArn = "" } = useParams();
  const id = subscriptionIdOf(subscriptionArn);
  usePage({
    title: id,
    help: "subscriptions",
    breadcrumbs: [
      { text: "Simple Notification Service", href: paths.topics },
      { text: "Subscriptions", href: paths.subscriptions },
      { text: id, href: paths.subscription(subscriptionArn) },
    ],
  });
  const query = useSubscription(subscriptionArn);
  return (
    <ContentLayout
      header={
        query.data ? (
          <SubscriptionHeader arn={subscriptionArn} attributes={query.data} />
        ) : (
          <Header variant="h1">{`Subscription: ${id}`}</Header>
        )
      }
    >
      <Loaded query={query} subject={`subscription ${id}`}>
        {(attributes) => (
          <SpaceBetween size="l">
            <Details key="details" arn={subscriptionArn} attributes={attributes} />
            <SubscriptionTabs key="tabs" arn={subscriptionArn} attributes={attributes} />
          </SpaceBetween>
        )}
      </Loaded>
    </ContentLayout>
  );
}

function SubscriptionHeader({ arn, attributes }: ShownSubscription) {
  const [asking, setAsking] = useState<"delete" | "confirm">();
  const request = useRequestConfirmation();
  const navigate = useNavigate();
  const follow = useFollow();
  const close = (): void => setAsking(undefined);
  const { TopicArn = "", Protocol, Endpoint, PendingConfirmation } = attributes as Partial<Record<string, string>>;
  return (
    <>
      <Header
        variant="h1"
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button key="edit" href={hrefOf(paths.editSubscription(arn))} onFollow={follow}>
              Edit
            </Button>
            <Button key="delete" onClick={() => setAsking("delete")}>
              Delete
            </Button>
            {PendingConfirmation === "true" && (
              <Button key="request" onClick={() => request({ TopicArn, Protocol, Endpoint })}>
                Request confirmation
              </Button>
            )}
            {PendingConfirmation === "true" && (
              <Button key="confirm" variant="primary" onClick={() => setAsking("confirm")}>
                Confirm subscription
              </Button>
            )}
          </SpaceBetween>
        }
      >
        {`Subscription: ${subscriptionIdOf(arn)}`}
      </Header>
      {asking === "delete" && (
        <DeleteSubscriptionDialog arn={arn} onClose={close} onDeleted={() => void navigate(paths.topic(topicNameOf(TopicArn)))} />
      )}
      {asking === "confirm" && <ConfirmSubscriptionDialog topicArn={TopicArn} onClose={close} />}
    </>
  );
}

function Details({ arn, attributes }: ShownSubscription) {
  const { topicArn, protocol, isRaw } = draftOf(attributes);
  return (
    <Container header={<Header variant="h2">Details</Header>}>
      <KeyValuePairs
        columns={3}
        items={[
          { label: "ARN", value: <CopyText text={arn} label="ARN" /> },
          { label: "Endpoint", value: <Endpoint attributes={attributes} /> },
          { label: "Topic", value: <PageLink to={paths.topic(topicNameOf(topicArn))}>{topicNameOf(topicArn)}</PageLink> },
          { label: "Status", value: <SubscriptionStatus isPending={attributes["PendingConfirmation"] === "true"} /> },
          { label: "Protocol", value: protocolText(protocol) },
          { label: "Raw message delivery", value: isRaw ? "Enabled" : "Disabled" },
        ]}
      />
    </Container>
  );
}

function Endpoint({ attributes }: { readonly attributes: SnsAttributes }) {
  const { protocol, endpoint } = draftOf(attributes);
  if (protocol === "sqs") return <PageLink to={paths.queue(queueNameOf(endpoint))}>{queueNameOf(endpoint)}</PageLink>;
  if (protocol !== "lambda") return <Breakable text={endpoint} />;
  const [name = "", qualifier] = endpoint.split(":").slice(6);
  return <PageLink to={paths.function(name, "code", qualifier)}>{qualifier === undefined ? name : `${name}:${qualifier}`}</PageLink>;
}

function SubscriptionTabs({ arn, attributes }: ShownSubscription) {
  const [asked, setTab] = useAddressState("tab", "push");
  const draft = draftOf(attributes);
  const edit = paths.editSubscription(arn);
  const tabs = [
    {
      id: "filter",
      label: "Subscription filter policy",
      content: (
        <JsonTab
          title="Subscription filter policy"
          description={draft.filterScope === "MessageBody" ? "Matched against the message body." : "Matched against message attributes."}
          label="Filter policy"
          json={draft.filterPolicy}
          emptyTitle="No filter policy"
          emptyText="All messages of the topic come."
          editPath={edit}
        />
      ),
    },
    { id: "redrive", label: "Redrive policy (dead-letter queue)", content: <RedriveTab arn={arn} deadLetterArn={draft.deadLetterArn} /> },
    {
      id: "delivery",
      label: "Delivery policy",
      content: (
        <JsonTab
          title="Delivery policy"
          description="How often and when a delivery is tried again, as it counts: with what the topic says."
          label="Delivery policy"
          json={attributes["EffectiveDeliveryPolicy"] ?? draft.deliveryPolicy}
          emptyTitle="No delivery policy"
          emptyText="AWS's default counts."
          editPath={edit}
        />
      ),
    },
  ].filter(({ id }) => id !== "delivery" || isWeb(draft));
  return (
    <Tabs
      ariaLabel="Subscription"
      activeTabId={tabs.some(({ id }) => id === asked) ? (asked ?? "") : "filter"}
      tabs={tabs}
      onChange={({ detail }) => setTab(detail.activeTabId)}
    />
  );
}

function RedriveTab({ arn, deadLetterArn }: { readonly arn: string; readonly deadLetterArn: string }) {
  const edit = (
    <Button key="edit" ariaLabel="Edit redrive policy" href={hrefOf(paths.editSubscription(arn))} onFollow={useFollow()}>
      Edit
    </Button>
  );
  return (
    <Container
      header={
        <Header variant="h2" description="Where messages go that can't be delivered." actions={edit}>
          Redrive policy
        </Header>
      }
    >
      {deadLetterArn === "" ? (
        <EmptyState title="No dead-letter queue">A message that can&apos;t be delivered is gone.</EmptyState>
      ) : (
        <KeyValuePairs
          items={[
            {
              label: "Dead-letter queue",
              value: <PageLink to={paths.queue(queueNameOf(deadLetterArn))}>{queueNameOf(deadLetterArn)}</PageLink>,
            },
          ]}
        />
      )}
    </Container>
  );
}
