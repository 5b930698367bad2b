import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useFlash } from "../../app/flash.tsx";
import { DestinationLink } from "../../functions/detail/destinations/destination-link.tsx";
import { useAccountId } from "../../iam/account-id.ts";
import { Breakable } from "../../shared/breakable.tsx";
import { ConfirmDialog } from "../../shared/confirm-dialog.tsx";
import { EditDelete } from "../../shared/edit-delete.tsx";
import { EmptyState } from "../../shared/empty-state.tsx";
import { InfoLink } from "../../shared/info-link.tsx";
import { Loaded } from "../../shared/loaded.tsx";
import type { OfBucket } from "../bucket.ts";
import { notificationsQuery, removeNotification, renewNotifications } from "./change-notifications.ts";
import { eventLabel, receiverWords, statementIdFor, type BucketNotification } from "./notification.ts";
import { filterText } from "./filter-text.ts";
import { NotificationDialog } from "./notification-dialog.tsx";

interface Shown {
  readonly kind: "create" | "edit" | "delete";
  readonly notification?: BucketNotification;
}

/** Whom the bucket tells of what. */
export function NotificationsCard({ bucket }: OfBucket) {
  const query = useQuery(notificationsQuery(bucket));
  const [shown, setShown] = useState<Shown>();
  const all = query.data ?? [];
  const close = (): void => setShown(undefined);
  const create = (
    <Button key="create" onClick={() => setShown({ kind: "create" })}>
      Create event notification
    </Button>
  );
  return (
    <Container
      header={
        <Header
          variant="h2"
          counter={query.data ? `(${all.length})` : ""}
          description="Functions, queues and topics are told of what happens in the bucket."
          info={<InfoLink topic="event-notifications" about="event notifications" />}
          actions={create}
        >
          Event notifications
        </Header>
      }
    >
      <Loaded query={query}>
        {(notifications) => (
          <Table<BucketNotification>
            variant="embedded"
            wrapLines
            ariaLabels={{ tableLabel: "Event notifications" }}
            items={notifications}
            trackBy="id"
            columnDefinitions={[
              { id: "name", header: "Name", isRowHeader: true, cell: ({ id }) => <Breakable text={id} />, minWidth: 140 },
              { id: "events", header: "Event types", cell: ({ events }) => events.map(eventLabel).join(", "), minWidth: 160 },
              { id: "filters", header: "Filters", cell: filterText },
              { id: "kind", header: "Destination type", cell: ({ kind }) => receiverWords[kind] },
              { id: "receiver", header: "Destination", cell: ({ arn }) => <DestinationLink arn={arn} /> },
              {
                id: "actions",
                header: "Actions",
                minWidth: 130,
                cell: (notification) => (
                  <EditDelete
                    name={notification.id}
                    onEdit={() => setShown({ kind: "edit", notification })}
                    onDelete={() => setShown({ kind: "delete", notification })}
                  />
                ),
              },
            ]}
            empty={
              <EmptyState title="No event notifications" actions={create}>
                Nobody is told of what happens in the bucket.
              </EmptyState>
            }
          />
        )}
      </Loaded>
      {shown && shown.kind !== "delete" && <NotificationDialog bucket={bucket} all={all} before={shown.notification} onClose={close} />}
      {shown?.kind === "delete" && shown.notification && (
        <DeleteNotificationDialog bucket={bucket} notification={shown.notification} onClose={close} />
      )}
    </Container>
  );
}

interface DeleteNotificationDialogProps extends OfBucket {
  readonly notification: BucketNotification;
  readonly onClose: () => void;
}

function DeleteNotificationDialog({ bucket, notification, onClose }: DeleteNotificationDialogProps) {
  const accountId = useAccountId();
  const cache = useQueryClient();
  const flash = useFlash();
  const isFunction = notification.kind === "lambda";
  const remove = async (): Promise<void> => {
    const isForbidden = await removeNotification({ bucket, accountId }, notification);
    await renewNotifications(cache);
    flash.success(
      "notification",
      `The event notification ${notification.id} was deleted${isForbidden ? ", and the function's permission for it" : ""}.`,
    );
  };
  return (
    <ConfirmDialog title={`Delete the event notification ${notification.id}?`} action="Delete" onConfirm={remove} onClose={onClose}>
      The {receiverWords[notification.kind]} is not told any more.{" "}
      {isFunction
        ? `The statement ${statementIdFor(bucket)} of its policy goes too, unless another notification needs it.`
        : "Its policy stays as it is."}
    </ConfirmDialog>
  );
}
