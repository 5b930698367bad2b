import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { keyOf, useAwsMutation } from "../../../api/hooks.ts";
import { problemOf, type Problem } from "../../../api/problem.ts";
import { send } from "../../../api/send.ts";
import { ConfirmDialog } from "../../../shared/confirm-dialog.tsx";
import { Loaded } from "../../../shared/loaded.tsx";
import { Moment } from "../../../shared/moment.tsx";
import { ProblemDetails } from "../../../shared/problem-panel.tsx";
import { useAccountId } from "../../account-id.ts";
import { generatedPassword } from "../generated-password.ts";
import { PasswordField } from "../password-field.tsx";
import { SecretDialog } from "../secret-dialog.tsx";
import { passwordProblem } from "../user-limits.ts";

/** Since when the user has a password; null for none. */
async function passwordSince(UserName: string): Promise<{ readonly since: Date | undefined } | null> {
  try {
    const { LoginProfile } = await send("iam", "GetLoginProfile", { UserName });
    return { since: LoginProfile?.CreateDate };
  } catch (error) {
    if (problemOf(error).kind === "not-found") return null;
    throw error;
  }
}

/** Whether the user can sign in to this console, and with which password. */
export function ConsolePassword({ userName }: { readonly userName: string }) {
  const query = useQuery({ queryKey: [...keyOf("iam", "GetLoginProfile"), userName], queryFn: () => passwordSince(userName) });
  const [dialog, setDialog] = useState<"set" | "remove">();
  const [password, setPassword] = useState<string>();
  const remove = useAwsMutation("iam", "DeleteLoginProfile");
  const accountId = useAccountId();
  const has = query.data !== undefined && query.data !== null;
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="Signs the user in to this console."
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button key="remove" disabled={!has} disabledReason="The user has no password" onClick={() => setDialog("remove")}>
                Remove
              </Button>
              <Button key="set" onClick={() => setDialog("set")}>
                {has ? "Change password" : "Enable console access"}
              </Button>
            </SpaceBetween>
          }
        >
          Console sign-in
        </Header>
      }
    >
      <Loaded query={query}>{(found) => <PasswordFacts since={found?.since} has={found !== null} accountId={accountId} />}</Loaded>
      {dialog === "set" && (
        <SetPassword
          userName={userName}
          has={has}
          onClose={() => setDialog(undefined)}
          onDone={(set) => {
            setDialog(undefined);
            setPassword(set);
          }}
        />
      )}
      {dialog === "remove" && (
        <ConfirmDialog
          title={`Remove the password of ${userName}?`}
          action="Remove"
          onConfirm={() => remove.mutateAsync({ UserName: userName })}
          onClose={() => setDialog(undefined)}
        >
          The user can no longer sign in to this console. Access keys go on working.
        </ConfirmDialog>
      )}
      {password !== undefined && (
        <SecretDialog
          title="Console password"
          fileName={`${userName}-console.csv`}
          parts={[
            { label: "Sign-in address", value: `${location.origin}/console/signin` },
            { label: "Account ID", value: accountId },
            { label: "User name", value: userName },
            { label: "Password", value: password, secret: true },
          ]}
          onClose={() => setPassword(undefined)}
        />
      )}
    </Container>
  );
}

interface PasswordFactsProps {
  readonly has: boolean;
  readonly since: Date | undefined;
  readonly accountId: string;
}

function PasswordFacts({ has, since, accountId }: PasswordFactsProps) {
  if (!has) return <StatusIndicator type="stopped">Console access is disabled: the user has no password</StatusIndicator>;
  return (
    <KeyValuePairs
      columns={3}
      items={[
        { label: "Console access", value: <StatusIndicator type="success">Enabled</StatusIndicator> },
        { label: "Password set", value: <Moment time={since} /> },
        { label: "Account ID for sign-in", value: accountId },
      ]}
    />
  );
}

interface SetPasswordProps {
  readonly userName: string;
  readonly has: boolean;
  readonly onClose: () => void;
  readonly onDone: (password: string) => void;
}

function SetPassword({ userName, has, onClose, onDone }: SetPasswordProps) {
  const [password, setPassword] = useState(generatedPassword);
  const [shown, setShown] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const cache = useQueryClient();
  const wrong = passwordProblem(password, userName);
  const submit = async (): Promise<void> => {
    setShown(true);
    if (wrong) return;
    setBusy(true);
    try {
      // Not by a mutation, whose cache would keep the password for minutes.
      await send("iam", has ? "UpdateLoginProfile" : "CreateLoginProfile", { UserName: userName, Password: password });
      await cache.invalidateQueries({ queryKey: keyOf("iam") });
      onDone(password);
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
    }
  };
  return (
    <Modal
      visible
      header={has ? `Change the password of ${userName}` : `Enable console access of ${userName}`}
      closeAriaLabel="Close"
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button key="cancel" variant="link" onClick={onClose}>
              Cancel
            </Button>
            <Button key="set" variant="primary" loading={busy} onClick={() => void submit()}>
              Set password
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <PasswordField key="field" password={password} onChange={setPassword} problem={shown ? wrong : undefined} />
        {problem && (
          <Alert key="problem" type="error" header="The password was not set">
            <ProblemDetails problem={problem} />
          </Alert>
        )}
      </SpaceBetween>
    </Modal>
  );
}
