import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { OutboxMailInfo } from "@mayfly/wire/mayfly";
import { keyOf, useAwsMutation } from "../../api/hooks.ts";
import { problemOf } from "../../api/problem.ts";
import { useFlash } from "../../app/flash.tsx";
import { CliCommand } from "../../shared/cli-command.tsx";
import { ClockTime } from "../../shared/moment.tsx";
import { tokenOf } from "../subscriptions/confirmation-token.ts";

interface MailDialogProps {
  readonly mail: OutboxMailInfo;
  readonly onClose: () => void;
}

/** A mail, and what its link would do. */
export function MailDialog({ mail, onClose }: MailDialogProps) {
  const { From, To, Subject, Text, SentAt, TopicArn, ConfirmUrl } = mail;
  const flash = useFlash();
  const confirm = useAwsMutation("sns", "ConfirmSubscription", [keyOf("sns")]);
  const follow = (url: string): void =>
    confirm.mutate(
      { TopicArn, Token: tokenOf(url) },
      {
        onSuccess: () => flash.success("subscription", `Confirmed the subscription of ${To}.`),
        onError: (error) => flash.error("subscription", "The subscription was not confirmed", problemOf(error)),
        onSettled: onClose,
      },
    );
  return (
    <Modal
      visible
      size="large"
      header={Subject}
      closeAriaLabel="Close"
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button key="close" variant={ConfirmUrl === undefined ? "primary" : "link"} onClick={onClose}>
              Done
            </Button>
            {ConfirmUrl !== undefined && (
              <Button key="confirm" variant="primary" loading={confirm.isPending} onClick={() => follow(ConfirmUrl)}>
                Confirm subscription
              </Button>
            )}
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <KeyValuePairs
          key="facts"
          columns={3}
          items={[
            { label: "From", value: From },
            { label: "To", value: To },
            { label: "Sent", value: <ClockTime time={SentAt} /> },
          ]}
        />
        <CliCommand key="text" command={Text} label="Mail" />
      </SpaceBetween>
    </Modal>
  );
}
