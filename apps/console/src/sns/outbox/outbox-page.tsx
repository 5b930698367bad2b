import Link from "@cloudscape-design/components/link";
import type { OutboxMailInfo } from "@mayfly/wire/mayfly";
import { useState } from "react";
import { useAwsAll } from "../../api/hooks.ts";
import { paging } from "../../api/paging.ts";
import { usePage } from "../../app/page.tsx";
import { paths } from "../../app/paths.ts";
import { EmptyState } from "../../shared/empty-state.tsx";
import { InfoLink } from "../../shared/info-link.tsx";
import { ClockTime } from "../../shared/moment.tsx";
import { PageLink } from "../../shared/page-link.tsx";
import { ResourceTable, type ResourceColumn } from "../../shared/resource-table.tsx";
import { renewEveryMs } from "../topic.ts";
import { topicNameOf } from "../topic-facts.ts";
import { MailDialog } from "./mail-dialog.tsx";
import { RefreshButton } from "../../shared/refresh-button.tsx";

const columnsFor = (onShow: (mail: OutboxMailInfo) => void): readonly ResourceColumn<OutboxMailInfo>[] => [
  {
    id: "Subject",
    header: "Subject",
    cell: (mail) => (
      <Link href="#" ariaLabel={`Mail ${mail.Subject} to ${mail.To}`} onFollow={(event) => (event.preventDefault(), onShow(mail))}>
        {mail.Subject}
      </Link>
    ),
    value: ({ Subject }) => Subject,
    width: 380,
  },
  { id: "To", header: "To", cell: ({ To }) => To, value: ({ To }) => To, filterGroup: "Receivers", width: 240 },
  {
    id: "Topic",
    header: "Topic",
    cell: ({ TopicArn }) => <PageLink to={paths.topic(topicNameOf(TopicArn))}>{topicNameOf(TopicArn)}</PageLink>,
    value: ({ TopicArn }) => topicNameOf(TopicArn),
    filterGroup: "Topics",
    width: 200,
  },
  { id: "Sent", header: "Sent", cell: ({ SentAt }) => <ClockTime time={SentAt} />, value: ({ SentAt }) => Number(SentAt), width: 160 },
];

/** The e-mail that topics sent. None of it leaves this machine. */
export function OutboxPage() {
  usePage({
    title: "E-mail outbox",
    help: "outbox",
    contentType: "table",
    breadcrumbs: [
      { text: "Simple Notification Service", href: paths.topics },
      { text: "E-mail outbox", href: paths.outbox },
    ],
  });
  const mails = useAwsAll("mayfly", "ListOutboxMails", {}, paging.ListOutboxMails, { refetchInterval: renewEveryMs });
  const [shown, setShown] = useState<OutboxMailInfo>();
  // The table knows its columns by their identity.
  const [columns] = useState(() => columnsFor(setShown));
  return (
    <>
      <ResourceTable<OutboxMailInfo>
        id="outbox"
        title="E-mail outbox"
        plural="mails"
        query={mails}
        columns={columns}
        trackBy={({ MailId }) => MailId}
        sortedBy={{ id: "Sent", descending: true }}
        info={<InfoLink topic="outbox" about="the outbox" />}
        description="This server sends no e-mail: what topics would send lies here, the newest of it."
        actions={() => <RefreshButton query={mails} />}
        empty={
          <EmptyState title="No mails">A subscription of an e-mail address brings the first one, which asks to confirm it.</EmptyState>
        }
      />
      {shown && <MailDialog mail={shown} onClose={() => setShown(undefined)} />}
    </>
  );
}
