import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { useState, type ComponentType } from "react";
import { useNavigate, useParams } from "react-router";
import { hrefOf, useFollow } from "../../app/follow.ts";
import { usePage } from "../../app/page.tsx";
import { paths } from "../../app/paths.ts";
import { useAddressState } from "../../shared/address-state.ts";
import { CopyText } from "../../shared/copy-text.tsx";
import { Loaded } from "../../shared/loaded.tsx";
import { EventTrails } from "../../trails/event-trails.tsx";
import { DeleteTopicDialog } from "../delete-topic-dialog.tsx";
import { SubscriptionsTable } from "../subscriptions/subscriptions-table.tsx";
import { useTopic, type TopicDetails } from "../topic.ts";
import { encryptionText, isFifoTopic } from "../topic-facts.ts";
import { JsonTab } from "./json-tab.tsx";
import { TopicTagsTab } from "./topic-tags-tab.tsx";

interface ShownTopic {
  readonly topic: TopicDetails;
}

const tabs: readonly { readonly id: string; readonly label: string; readonly Content: ComponentType<ShownTopic> }[] = [
  { id: "subscriptions", label: "Subscriptions", Content: ({ topic }) => <SubscriptionsTable topicArn={topic.arn} /> },
  { id: "policy", label: "Access policy", Content: PolicyTab },
  { id: "delivery", label: "Delivery policy (HTTP/S)", Content: DeliveryTab },
  { id: "trail", label: "Event trail", Content: ({ topic }) => <EventTrails of={{ SourceArn: topic.arn }} /> },
  { id: "tags", label: "Tags", Content: TopicTagsTab },
];

/** One topic: what it is, who subscribes, and what is about it. */
export function TopicPage() {
  const { topicName = "" } = useParams();
  usePage({
    title: topicName,
    help: "topics",
    breadcrumbs: [
      { text: "Simple Notification Service", href: paths.topics },
      { text: "Topics", href: paths.topics },
      { text: topicName, href: paths.topic(topicName) },
    ],
  });
  const query = useTopic(topicName);
  const [asked, setTab] = useAddressState("tab", "push");
  return (
    <ContentLayout header={query.data ? <TopicHeader topic={query.data} /> : <Header variant="h1">{topicName}</Header>}>
      <Loaded query={query} subject={`topic ${topicName}`}>
        {(topic) => (
          <SpaceBetween size="l">
            <Details key="details" topic={topic} />
            <Tabs
              key="tabs"
              ariaLabel="Topic"
              activeTabId={tabs.some(({ id }) => id === asked) ? (asked ?? "") : "subscriptions"}
              tabs={tabs.map(({ id, label, Content }) => ({ id, label, content: <Content topic={topic} /> }))}
              onChange={({ detail }) => setTab(detail.activeTabId)}
            />
          </SpaceBetween>
        )}
      </Loaded>
    </ContentLayout>
  );
}

function TopicHeader({ topic }: ShownTopic) {
  const [isDeleting, setDeleting] = useState(false);
  const navigate = useNavigate();
  const follow = useFollow();
  return (
    <>
      <Header
        variant="h1"
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button key="edit" href={hrefOf(paths.editTopic(topic.name))} onFollow={follow}>
              Edit
            </Button>
            <Button key="delete" onClick={() => setDeleting(true)}>
              Delete
            </Button>
            <Button key="publish" variant="primary" href={hrefOf(paths.publish(topic.name))} onFollow={follow}>
              Publish message
            </Button>
          </SpaceBetween>
        }
      >
        {topic.name}
      </Header>
      {isDeleting && <DeleteTopicDialog topic={topic} onClose={() => setDeleting(false)} onDeleted={() => void navigate(paths.topics)} />}
    </>
  );
}

function Details({ topic: { name, arn, attributes } }: ShownTopic) {
  const count = (attribute: string): string => Number(attributes[attribute] ?? 0).toLocaleString("en");
  const isOn = (isSet: boolean): string => (isSet ? "On" : "Off");
  return (
    <Container header={<Header variant="h2">Details</Header>}>
      <KeyValuePairs
        columns={3}
        items={[
          { label: "Name", value: name },
          { label: "Display name", value: attributes["DisplayName"] || "-" },
          { label: "ARN", value: <CopyText text={arn} label="ARN" /> },
          { label: "Type", value: isFifoTopic(name) ? "FIFO" : "Standard" },
          { label: "Topic owner", value: attributes["Owner"] ?? "-" },
          { label: "Encryption", value: encryptionText(attributes) },
          { label: "Subscriptions confirmed", value: count("SubscriptionsConfirmed") },
          { label: "Subscriptions pending", value: count("SubscriptionsPending") },
          ...(isFifoTopic(name)
            ? [
                { label: "Content-based message deduplication", value: isOn(attributes["ContentBasedDeduplication"] === "true") },
                { label: "High throughput FIFO", value: isOn(attributes["FifoThroughputScope"] === "MessageGroup") },
              ]
            : []),
        ]}
      />
    </Container>
  );
}

function PolicyTab({ topic: { name, attributes } }: ShownTopic) {
  return (
    <JsonTab
      title="Access policy"
      description="Who may publish and subscribe."
      label="Policy"
      json={attributes["Policy"] ?? ""}
      emptyTitle="No access policy"
      emptyText="Only this account's users and roles use the topic, as their policies allow."
      editPath={paths.editTopic(name)}
    />
  );
}

function DeliveryTab({ topic: { name, attributes } }: ShownTopic) {
  return (
    <JsonTab
      title="Delivery policy (HTTP/S)"
      description="How often and when a delivery to a web address is tried again, as it counts."
      label="Delivery policy"
      json={attributes["EffectiveDeliveryPolicy"] ?? attributes["DeliveryPolicy"] ?? ""}
      emptyTitle="No delivery policy"
      emptyText="AWS's default counts."
      editPath={paths.editTopic(name)}
    />
  );
}
