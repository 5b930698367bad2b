import Button from "@cloudscape-design/components/button";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useParams } from "react-router";
import { hrefOf, useFollow } from "../../app/follow.ts";
import { usePage } from "../../app/page.tsx";
import { paths } from "../../app/paths.ts";
import { InfoLink } from "../../shared/info-link.tsx";
import { Loaded } from "../../shared/loaded.tsx";
import { useQueue } from "../queue.ts";
import { ReceivePanel } from "./receive-panel.tsx";
import { SendForm } from "./send-form.tsx";

/** Sends messages to a queue, and looks at those that lie in it. */
export function QueueMessagesPage() {
  const { queueName = "" } = useParams();
  usePage({
    title: "Send and receive messages",
    help: "queue-messages",
    breadcrumbs: [
      { text: "Simple Queue Service", href: paths.queues },
      { text: "Queues", href: paths.queues },
      { text: queueName, href: paths.queue(queueName) },
      { text: "Send and receive messages", href: paths.queueMessages(queueName) },
    ],
  });
  const query = useQueue(queueName);
  const follow = useFollow();
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={queueName}
          info={<InfoLink topic="queue-messages" about="messages" />}
          actions={
            <Button href={hrefOf(paths.queue(queueName))} onFollow={follow}>
              View queue
            </Button>
          }
        >
          Send and receive messages
        </Header>
      }
    >
      <Loaded query={query} subject={`queue ${queueName}`}>
        {(queue) => (
          <SpaceBetween size="l">
            <SendForm key="send" queue={queue} />
            <ReceivePanel key="receive" queue={queue} onChanged={() => void query.refetch()} />
          </SpaceBetween>
        )}
      </Loaded>
    </ContentLayout>
  );
}
