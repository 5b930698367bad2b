import type { Subscription } from "@aws-sdk/client-sns";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { hrefOf, useFollow } from "../../app/follow.ts";
import { paths } from "../../app/paths.ts";
import { EmptyState } from "../../shared/empty-state.tsx";
import { InfoLink } from "../../shared/info-link.tsx";
import { PageLink } from "../../shared/page-link.tsx";
import { ResourceTable, type ResourceColumn } from "../../shared/resource-table.tsx";
import { receiverOf } from "../../trails/trail-facts.ts";
import { topicNameOf } from "../topic-facts.ts";
import { protocolText } from "./protocols.ts";
import { ConfirmSubscriptionDialog, DeleteSubscriptionDialog } from "./subscription-dialogs.tsx";
import { isPending, subscriptionIdOf, useSubscriptions } from "./subscription.ts";
import { SubscriptionStatus } from "./subscription-status.tsx";
import { useRequestConfirmation } from "./use-request-confirmation.ts";

const idOf = (subscription: Subscription): string =>
  isPending(subscription) ? "Pending confirmation" : subscriptionIdOf(subscription.SubscriptionArn ?? "");

const columns: readonly ResourceColumn<Subscription>[] = [
  {
    id: "Id",
    header: "ID",
    cell: (subscription) =>
      isPending(subscription) ? (
        idOf(subscription)
      ) : (
        <PageLink to={paths.subscription(subscription.SubscriptionArn ?? "")}>{idOf(subscription)}</PageLink>
      ),
    value: idOf,
    width: 310,
  },
  {
    id: "Endpoint",
    header: "Endpoint",
    cell: ({ Endpoint = "-" }) => <span title={Endpoint}>{receiverOf(Endpoint)}</span>,
    value: ({ Endpoint }) => Endpoint,
    filterGroup: "Endpoints",
    width: 220,
  },
  {
    id: "Status",
    header: "Status",
    cell: (subscription) => <SubscriptionStatus isPending={isPending(subscription)} />,
    value: (subscription) => (isPending(subscription) ? "Pending confirmation" : "Confirmed"),
    filterGroup: "Statuses",
    width: 215,
  },
  {
    id: "Protocol",
    header: "Protocol",
    cell: ({ Protocol = "" }) => protocolText(Protocol),
    value: ({ Protocol = "" }) => protocolText(Protocol),
    filterGroup: "Protocols",
    width: 140,
  },
];

const topicColumn: ResourceColumn<Subscription> = {
  id: "Topic",
  header: "Topic",
  cell: ({ TopicArn = "" }) => <PageLink to={paths.topic(topicNameOf(TopicArn))}>{topicNameOf(TopicArn)}</PageLink>,
  value: ({ TopicArn = "" }) => topicNameOf(TopicArn),
  filterGroup: "Topics",
  width: 200,
};

interface SubscriptionsTableProps {
  /** Only this topic's. */
  readonly topicArn?: string;
  /** Only this queue's. */
  readonly queueArn?: string;
}

/** The subscriptions of a topic or queue, or all in the region. */
export function SubscriptionsTable({ topicArn, queueArn }: SubscriptionsTableProps) {
  const all = useSubscriptions(topicArn);
  const query = queueArn === undefined ? all : { ...all, data: all.data?.filter(({ Endpoint }) => Endpoint === queueArn) };
  const isPart = topicArn !== undefined || queueArn !== undefined;
  const follow = useFollow();
  const create = (
    <Button
      key="create"
      variant="primary"
      href={hrefOf(paths.createSubscription({ ...(topicArn && { topic: topicArn }), ...(queueArn && { queue: queueArn }) }))}
      onFollow={follow}
    >
      Create subscription
    </Button>
  );
  return (
    <ResourceTable<Subscription>
      id={topicArn !== undefined ? "topic-subscriptions" : queueArn !== undefined ? "queue-subscriptions" : "subscriptions"}
      title="Subscriptions"
      plural="subscriptions"
      query={query}
      columns={topicArn === undefined ? [...columns, topicColumn] : columns}
      trackBy={(subscription) => `${idOf(subscription)} ${subscription.Endpoint} ${subscription.Protocol} ${subscription.TopicArn}`}
      selectionType="single"
      info={<InfoLink topic="subscriptions" about="subscriptions" />}
      {...(isPart && { variant: "container", headingTag: "h2" })}
      actions={([selected]) => (
        <SpaceBetween direction="horizontal" size="xs">
          <SubscriptionActions key="actions" selected={selected} />
          {create}
        </SpaceBetween>
      )}
      empty={
        <EmptyState title="No subscriptions" actions={create}>
          A subscription brings what is published to a topic to a function, a queue, a web address or an e-mail address.
        </EmptyState>
      }
    />
  );
}

function SubscriptionActions({ selected }: { readonly selected: Subscription | undefined }) {
  const [asking, setAsking] = useState<{ readonly what: "delete" | "confirm"; readonly about: Subscription }>();
  const request = useRequestConfirmation();
  const follow = useFollow();
  const off = selected === undefined && { disabled: true, disabledReason: "Select a subscription first" };
  const waits = selected !== undefined && isPending(selected);
  const confirmed = off || (waits && { disabled: true, disabledReason: "It is not confirmed yet" });
  const pending = off || (!waits && { disabled: true, disabledReason: "It is confirmed" });
  const ask = (what: "delete" | "confirm") => (): void => {
    if (selected) setAsking({ what, about: selected });
  };
  const { SubscriptionArn = "", TopicArn = "" } = asking?.about ?? {};
  const close = (): void => setAsking(undefined);
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <Button key="edit" {...confirmed} href={hrefOf(paths.editSubscription(selected?.SubscriptionArn ?? ""))} onFollow={follow}>
        Edit
      </Button>
      <Button key="delete" {...confirmed} onClick={ask("delete")}>
        Delete
      </Button>
      <Button key="request" {...pending} onClick={() => selected && request(selected)}>
        Request confirmation
      </Button>
      <Button key="confirm" {...pending} onClick={ask("confirm")}>
        Confirm subscription
      </Button>
      {asking?.what === "delete" && (
        <DeleteSubscriptionDialog key="deleting" arn={SubscriptionArn} onClose={close} onDeleted={() => undefined} />
      )}
      {asking?.what === "confirm" && <ConfirmSubscriptionDialog key="confirming" topicArn={TopicArn} onClose={close} />}
    </SpaceBetween>
  );
}
